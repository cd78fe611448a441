import type { UploadedFile } from '#core'
import { errors } from '../errors.ts'
import { LETS_IN } from '../members/invited.ts'
import { isUnavailable } from '../people.ts'
import { isPublic } from '../policy.ts'
import { select } from './prepared.ts'
import type { Room } from '../room.ts'
import type { Attachment } from '../schema.ts'
import type { ChatTable, ReportedTable, Tx } from '../tables.ts'

/** The call that says who sees a picture of a chat. */
export const PICTURE_GUARD = 'messaging.sees-picture'
/** Wordings of messages with the same picture, more than anybody reports. */
const MAX_REPORTED = 1_000

/**
 * The sender's own uploads, which are kept from now on.
 *
 * @throws QL_MSG_MEDIA when one of them is not there or belongs to somebody else.
 */
export async function requirePictures(
  { app }: Room,
  senderId: string,
  cid: string,
  ids: readonly string[],
): Promise<Attachment[]> {
  if (ids.length === 0) return []
  const found = new Map(
    (await app.media.findFiles(ids, { ownerId: senderId })).map((each) => [each.id, each]),
  )
  const attachments = [...new Set(ids)].map((id) => {
    const file = found.get(id)
    if (!file) throw errors.QL_MSG_MEDIA()
    return attachmentOf(file)
  })
  await keepPictures(app, usageOf(senderId, cid), [...found.keys()])
  return attachments
}

/** The same again in another message. @throws QL_MSG_MEDIA */
export async function keepPictures(
  app: Room['app'],
  usage: string,
  ids: readonly string[],
): Promise<void> {
  try {
    await app.media.use(usage, ids, { by: PICTURE_GUARD })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'QL_MEDIA_GONE') {
      throw errors.QL_MSG_MEDIA({ cause: error })
    }
    throw error
  }
}

/** What a message's pictures are kept for. */
export function usageOf(senderId: string, cid: string): string {
  return `message/${senderId}/${cid}`
}

/** As messages show an upload. */
export function attachmentOf(file: UploadedFile): Attachment {
  const { id, url, kind, name, bytes, type: mime, width, height, durationMs, waveform } = file
  if (file.picture) return photoOf(file.picture)
  return {
    id,
    kind: kind === 'picture' ? 'file' : kind,
    url,
    name,
    bytes,
    mime,
    ...(kind === 'video' ? { width, height } : {}),
    ...(durationMs === null ? {} : { durationMs }),
    ...(waveform === null ? {} : { waveform: [...waveform] }),
  }
}

function photoOf(picture: NonNullable<UploadedFile['picture']>): Attachment {
  const { id, url, width, height, thumbhash, variants, alt } = picture
  return {
    id,
    kind: 'photo',
    url,
    name: '',
    width,
    height,
    ...(thumbhash === null ? {} : { thumbhash }),
    variants: [...variants],
    ...(alt === '' ? {} : { alt }),
  }
}

/**
 * Whoever sees one message with it, or the chat whose photo it is: as one of its people, from outside
 * where it is public, or before the door while a link lets people in. Staff see what waits for their decision.
 */
export async function seesPicture(
  room: Room,
  mediaId: string,
  userId: string | null,
): Promise<boolean> {
  const { reader } = room.db
  const chats = await select<Pick<ChatTable, 'id' | 'slug' | 'type'> & { state: string | null }>(
    reader,
    `select c.id, c.slug, c.type, m.state from messaging_chats c
     left join messaging_members m on m.chat_id = c.id and m.user_id = ?
     where c.deleted_ms is null and (c.photo_id = ? or c.id in (
       select a.chat_id from messaging_attachments a
       where a.media_id = ? and not exists (select 1 from messaging_members s
         where s.chat_id = a.chat_id and s.user_id = ? and s.state = 'in' and s.cleared_seq >= a.seq)
       and not exists (select 1 from messaging_hidden h
         where h.user_id = ? and h.chat_id = a.chat_id and h.seq = a.seq)))`,
    [userId ?? '', mediaId, mediaId, userId ?? '', userId ?? ''],
  )
  if (chats.some((chat) => chat.state === 'in' || isPublic(chat))) return true
  const doors = await select<Pick<ChatTable, 'id'>>(
    reader,
    `select c.id from messaging_chats c join messaging_invites i on i.chat_id = c.id
     where c.photo_id = ? and c.deleted_ms is null and ${LETS_IN} limit 1`,
    [mediaId, room.clock.nowMs()],
  )
  return doors.length > 0 || (userId !== null && judgesPicture(room, mediaId, userId))
}

/** Came with a message about which a report waits, and staff ask: until somebody has decided. */
async function judgesPicture({ app, db }: Room, mediaId: string, userId: string): Promise<boolean> {
  const reported = await select<Pick<ReportedTable, 'token'>>(
    db.reader,
    `select r.token from messaging_reported r
     join messaging_chats c on c.id = r.chat_id and c.deleted_ms is null
     join messaging_attachments a on a.chat_id = r.chat_id and a.seq = r.seq
     where a.media_id = ? limit ?`,
    [mediaId, MAX_REPORTED],
  )
  if (reported.length === 0) return false
  if (!(await app.call('auth.staff', {})).includes(userId)) return false
  try {
    const subjects = reported.map(({ token }) => `message/${token}`)
    return await app.call('moderation.any-open', { subjects })
  } catch (error) {
    if (isUnavailable(error)) return false
    throw error
  }
}

/** A message that is gone shows nothing any more. @returns what its pictures were kept for. */
export async function dropAttachments(
  { db }: Tx,
  chatId: string,
  seqs: readonly number[],
): Promise<void> {
  await db
    .deleteFrom('messaging_attachments')
    .where('chat_id', '=', chatId)
    .where('seq', 'in', [...seqs])
    .execute()
}
