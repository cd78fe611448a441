import { randomBytes } from 'node:crypto'
import {
  type App,
  type Moderated,
  type ModerationOrder,
  provideToModerators,
  type Reported,
} from '#core'
import { eraseMessages, releasePictures } from '../messages/deleting.ts'
import { errors } from '../errors.ts'
import { isPublic } from '../policy.ts'
import { change, select } from '../messages/prepared.ts'
import { type Room, timeOf } from '../room.ts'
import type { Attachment, PostCard } from '../schema.ts'
import { seenMessage, sightOf } from '../members/sight.ts'
import type { ChatTable, MessageTable, Reader, ReportedTable } from '../tables.ts'

const TOKEN_BYTES = 16
const MAX_EXCERPT = 600
const GONE: Moderated = { before: 'gone', after: 'gone' }

/**
 * The subject of a report about a message, for who can read it and has not said it. Its token is the
 * only way to what moderators are shown: nobody can make one up, and it leads to the message as it is
 * now and to nothing else of the chat. A card leads to its post.
 *
 * @throws QL_MSG_NOT_FOUND, QL_MSG_NOT_ALLOWED.
 */
export async function subjectOf(
  room: Room,
  userId: string,
  chatId: string,
  seq: number,
): Promise<string> {
  return room.db.transaction(async (tx) => {
    const message = await seenMessage(tx.db, await sightOf(tx.db, userId, chatId), seq)
    if (message.kind === 'service' || message.sender_id === userId) {
      throw errors.QL_MSG_NOT_ALLOWED()
    }
    if (message.post !== null) return `post/${(JSON.parse(message.post) as PostCard).id}`
    const [row] = await change<Pick<ReportedTable, 'token'>>(
      tx,
      `insert into messaging_reported (token, chat_id, seq, ver) values (?, ?, ?, ?)
       on conflict (chat_id, seq, ver) do update set ver = excluded.ver returning token`,
      [randomBytes(TOKEN_BYTES).toString('base64url'), chatId, seq, message.ver],
    )
    return `message/${row?.token ?? ''}`
  })
}

/** What moderators may see and take down: messages whose readers have reported them. */
export function bindModeration(app: App, room: Room): void {
  provideToModerators(app, 'message', {
    reported: (token) => reportedMessage(room.db.reader, token),
    moderate: (order) => moderateMessage(room, order),
  })
}

type Found = MessageTable &
  Pick<ChatTable, 'type' | 'title' | 'slug'> & { readonly reported_ver: number }

async function find(db: Reader, token: string): Promise<Found | undefined> {
  const [found] = await select<Found>(
    db,
    `select m.*, c.type, c.title, c.slug, r.ver as reported_ver from messaging_reported r
     join messaging_chats c on c.id = r.chat_id and c.deleted_ms is null
     join messaging_messages m on m.chat_id = r.chat_id and m.seq = r.seq and m.deleted_ms is null
     where r.token = ?`,
    [token],
  )
  return found
}

/** The chat is named where everybody may read it. */
async function reportedMessage(db: Reader, token: string): Promise<Reported | null> {
  const found = await find(db, token)
  if (!found) return null
  const attachments = JSON.parse(found.media ?? '[]') as Attachment[]
  const isOpen = isPublic(found)
  return {
    title: isOpen ? found.title : '',
    excerpt: shortened(await textThen(db, found)),
    authorId: found.sender_id,
    authorName: null,
    url: isOpen ? `/chats/${found.chat_id}?message=${found.seq}` : null,
    state: 'shown',
    acts: ['delete'],
    saidAt: timeOf(found.at_ms),
    enclosures: attachments.map(({ kind, url, name }) => ({ kind, url, name })),
  }
}

/** What it said when it was reported, also where its author has changed it since. */
async function textThen(db: Reader, found: Found): Promise<string> {
  if (found.ver === found.reported_ver) return found.text
  const [then] = await select<{ text: string }>(
    db,
    'select text from messaging_revisions where chat_id = ? and seq = ? and ver = ?',
    [found.chat_id, found.seq, found.reported_ver],
  )
  return then?.text ?? ''
}

function shortened(text: string): string {
  const letters = Array.from(text)
  return letters.length > MAX_EXCERPT ? `${letters.slice(0, MAX_EXCERPT - 1).join('')}…` : text
}

async function moderateMessage(
  room: Room,
  { id: token, act, actorId }: ModerationOrder,
): Promise<Moderated> {
  if (act !== 'delete') throw new Error('A message is deleted or left')
  const found = await room.db.transaction(async (tx) => {
    const message = await find(tx.db, token)
    if (message) await eraseMessages(tx, room, message.chat_id, [message], actorId)
    return message
  })
  if (!found) return GONE
  await releasePictures(room, [found])
  return { before: 'shown', after: 'gone' }
}
