import type { VNode } from 'preact'
import { useRef } from 'preact/hooks'
import type { Chat } from '../../protocol/dto.ts'
import { mayAttach } from '../../desk/may.ts'
import { useHands } from '../../desk/use-desk.ts'
import { Icon } from '../../look/icon.tsx'

/** Chooses files, where they may be sent. */
export function AttachButton({ chat }: { readonly chat: Chat }): VNode | null {
  const { desk } = useHands()
  const input = useRef<HTMLInputElement>(null)
  if (!mayAttach(chat) || !desk.can('media')) return null
  return (
    <>
      <button
        type="button"
        class="tool"
        aria-label={desk.say('attach')}
        onClick={() => input.current?.click()}
      >
        <Icon name="paperclip" size={22} />
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-hidden="true"
        tabIndex={-1}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])]
          event.currentTarget.value = ''
          if (files.length > 0) desk.open({ kind: 'files', files })
        }}
      />
    </>
  )
}
