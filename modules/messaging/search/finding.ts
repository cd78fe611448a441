import { type Locale, type Static, type Translate, Type } from '#core'
import { type Room, timeOf } from '../room.ts'
import {
  type Attachment,
  type Entity,
  Id,
  nullable,
  type Person,
  type PostCard,
} from '../schema.ts'
import { searchMessages, type FoundMessage } from './search-messages.ts'
import { ownChatsNamed } from './search-names.ts'
import { peerOf, type Seat, seatOf } from '../members/seats.ts'
import { covered } from '../text/covered.ts'
import { excerptAround } from '../text/excerpt.ts'

const closed = { additionalProperties: false } as const
const LocaleName = Type.Unsafe<Locale>({ type: 'string', enum: ['en', 'ru'] })
const asker = {
  userId: Id,
  locale: LocaleName,
  q: Type.String({ minLength: 1, maxLength: 200 }),
  limit: Type.Integer({ minimum: 1, maximum: 100 }),
}

const ChatsQuestion = Type.Object(asker, closed)
const ChatRow = Type.Object(
  {
    id: Id,
    title: Type.String(),
    /** What kind of chat it is, and how large. */
    note: Type.String(),
    url: Type.String(),
    picture: nullable(Type.String()),
  },
  closed,
)
type ChatRow = Static<typeof ChatRow>

const MessagesQuestion = Type.Object(
  { ...asker, cursor: Type.Optional(Type.String({ maxLength: 200 })) },
  closed,
)
type MessagesQuestion = Static<typeof MessagesQuestion>
const MessageRow = Type.Object(
  {
    chat: Id,
    seq: Type.Integer(),
    /** What the chat is called for who asks. */
    title: Type.String(),
    /** The part in which it is said; what is behind a spoiler stays covered. */
    text: Type.String(),
    by: Type.String(),
    url: Type.String(),
    at: Type.String(),
  },
  closed,
)
type MessageRow = Static<typeof MessageRow>
const MessageRows = Type.Object(
  { items: Type.Array(MessageRow), nextCursor: nullable(Type.String()) },
  closed,
)

declare global {
  interface QuarkCalls {
    /**
     * Messages of the chats this person is in now, the latest first; as `msg.search` finds them.
     *
     * @throws QL_MSG_CURSOR.
     */
    'messaging.messages': { input: MessagesQuestion; output: Static<typeof MessageRows> }
    /** Chats this person is in whose names begin so, the last written in first. */
    'messaging.chats': { input: Static<typeof ChatsQuestion>; output: ChatRow[] }
  }
}

/** What those ask who look for chats and for what is said in them, each for one person. */
export function provideFinding(room: Room): void {
  const { app } = room
  const audience = 'core'
  app.provide(
    'messaging.messages',
    { input: MessagesQuestion, output: MessageRows, audience },
    (question) => messagesFor(room, question),
  )
  app.provide(
    'messaging.chats',
    { input: ChatsQuestion, output: Type.Array(ChatRow), audience },
    async ({ userId, locale, q, limit }) => {
      const t = app.translator(locale)
      const found = await ownChatsNamed(room, userId, q, t('messaging.ui.saved'))
      const named = found.slice(0, limit)
      return named.map(({ seat, peer }) => rowOf(t, seat, peer))
    },
  )
}

async function messagesFor(
  room: Room,
  { userId, locale, ...question }: MessagesQuestion,
): Promise<Static<typeof MessageRows>> {
  const t = room.app.translator(locale)
  const { items, nextCursor } = await searchMessages(room, userId, question)
  const seats = new Map<string, Seat>()
  for (const { row } of items) {
    const known = seats.has(row.chat_id)
    if (!known) seats.set(row.chat_id, await seatOf(room.db.reader, userId, row.chat_id))
  }
  const named = [...seats.values()].map((seat) => peerOf(seat, userId))
  const senders = items.map(({ row }) => row.sender_id)
  const people = new Map(
    (await room.people.withIds([...named, ...senders])).map((person) => [person.id, person]),
  )
  const rows = items.flatMap((found): MessageRow[] => {
    const { chat_id: chat, seq, sender_id: sender, at_ms: at } = found.row
    const seat = seats.get(chat)
    if (!seat) return []
    const title = titleOf(t, seat, people.get(peerOf(seat, userId) ?? ''))
    const by = sender === userId ? t('messaging.ui.you') : nameOf(t, people.get(sender ?? ''))
    const url = `/chats/${chat}?message=${seq}`
    const text = wordsOf(found)
    return [{ chat, seq, title, text, by: sender === null ? '' : by, url, at: timeOf(at) }]
  })
  return { items: rows, nextCursor }
}

/** Where in the text it is said; else what the message brings. */
function wordsOf({ row, marks: [first] }: FoundMessage): string {
  const { text, entities, media, post } = row
  const said = covered(text, parsed<Entity[]>(entities) ?? [])
  if (first) return excerptAround(said, first.offset)
  const title = parsed<PostCard>(post)?.title
  const names = (parsed<Attachment[]>(media) ?? []).map(({ name }) => name)
  return title ?? [excerptAround(said, 0), ...names].filter((part) => part !== '').join(' · ')
}

function parsed<Value>(json: string | null): Value | null {
  return json === null ? null : (JSON.parse(json) as Value)
}

function rowOf(t: Translate, seat: Seat, peer: Person | undefined): ChatRow {
  const { id, photo_id: photo } = seat
  return {
    id,
    title: titleOf(t, seat, peer),
    note: noteOf(t, seat),
    url: `/chats/${id}`,
    picture: photo === null ? (peer?.avatar ?? null) : `/media/${photo}`,
  }
}

function titleOf(t: Translate, { type, title }: Seat, peer: Person | undefined): string {
  if (type === 'saved') return t('messaging.ui.saved')
  return type === 'private' ? nameOf(t, peer) : title
}

function noteOf(t: Translate, { type, members: count }: Seat): string {
  if (type === 'saved') return t('messaging.ui.saved.text')
  return t(`messaging.found.${type}`, { count })
}

function nameOf(t: Translate, person: Person | undefined): string {
  return person && !person.deleted ? person.displayName : t('messaging.ui.deletedPerson')
}
