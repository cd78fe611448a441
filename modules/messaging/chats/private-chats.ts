import { tellChatAnew } from '../log/chat-log.ts'
import { announce, blank } from './chats.ts'
import { seat } from '../members/arrivals.ts'
import { change, select } from '../messages/prepared.ts'
import type { Room } from '../room.ts'
import type { Person } from '../schema.ts'
import { seatIn } from '../members/seats.ts'
import type { ChatTable, Tx } from '../tables.ts'

/** The chat of two people, made when it is first needed; also when both make it at once. */
export async function openPrivate(room: Room, userId: string, name: string): Promise<Opened> {
  const person = await room.people.named(name)
  return person.id === userId
    ? openSaved(room, userId)
    : openPair(room, await room.people.withId(userId), person)
}

export interface Opened {
  readonly chatId: string
  readonly isNew: boolean
}

/** What somebody keeps for themselves. */
export async function openSaved(room: Room, userId: string): Promise<Opened> {
  const person = await room.people.withId(userId)
  return openKeyed(room, { type: 'saved', key: userId, by: person, people: [person] })
}

async function openPair(room: Room, by: Person, other: Person): Promise<Opened> {
  const key = [by.id, other.id].toSorted().join('/')
  return openKeyed(room, { type: 'private', key, by, people: [by, other] })
}

interface Keyed {
  readonly type: 'private' | 'saved'
  readonly key: string
  readonly by: Person
  readonly people: readonly Person[]
}

async function openKeyed(room: Room, { type, key, by, people }: Keyed): Promise<Opened> {
  const known = await chatWithKey(room.db.reader, key)
  if (known === undefined) {
    /* The unique key lets one of two that come at once through; the other finds it. */
    try {
      const made = await room.db.transaction((tx) => makeKeyed(tx, room, { type, key, by, people }))
      if (made !== null) return { chatId: made, isNew: true }
    } catch (error) {
      if ((await chatWithKey(room.db.reader, key)) === undefined) throw error
    }
  }
  const chatId = known ?? (await chatWithKey(room.db.reader, key)) ?? ''
  await unhide(room, chatId, by.id)
  return { chatId, isNew: false }
}

async function makeKeyed(
  tx: Tx,
  room: Room,
  { type, key, by, people }: Keyed,
): Promise<string | null> {
  if ((await chatWithKey(tx.db, key)) !== undefined) return null
  const chat: ChatTable = { ...blank(type, room.clock.nowMs(), by.id), pair_key: key }
  await tx.db.insertInto('messaging_chats').values(chat).execute()
  for (const person of people) {
    const isHidden = person.id !== by.id
    await seat(tx, chat.id, { person, isHidden }, chat.created_ms)
  }
  await tellChatAnew(tx, [by.id], chat.id)
  await announce(tx, chat, by, [])
  return chat.id
}

async function chatWithKey(db: Tx['db'], key: string): Promise<string | undefined> {
  const [row] = await select<{ id: string }>(
    db,
    'select id from messaging_chats where pair_key = ?',
    [key],
  )
  return row?.id
}

/** Whoever opens a chat has it in the list again. */
async function unhide(room: Room, chatId: string, userId: string): Promise<void> {
  const own = await seatIn(room.db.reader, userId, chatId)
  if (own?.is_hidden !== 1) return
  await room.db.transaction(async (tx) => {
    await change(
      tx,
      `update messaging_members set is_hidden = 0 where chat_id = ? and user_id = ? returning chat_id`,
      [chatId, userId],
    )
    await tellChatAnew(tx, [userId], chatId)
  })
}
