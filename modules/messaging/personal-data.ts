import type { ErasedData, ErasedSubject, ExportedData, ExportedFile, ExportQuestion } from '#core'
import { destroyChat } from './chat-endings.ts'
import { eraseMessages, releasePictures } from './deleting.ts'
import { unseat } from './members.ts'
import { change, select } from './prepared.ts'
import type { Room } from './room.ts'
import { findAnew, makeUnfindable } from './search/findable.ts'
import type { Seat } from './seats.ts'
import type { Attachment } from './schema.ts'
import type { ChatTable, MessageTable } from './tables.ts'

const PART = 1_000
const BATCH = 100
const OWN_TABLES = [
  'messaging_reactions',
  'messaging_mentions',
  'messaging_drafts',
  'messaging_hidden',
  'messaging_views',
  'messaging_presence',
  'messaging_members',
] as const

/** What a person has said and keeps; what others have said to them is theirs. */
export function bindPersonalData(room: Room): void {
  room.app.onUserExport((question) => exportPerson(room, question))
  room.app.onUserErase((person) => erasePerson(room, person))
}

async function exportPerson(room: Room, { userId, after }: ExportQuestion): Promise<ExportedData> {
  const [chat = '', seq = '0'] = (after ?? '').split('/')
  const rows = await select<MessageTable>(
    room.db.reader,
    `select * from messaging_messages where sender_id = ? and (chat_id, seq) > (?, ?)
     order by chat_id, seq limit ${PART}`,
    [userId, chat, Number(seq)],
  )
  const json = rows.map(exported)
  const mediaIds = rows.flatMap(({ media }) =>
    media === null ? [] : (JSON.parse(media) as Attachment[]).map(({ id }) => id),
  )
  const last = rows.at(-1)
  const name = after === undefined ? '0' : `${chat}-${seq}`
  const files: ExportedFile[] =
    rows.length > 0 ? [{ path: `messages-${name}.json`, json, mediaIds }] : []
  if (after === undefined) files.push(await keptByPerson(room, userId))
  const isMore = rows.length === PART && last
  return { files, ...(isMore ? { next: `${last.chat_id}/${last.seq}` } : {}) }
}

function read(json: string | null): ReturnType<typeof JSON.parse> {
  return json === null ? null : JSON.parse(json)
}

function exported(row: MessageTable) {
  const { chat_id: chat, seq, cid, kind, text, entities, reply, forward, media } = row
  const { at_ms, edited_ms, deleted_ms } = row
  return {
    chat,
    seq,
    cid,
    kind,
    text,
    entities: read(entities),
    media: read(media),
    reply: read(reply),
    forward: read(forward),
    at: new Date(at_ms).toISOString(),
    editedAt: edited_ms === null ? null : new Date(edited_ms).toISOString(),
    isDeleted: deleted_ms !== null,
  }
}

async function keptByPerson({ db: { reader } }: Room, userId: string): Promise<ExportedFile> {
  const chats = await select<Seat>(
    reader,
    `select c.id, c.type, c.title, c.slug, m.* from messaging_members m
     join messaging_chats c on c.id = m.chat_id where m.user_id = ?`,
    [userId],
  )
  const json: Record<string, unknown> = { chats }
  for (const table of OWN_TABLES.slice(0, -1)) {
    json[table.replace('messaging_', '')] = await select(
      reader,
      `select * from ${table} where user_id = ?`,
      [userId],
    )
  }
  json['invites'] = await select(
    reader,
    'select chat_id, created_ms, expires_ms, max_uses, uses from messaging_invites where created_by = ?',
    [userId],
  )
  return { path: 'chats.json', json: JSON.parse(JSON.stringify(json)) }
}

/**
 * Conversations stay whole for the others: where texts may stay, only the author is taken off them;
 * otherwise each becomes an empty place under its number. What was theirs alone goes.
 */
async function erasePerson(room: Room, person: ErasedSubject): Promise<ErasedData> {
  const { userId, content } = person
  const messages =
    content === 'delete' ? await eraseTexts(room, userId) : await eraseSecrets(room, userId)
  await leaveChats(room, userId)
  return room.db.transaction(async (tx) => {
    let rows = 0
    for (const table of OWN_TABLES) {
      const { numDeletedRows } = await tx.db
        .deleteFrom(table)
        .where('user_id', '=', userId)
        .executeTakeFirst()
      rows += Number(numDeletedRows)
    }
    await tx.db.deleteFrom('messaging_invites').where('created_by', '=', userId).execute()
    await tx.db
      .updateTable('messaging_chats')
      .set({ created_by: null })
      .where('created_by', '=', userId)
      .execute()
    await tx.db
      .updateTable('messaging_chats')
      .set({ top_reader: null })
      .where('top_reader', '=', userId)
      .execute()
    await tx.db
      .updateTable('messaging_events')
      .set({ actor_id: null })
      .where('actor_id', '=', userId)
      .execute()
    const like = `%${userId}%`
    for (const sql of TRACES) await tx.session.run(sql, [like])
    await tx.session.run(UNSIGN, [`"author":${JSON.stringify(userId)}`, like])
    const authored = await change(
      tx,
      `update messaging_messages set sender_id = null where sender_id = ? returning seq`,
      [userId],
    )
    return { erased: { messages: Math.max(messages, authored.length), chatRecords: rows } }
  })
}

/** Where the person stands in what others have said or what happened: names stay words. */
const TRACES = [
  `update messaging_messages set entities = null where entities like ?`,
  `update messaging_messages set forward = null where forward like ?`,
  `update messaging_messages set service = null where service like ?`,
  `update messaging_events set data = null where data like ?`,
  `update messaging_chats set pair_key = null where pair_key like ?`,
  `update messaging_chats set blog_of = null where blog_of like ?`,
]

/** Cards of posts that stay, as their author wished. */
const UNSIGN = `update messaging_messages set post = replace(post, ?, '"author":null')
  where post like ?`

async function eraseTexts(room: Room, userId: string): Promise<number> {
  let erased = 0
  for (;;) {
    const rows = await select<MessageTable>(
      room.db.reader,
      `select * from messaging_messages where sender_id = ? and deleted_ms is null
       order by chat_id, seq limit ${BATCH}`,
      [userId],
    )
    if (rows.length === 0) return erased
    for (const [chatId, own] of Map.groupBy(rows, (row) => row.chat_id)) {
      await room.db.transaction((tx) => eraseIn(tx, room, chatId, own))
      await releasePictures(room, own)
    }
    erased += rows.length
  }
}

async function eraseIn(
  tx: Parameters<typeof eraseMessages>[0],
  room: Room,
  chatId: string,
  rows: readonly MessageTable[],
): Promise<void> {
  const [live] = await select<ChatTable>(
    tx.db,
    'select * from messaging_chats where id = ? and deleted_ms is null',
    [chatId],
  )
  if (live) return eraseMessages(tx, room, chatId, rows, null)
  await makeUnfindable(tx.db, rows)
  await tx.db
    .updateTable('messaging_messages')
    .set({ text: '', entities: null, media: null, reply: null, forward: null, service: null })
    .set({ preview: null, post: null })
    .set({ deleted_ms: room.clock.nowMs() })
    .where('chat_id', '=', chatId)
    .where(
      'seq',
      'in',
      rows.map(({ seq }) => seq),
    )
    .execute()
}

/** Pictures belong to the account, and earlier wordings tell more than what stays. */
async function eraseSecrets(room: Room, userId: string): Promise<number> {
  return room.db.transaction(async (tx) => {
    await tx.session.run(
      `delete from messaging_revisions where exists (select 1 from messaging_messages m
       where m.chat_id = messaging_revisions.chat_id and m.seq = messaging_revisions.seq
         and m.sender_id = ?)`,
      [userId],
    )
    const pictured = await select<MessageTable>(
      tx.db,
      'select * from messaging_messages where sender_id = ? and media is not null',
      [userId],
    )
    for (const row of pictured) await findAnew(tx.db, row, { ...row, media: null })
    await tx.session.run('update messaging_messages set media = null where sender_id = ?', [userId])
    return pictured.length
  })
}

/** Nobody is left without an owner: the first admin, else the first member, takes the place. */
async function leaveChats(room: Room, userId: string): Promise<void> {
  const seats = await select<Seat>(
    room.db.reader,
    `select c.*, m.* from messaging_members m
     join messaging_chats c on c.id = m.chat_id and c.deleted_ms is null
     where m.user_id = ? and m.state = 'in'`,
    [userId],
  )
  const person = await room.people.withId(userId)
  for (const seat of seats) {
    await room.db.transaction(async (tx) => {
      if (seat.type === 'saved') return destroyChat(tx, room, seat, null)
      if (seat.type === 'private') return
      const heir = seat.role === 'owner' ? await heirOf(tx, seat) : undefined
      if (seat.role === 'owner' && heir === undefined) return destroyChat(tx, room, seat, null)
      if (heir !== undefined) {
        await tx.db
          .updateTable('messaging_members')
          .set({ role: 'owner', rights: null })
          .where('chat_id', '=', seat.id)
          .where('user_id', '=', heir)
          .execute()
      }
      await unseat(tx, room, seat, { person, by: person, state: 'left', isBanned: false })
    })
  }
}

async function heirOf(tx: Parameters<typeof unseat>[0], { id, user_id }: Seat) {
  const [row] = await select<{ user_id: string }>(
    tx.db,
    `select user_id from messaging_members where chat_id = ? and state = 'in' and user_id <> ?
     order by case role when 'admin' then 0 else 1 end, joined_ms, user_id limit 1`,
    [id, user_id],
  )
  return row?.user_id
}
