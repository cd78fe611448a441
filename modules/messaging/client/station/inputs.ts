import type { Chat, Message, Person } from '../protocol/dto.ts'
import type { Book } from '../store/book.ts'
import type { LocalDraft } from '../store/drafts.ts'
import type { Outgoing } from '../store/outbox.ts'
import type { Presence } from '../store/presence.ts'

const PAGE = 100

interface ChatPage {
  readonly items: readonly Chat[]
  readonly people: readonly Person[]
  readonly nextCursor: string | null
}

/** All chats of this account, those in the archive as well. */
export async function allChats(
  ask: (input: object) => Promise<unknown>,
): Promise<{ chats: Chat[]; people: Person[] }> {
  const chats: Chat[] = []
  const people: Person[] = []
  for (const archived of [false, true]) {
    let cursor: string | null = null
    do {
      const input = { archived, limit: PAGE, ...(cursor !== null && { cursor }) }
      const page = (await ask(input)) as ChatPage
      chats.push(...page.items)
      people.push(...page.people)
      cursor = page.nextCursor
    } while (cursor !== null)
  }
  return { chats, people }
}

/** What `msg.send` takes: the words as they were typed, which the station reads as Markdown. */
export function messageInput(item: Outgoing, mediaIds: readonly string[]): object {
  const { chat, cid, text, reply, draftVer } = item
  const quote = reply?.quote ? { quote: reply.quote } : {}
  return {
    chat,
    cid,
    text,
    ...(mediaIds.length > 0 && { mediaIds }),
    ...(reply && { reply: { seq: reply.seq, ...quote } }),
    ...(draftVer !== undefined && { draftVer }),
  }
}

export interface Versioned {
  readonly ver: number
}

/** What `chats.draft` takes; nothing is left of an empty one. */
export function draftInput({ chat, text, replySeq, quote, ver }: LocalDraft): object {
  const isEmpty = text === '' && replySeq === null
  const words = { text, replySeq, entities: [], ...(quote && { quote }) }
  return { chat, draft: isEmpty ? null : words, ver }
}

const MAX_ASKED = 100

interface Asking {
  readonly book: Book
  readonly presence: Presence
  ask(method: string, input: object): Promise<unknown>
}

/** Learns who of those one talks with is here, if the station answers. */
export async function askPresence(asking: Asking): Promise<void> {
  const people = asking.book.all().flatMap(({ peer }) => (peer && !peer.deleted ? [peer.id] : []))
  const ask = (input: object): Promise<unknown> => asking.ask('presence.of', input)
  await learnPresence(people, asking.presence, ask).catch(() => undefined)
}

/** Of the first hundred of these. */
export async function learnPresence(
  users: readonly string[],
  presence: Presence,
  ask: (input: object) => Promise<unknown>,
): Promise<void> {
  if (users.length === 0) return
  const answer = await ask({ users: users.slice(0, MAX_ASKED) })
  const { lastSeen = {} } = answer as { lastSeen?: Record<string, string | null> }
  for (const [user, seen] of Object.entries(lastSeen)) {
    presence.know(user, seen === 'online' ? 'online' : 'offline', seen)
  }
}

/** Deletes one's own message for everybody. */
export function takingBack({ chat, seq }: Pick<Message, 'chat' | 'seq'>): object {
  return { chat, seqs: [seq], for: 'all' }
}
