import { eraseMessages } from '../messages/deleting.ts'
import { select } from '../messages/prepared.ts'
import { TAKEN_AWAY } from '../previews/shown-preview.ts'
import { retouch } from '../messages/retouching.ts'
import type { Room } from '../room.ts'
import type { Entity, Preview, Service } from '../schema.ts'
import type { MessageTable, Tx } from '../tables.ts'

const BATCH = 100
/** Columns of marks in a text, and what names a row there. */
const MARKED = {
  messaging_messages: ['chat_id', 'seq'],
  messaging_revisions: ['chat_id', 'seq', 'ver'],
  messaging_drafts: ['user_id', 'chat_id'],
} as const
type Marked = keyof typeof MARKED

/** Where the person stands in what others have said or what happened: names stay words. */
export async function eraseTraces(room: Room, userId: string): Promise<void> {
  for (const table of Object.keys(MARKED) as Marked[]) await unmark(room, table, userId)
  await leaveOutOfNews(room, userId)
  await forgetPages(room, userId)
  await room.db.transaction((tx) => unname(tx, userId))
}

/** Whoever was called by name no longer is: the name stays, and leads nowhere. */
async function unmark({ db }: Room, table: Marked, userId: string): Promise<void> {
  const key = MARKED[table]
  for (;;) {
    const rows = await select<Record<string, string | number> & { readonly entities: string }>(
      db.reader,
      `select ${key.join(', ')}, entities from ${table} where entities like ? limit ${BATCH}`,
      [`%${userId}%`],
    )
    if (rows.length === 0) return
    await db.transaction(async ({ session }) => {
      for (const row of rows) {
        const others = (JSON.parse(row.entities) as Entity[]).filter(
          (entity) => !JSON.stringify(entity).includes(userId),
        )
        const entities = others.length > 0 ? JSON.stringify(others) : null
        await session.run(
          `update ${table} set entities = ? where ${key.map((name) => `${name} = ?`).join(' and ')}`,
          [entities, ...key.map((name) => row[name] ?? null)],
        )
      }
    })
  }
}

/** Of several who came at once the others stay; what tells of nobody else is gone. */
async function leaveOutOfNews(room: Room, userId: string): Promise<void> {
  for (;;) {
    const rows = await select<MessageTable>(
      room.db.reader,
      `select * from messaging_messages where service like ? order by chat_id, seq limit ${BATCH}`,
      [`%${userId}%`],
    )
    if (rows.length === 0) return
    for (const [chatId, told] of Map.groupBy(rows, (row) => row.chat_id)) {
      await room.db.transaction(async (tx) => {
        const alone = told.filter((row) => othersIn(row, userId).users?.length === 0)
        if (alone.length > 0) await eraseMessages(tx, room, chatId, alone, null)
        for (const row of told) {
          if (alone.includes(row)) continue
          await tx.db
            .updateTable('messaging_messages')
            .set({ service: JSON.stringify(othersIn(row, userId)) })
            .where('chat_id', '=', chatId)
            .where('seq', '=', row.seq)
            .execute()
        }
      })
    }
  }
}

function othersIn({ service }: MessageTable, userId: string): Service {
  const told = JSON.parse(service ?? '{}') as Service
  return { ...told, users: (told.users ?? []).filter((id) => id !== userId) }
}

/** Links to the person's own pages stay words; what stood there is not shown any more. */
async function forgetPages(room: Room, userId: string): Promise<void> {
  const { username } = await room.people.withId(userId)
  if (username === '') return
  const rows = await select<MessageTable>(
    room.db.reader,
    `select m.* from messaging_messages m
     join messaging_chats c on c.id = m.chat_id and c.deleted_ms is null
     where m.preview like ?`,
    [`%/user/${username}%`],
  )
  for (const row of rows) {
    const { url } = JSON.parse(row.preview ?? '{}') as Preview
    const [, first, second] = URL.parse(url, room.app.station.origin)?.pathname.split('/') ?? []
    if (first !== 'user' || second !== username) continue
    await room.db.transaction((tx) => retouch(tx, room, row, { preview: TAKEN_AWAY }, null))
  }
}

/** Cards of posts that stay, as their author wished. */
const UNSIGN = `update messaging_messages set post = replace(post, ?, '"author":null')
  where post like ?`
const NAMELESS = [
  `update messaging_chats set created_by = null where created_by = ?`,
  `update messaging_chats set top_reader = null where top_reader = ?`,
  `update messaging_events set actor_id = null where actor_id = ?`,
]
const TOLD = [
  `update messaging_events set data = null where data like ?`,
  `update messaging_chats set pair_key = null where pair_key like ?`,
  `update messaging_chats set blog_of = null where blog_of like ?`,
]

async function unname({ session }: Tx, userId: string): Promise<void> {
  const like = `%${userId}%`
  await session.run(UNSIGN, [`"author":${JSON.stringify(userId)}`, like])
  for (const sql of NAMELESS) await session.run(sql, [userId])
  for (const sql of TOLD) await session.run(sql, [like])
}
