import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Chat } from '../../protocol/dto.ts'
import { useHands } from '../../desk/use-desk.ts'
import { maySeePeople } from '../../desk/may.ts'
import { learnPresence } from '../../station/inputs.ts'
import type { Member } from './member-list.ts'

const AGAIN_MS = 60_000

/** «, 3 в сети»: how many people of a small group are here, oneself among them. */
export function Online({ chat }: { readonly chat: Chat }): VNode | null {
  const { say, messenger } = useHands().desk
  const [users, setUsers] = useState<readonly string[]>([])
  const isCounted = chat.type === 'group' && !chat.large && maySeePeople(chat)
  useEffect(() => {
    if (!isCounted) return
    let isStale = false
    const look = async (): Promise<void> => {
      const { items } = (await messenger.ask('members.list', { chat: chat.id, limit: 100 })) as {
        items: readonly Member[]
      }
      const ids = items.map(({ user }) => user.id)
      const ask = (input: object) => messenger.ask('presence.of', input)
      await learnPresence(ids, messenger.presence, ask)
      if (!isStale) setUsers(ids)
    }
    /* Quietly: it is looked at again in a minute. */
    const again = (): void => void look().catch(() => undefined)
    again()
    const timer = setInterval(() => document.visibilityState === 'visible' && again(), AGAIN_MS)
    return () => {
      isStale = true
      clearInterval(timer)
    }
  }, [chat.id, chat.members, isCounted])
  const count = users.filter((id) => messenger.presence.isOnline(id)).length
  return isCounted && count > 0 ? <>, {say('members.online', { count })}</> : null
}
