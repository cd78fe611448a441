import type { ErasedData, ErasedSubject } from '#core'
import { change } from '../messages/prepared.ts'
import type { Room } from '../room.ts'
import type { Tx } from '../tables.ts'
import { wipeDeleted } from '../chats/wiping.ts'
import { takePhotosAway } from './chat-photos.ts'
import { loseForwards } from './forwards.ts'
import { leaveChats } from './leaving.ts'
import { eraseSecrets, eraseTexts } from './own-messages.ts'
import { cutQuotes } from './quotes.ts'
import { eraseTraces } from './traces.ts'

const OWN_TABLES = [
  'messaging_reactions',
  'messaging_mentions',
  'messaging_drafts',
  'messaging_hidden',
  'messaging_views',
  'messaging_presence',
  'messaging_members',
] as const

/**
 * Conversations stay whole for the others: where texts may stay, only the author is taken off them;
 * otherwise each becomes an empty place under its number, and nothing of it stays in forwards and
 * quotes. What was theirs alone goes in either case. Cut off at any moment it is begun again.
 */
export async function erasePerson(room: Room, person: ErasedSubject): Promise<ErasedData> {
  const { userId, content } = person
  const messages =
    content === 'delete' ? await eraseTexts(room, userId) : await eraseSecrets(room, userId)
  /* By now nobody can pass on or quote more; who said what is still known. */
  const quotes = content === 'delete' ? await cutQuotes(room, userId) : 0
  const forwards = await loseForwards(room, person)
  await takePhotosAway(room, userId)
  await leaveChats(room, userId)
  await wipeDeleted(room)
  await eraseTraces(room, userId)
  const rows = await room.db.transaction((tx) => eraseRows(tx, userId))
  const authored = await room.db.transaction((tx) => takeNameOff(tx, userId))
  room.people.forget(userId)
  return {
    erased: { messages: Math.max(messages, authored), forwards, quotes, chatRecords: rows },
  }
}

async function eraseRows({ db }: Tx, userId: string): Promise<number> {
  let rows = 0
  for (const table of OWN_TABLES) {
    const { numDeletedRows } = await db
      .deleteFrom(table)
      .where('user_id', '=', userId)
      .executeTakeFirst()
    rows += Number(numDeletedRows)
  }
  await db.deleteFrom('messaging_invites').where('created_by', '=', userId).execute()
  return rows
}

/** The digest goes with the name: it would prove what a message has said. */
async function takeNameOff(tx: Tx, userId: string): Promise<number> {
  const authored = await change(
    tx,
    `update messaging_messages set sender_id = null, digest = '' where sender_id = ? returning seq`,
    [userId],
  )
  return authored.length
}
