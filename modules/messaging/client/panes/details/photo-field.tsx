import type { VNode } from 'preact'
import { useRef, useState } from 'preact/hooks'
import type { Chat } from '../../protocol/dto.ts'
import { useHands } from '../../desk/use-desk.ts'
import { ChatFace } from '../../look/face.tsx'

const PICTURES = 'image/jpeg,image/png,image/webp,image/avif,image/gif'

/** The photo of a group or a channel; it is changed at once. */
export function PhotoField({ chat }: { readonly chat: Chat }): VNode {
  const { desk, deeds } = useHands()
  const { say } = desk
  const input = useRef<HTMLInputElement>(null)
  const [isBusy, setBusy] = useState(false)
  const shown = desk.messenger.book.chat(chat.id) ?? chat
  const change = async (photo: File | undefined): Promise<void> => {
    setBusy(true)
    await deeds.setPhoto(chat.id, photo)
    setBusy(false)
  }
  return (
    <div class="photo-field" aria-busy={isBusy}>
      <ChatFace key={shown.photo} chat={shown} title={deeds.titleOf(shown)} size={72} />
      <input
        ref={input}
        type="file"
        accept={PICTURES}
        hidden
        onChange={(event) => {
          const [photo] = event.currentTarget.files ?? []
          event.currentTarget.value = ''
          if (photo) void change(photo)
        }}
      />
      <button
        type="button"
        class="button button-soft"
        disabled={isBusy}
        onClick={() => input.current?.click()}
      >
        {say(isBusy ? 'photo.busy' : shown.photo ? 'photo.change' : 'photo.add')}
      </button>
      {shown.photo && (
        <button
          type="button"
          class="button button-quiet"
          disabled={isBusy}
          onClick={() => void change(undefined)}
        >
          {say('photo.remove')}
        </button>
      )}
    </div>
  )
}
