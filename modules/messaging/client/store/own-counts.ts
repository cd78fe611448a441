import type { Chat, Message, Mine } from '../protocol/dto.ts'

/** Reading never goes backwards, whatever comes late. */
export function withMine(chat: Chat, mine: Mine | null | undefined): Chat {
  const { me } = chat
  if (!me || !mine) return chat
  if (mine.readSeq < me.readSeq) return chat
  const { unread, mentions, readSeq } = mine
  return { ...chat, me: { ...me, unread, mentions, readSeq } }
}

/** By name, or by answering; what is passed on called somebody where it was said first. */
export function callsMe(m: Message, self: string): boolean {
  if (m.sender === self || m.forward) return false
  return m.reply?.sender === self || m.entities.some(({ userId }) => userId === self)
}

/** What a large chat does not say: there everybody is told the same, and each counts for themselves. */
export function withNew(chat: Chat, m: Message, self: string): Mine | null {
  if (!chat.me || m.seq <= chat.lastSeq || m.kind === 'service') return null
  const { unread, mentions, readSeq } = chat.me
  if (m.sender === self) return { unread: 0, mentions: 0, readSeq: m.seq }
  return { unread: unread + 1, mentions: mentions + (m.mentionsMe ? 1 : 0), readSeq }
}

/** Messages are gone. Whoever has sent is not behind their own words, so that they were others'. */
export function withFewer(
  { me }: Chat,
  seqs: readonly number[],
  known: readonly (Message | undefined)[],
): Mine | null {
  if (!me) return null
  const floor = floorOf(me)
  const gone = known.filter((message, index) => {
    const isCounted = message?.kind !== 'service' && !message?.deleted
    return isCounted && (seqs[index] ?? 0) > floor
  })
  const calls = gone.filter((message) => message?.mentionsMe).length
  return {
    unread: Math.max(0, me.unread - gone.length),
    mentions: Math.max(0, me.mentions - calls),
    readSeq: me.readSeq,
  }
}

/** A message calls this person now, or no longer; one that is gone from their view calls nobody. */
export function withEdited({ me }: Chat, after: Message, before: Message | undefined): Mine | null {
  if (!me || !before || before.deleted || after.seq <= floorOf(me)) return null
  const by = Number(after.mentionsMe ?? false) - Number(before.mentionsMe ?? false)
  return { unread: me.unread, mentions: Math.max(0, me.mentions + by), readSeq: me.readSeq }
}

function floorOf({ readSeq, joinedSeq, clearedSeq }: NonNullable<Chat['me']>): number {
  return Math.max(readSeq, joinedSeq, clearedSeq)
}
