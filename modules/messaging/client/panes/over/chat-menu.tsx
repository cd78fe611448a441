import type { VNode } from 'preact'
import type { Chat, Me } from '../../protocol/dto.ts'
import { type Hands, useHands } from '../../desk/use-desk.ts'
import { hasUnread, isMuted } from '../../store/book.ts'
import { Menu, type MenuItem } from './menu.tsx'

type ChatMenuProps = { readonly chat: string; readonly x: number; readonly y: number }

/** All that can be done with a chat as a whole. */
export function ChatMenu({ chat: id, x, y }: ChatMenuProps): VNode | null {
  const hands = useHands()
  const chat = hands.desk.messenger.book.chat(id)
  if (!chat?.me) return null
  const title = hands.deeds.titleOf(chat)
  const items = [...quietItems(hands, chat, chat.me), lastItem(hands, chat, chat.me)]
  return <Menu x={x} y={y} label={hands.desk.say('chat.menu', { title })} items={items} />
}

function quietItems({ desk, deeds }: Hands, chat: Chat, me: Me): (MenuItem | undefined)[] {
  const { say } = desk
  const { id, type } = chat
  const [isUnread, isPinned] = [hasUnread(chat), me.pinned !== null]
  const muted: MenuItem = isMuted(chat, desk.nowMs)
    ? { icon: 'bell', label: say('unmute'), run: () => void deeds.mute(id, null) }
    : { icon: 'bell-off', label: say('mute'), run: () => desk.open({ kind: 'mute', chat: id }) }
  return [
    {
      icon: isPinned ? 'pin-off' : 'pin',
      label: say(isPinned ? 'chat.unpin' : 'chat.pin'),
      run: () => void deeds.pinChat(id, !isPinned),
    },
    {
      icon: isUnread ? 'check-check' : 'message-circle',
      label: say(isUnread ? 'chat.read' : 'chat.unread'),
      run: () => void deeds.markUnread(id, !isUnread),
    },
    type === 'saved' ? undefined : muted,
    {
      icon: 'archive',
      label: say(me.archived ? 'unarchive' : 'archive.put'),
      run: () => void deeds.archive(id, !me.archived),
    },
    type === 'private' || type === 'saved'
      ? {
          icon: 'undo-2',
          label: say('chat.clear'),
          isBad: true,
          run: () => desk.open({ kind: 'clear', chat: id }),
        }
      : undefined,
  ]
}

/** What cannot be undone, below a line. */
function lastItem({ desk }: Hands, { id, type }: Chat, me: Me): MenuItem {
  const { say } = desk
  const isShared = type === 'group' || type === 'channel'
  if (isShared && me.role !== 'owner') {
    return {
      icon: 'log-out',
      label: say(`leave.${type}`),
      isBad: true,
      run: () => desk.open({ kind: 'leave', chat: id }),
    }
  }
  return {
    icon: 'trash-2',
    label: say(`delete.${type}`),
    isBad: true,
    run: () => desk.open({ kind: 'remove', chat: id }),
  }
}
