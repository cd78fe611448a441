import type { VNode } from 'preact'
import { useHands, useWatched } from '../../desk/use-desk.ts'
import { Icon } from '../../look/icon.tsx'

/** Leads to messages that were refused in chats which are in no list any more. */
export function UnsentStrip(): VNode | null {
  const { desk } = useHands()
  const { messenger, say } = desk
  const { book, outbox } = messenger
  useWatched(book, outbox)
  const stray = outbox.refused.filter(({ chat }) => !book.chat(chat))
  const [first] = stray
  if (!book.isLoaded || !first) return null
  return (
    <div class="ended" role="status">
      <Icon name="circle-alert" size={18} />
      <p>{say('unsent.strays', { count: stray.length })}</p>
      <button
        type="button"
        class="button button-line button-s"
        onClick={() => desk.show(first.chat)}
      >
        {say('unsent.show')}
      </button>
    </div>
  )
}
