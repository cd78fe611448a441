import type { VNode } from 'preact'
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import type { Chat, Message } from '../../protocol/dto.ts'
import { type Hands, useHands } from '../../desk/use-desk.ts'
import { Icon } from '../../look/icon.tsx'
import { MentionWalk } from '../../store/mention-walk.ts'
import { shortCount } from '../list/chat-row.tsx'

type WaysProps = { readonly chat: Chat; readonly isLow: boolean; readonly toNewest: () => void }

/** To the next mention of the reader, and to the newest message. */
export function Ways({ chat, isLow, toNewest }: WaysProps): VNode {
  return (
    <div class="ways">
      {(chat.me?.mentions ?? 0) > 0 && <ToMention chat={chat} />}
      {!isLow && <ToNewest chat={chat} toNewest={toNewest} />}
    </div>
  )
}

type OfChat = { readonly chat: Chat }

function ToMention({ chat }: OfChat): VNode {
  const hands = useHands()
  const { desk } = hands
  const walk = useMemo(() => walkIn(hands, chat.id), [chat.id])
  const button = useRef<HTMLButtonElement>(null)
  /* It goes with the last mention; who has pressed it by keyboard goes on reading. */
  useLayoutEffect(() => {
    const own = button.current
    const wall = own?.closest('.wall')?.querySelector<HTMLElement>('.wall-scroll')
    return () => void (document.activeElement === own && wall?.focus({ preventScroll: true }))
  }, [])
  const count = chat.me?.mentions ?? 0
  return (
    <button
      ref={button}
      type="button"
      class="way"
      aria-label={desk.say('toMention', { count })}
      onClick={() => void go()}
    >
      <Icon name="at-sign" size={22} />
      <span class="count" aria-hidden="true">
        {shortCount(count)}
      </span>
    </button>
  )

  async function go(): Promise<void> {
    const seq = await walk.next(chat.me?.readSeq ?? 0)
    if (seq !== undefined && desk.chat === chat.id) desk.show(chat.id, seq)
  }
}

function walkIn({ desk, deeds }: Hands, chat: string): MentionWalk {
  return new MentionWalk({
    find: async (after) => {
      const answer = await deeds.look('msg.mentions', { chat, after, limit: 1 })
      return (answer as { items: readonly Message[] } | undefined)?.items.map(({ seq }) => seq)
    },
    recount: async () => {
      const answer = await deeds.look('chats.get', { chat })
      if (answer) await desk.messenger.keep([(answer as { chat: Chat }).chat])
    },
  })
}

function ToNewest({ chat, toNewest }: OfChat & Pick<WaysProps, 'toNewest'>): VNode {
  const { say } = useHands().desk
  const unread = chat.me?.unread ?? 0
  return (
    <button type="button" class="way" onClick={toNewest}>
      <span class="visually-hidden">{say('toNewest')}</span>
      <Icon name="chevron-down" size={22} />
      {unread > 0 && <span class="count">{shortCount(unread)}</span>}
    </button>
  )
}
