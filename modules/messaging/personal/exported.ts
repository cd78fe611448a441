import type { ExportedData, ExportedFile, ExportQuestion } from '#core'
import { places, select } from '../messages/prepared.ts'
import { originIn } from '../messages/present-message.ts'
import { type Room, timeOf } from '../room.ts'
import type { Attachment } from '../schema.ts'
import type { Seat } from '../members/seats.ts'
import type { MessageTable, Reader, RevisionTable } from '../tables.ts'

const PART = 1_000
/** Which of them are a person's own. */
const KEPT = ['reactions', 'mentions', 'drafts', 'hidden', 'views', 'presence'] as const

/** Messages in parts, each with its earlier wordings; chats and all that is kept with the first. */
export async function exportPerson(
  room: Room,
  { userId, after }: ExportQuestion,
): Promise<ExportedData> {
  const { reader } = room.db
  const [chat = '', seq = '0'] = (after ?? '').split('/')
  const rows = await select<MessageTable>(
    reader,
    `select * from messaging_messages where sender_id = ? and (chat_id, seq) > (?, ?)
     order by chat_id, seq limit ${PART}`,
    [userId, chat, Number(seq)],
  )
  const earlier = await earlierOf(reader, rows)
  const names = await namesOf(room, userId, [...new Set(rows.map((row) => row.chat_id))])
  const json = rows.map((row) => ({
    chatName: names.get(row.chat_id) ?? '',
    ...exported(row, earlier.get(keyOf(row)) ?? []),
  }))
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

/** What the chats are called by whoever asks: a private one by the user name of the other. */
async function namesOf(
  { db, people }: Room,
  userId: string,
  chatIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (chatIds.length === 0) return new Map()
  const chats = await select<{ id: string; title: string | null; other: string | null }>(
    db.reader,
    `select id, title, case when type = 'private' then (select m.user_id from messaging_members m
       where m.chat_id = messaging_chats.id and m.user_id <> ? limit 1) end as other
     from messaging_chats where id in (${places(chatIds)})`,
    [userId, ...chatIds],
  )
  const others = await people.withIds(chats.map(({ other }) => other))
  const usernames = new Map(others.map(({ id, username }) => [id, username]))
  return new Map(
    chats.map(({ id, title, other }) => [id, other ? (usernames.get(other) ?? '') : (title ?? '')]),
  )
}

function keyOf({ chat_id, seq }: Pick<MessageTable, 'chat_id' | 'seq'>): string {
  return `${chat_id}/${seq}`
}

/** What the messages said before they were edited, the first first. */
async function earlierOf(
  reader: Reader,
  rows: readonly MessageTable[],
): Promise<Map<string, RevisionTable[]>> {
  const found: RevisionTable[] = []
  const edited = rows.filter(({ edited_ms: at }) => at !== null)
  for (const [chatId, own] of Map.groupBy(edited, (row) => row.chat_id)) {
    const seqs = own.map(({ seq }) => seq)
    const revisions = await select<RevisionTable>(
      reader,
      `select * from messaging_revisions where chat_id = ? and seq in (${places(seqs)})
       order by seq, ver`,
      [chatId, ...seqs],
    )
    found.push(...revisions)
  }
  return Map.groupBy(found, keyOf)
}

function read(json: string | null): ReturnType<typeof JSON.parse> {
  return json === null ? null : JSON.parse(json)
}

function exported(row: MessageTable, earlier: readonly RevisionTable[]) {
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
    forward: originIn(forward),
    at: timeOf(at_ms),
    editedAt: edited_ms === null ? null : timeOf(edited_ms),
    isDeleted: deleted_ms !== null,
    earlier: earlier.map((revision) => ({
      text: revision.text,
      entities: read(revision.entities),
      until: timeOf(revision.until_ms),
    })),
  }
}

async function keptByPerson(room: Room, userId: string): Promise<ExportedFile> {
  const { reader } = room.db
  const seats = await select<Seat>(
    reader,
    `select c.id, c.type, c.title, c.slug, m.* from messaging_members m
     join messaging_chats c on c.id = m.chat_id where m.user_id = ?`,
    [userId],
  )
  const chatIds = seats.map(({ id }) => id)
  const names = await namesOf(room, userId, chatIds)
  const chats = seats.map((seat) => ({ name: names.get(seat.id) ?? '', ...seat }))
  const json: Record<string, unknown> = { chats }
  for (const name of KEPT) {
    const sql = `select * from messaging_${name} where user_id = ?`
    json[name] = await select(reader, sql, [userId])
  }
  json['invites'] = await select(
    reader,
    'select chat_id, created_ms, expires_ms, max_uses, uses from messaging_invites where created_by = ?',
    [userId],
  )
  return { path: 'chats.json', json: JSON.parse(JSON.stringify(json)) }
}
