import type { VNode } from 'preact'
import type { Message, Preview } from '../../protocol/dto.ts'
import { mayEdit } from '../../desk/may.ts'
import { useHands } from '../../desk/use-desk.ts'
import { Icon } from '../../look/icon.tsx'
import { safeAddress } from '../../look/rich-text.tsx'

/** What the station has found at an address. Its picture is kept by the station too. */
export function PreviewCard({
  message,
  preview,
}: {
  readonly message: Message
  readonly preview: Preview
}): VNode | null {
  const { desk, deeds } = useHands()
  const address = safeAddress(preview.url)
  if (address === undefined) return null
  const chat = desk.messenger.book.chat(message.chat)
  const isOwn = message.sender === desk.messenger.self.id
  return (
    <div class="preview-frame">
      <a class="preview" href={address} target="_blank" rel="noopener noreferrer nofollow">
        <span class="preview-words" dir="auto">
          <span class="preview-site">{preview.site}</span>
          <strong>{preview.title}</strong>
          {preview.description !== '' && <span class="preview-text">{preview.description}</span>}
        </span>
        {preview.image?.startsWith('/') && (
          <img src={preview.image} alt="" width={64} height={64} />
        )}
      </a>
      {chat && (isOwn || mayEdit(chat, message, desk.looker)) && (
        <button
          type="button"
          class="tool preview-remove"
          aria-label={desk.say('preview.remove')}
          onClick={(event) => {
            event.stopPropagation()
            void deeds.removePreview(message)
          }}
        >
          <Icon name="x" size={16} />
        </button>
      )}
    </div>
  )
}
