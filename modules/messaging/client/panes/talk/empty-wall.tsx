import type { VNode } from 'preact'
import type { Chat } from '../../protocol/dto.ts'
import { useHands } from '../../desk/use-desk.ts'
import { Icon } from '../../look/icon.tsx'

const ICONS = {
  private: 'message-circle',
  saved: 'bookmark',
  group: 'users',
  channel: 'megaphone',
} as const

/** A chat in which nothing was said. */
export function EmptyWall({ chat }: { readonly chat: Chat }): VNode {
  const { desk, deeds } = useHands()
  const { say } = desk
  return (
    <div class="wall-empty">
      <span class="empty-art" aria-hidden="true">
        <Icon name={ICONS[chat.type]} size={24} />
      </span>
      <p class="wall-empty-title">
        {say(`wall.empty.${chat.type}`, { name: deeds.titleOf(chat) })}
      </p>
      <p>{say(`wall.empty.${chat.type}.text`)}</p>
    </div>
  )
}
