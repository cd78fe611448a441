import { errors } from '../errors.ts'
import { presentMessages } from '../messages/present-message.ts'
import { select } from '../messages/prepared.ts'
import type { Room } from '../room.ts'
import type { Message } from '../schema.ts'
import type { ChatTable, MessageTable } from '../tables.ts'

/** What everybody may read of a channel that has an address. */
export interface ChannelPart {
  /** The newest first. */
  readonly items: readonly Message[]
  /** Continues with what is older. */
  readonly next: number | undefined
}

const POSTED = `select * from messaging_messages
  where chat_id = ? and seq < ? and deleted_ms is null and kind <> 'service'
    and (kind <> 'post' or post is not null)
  order by seq desc limit ?`

/** A channel with its owner, who answers for what everybody may read there. */
export type PublicChannel = ChatTable & { readonly owner_id: string }

/**
 * Channels without an address are not there, nor are groups, nor what its owner has not agreed to
 * show to everybody; nor what nobody owns any more.
 *
 * @throws QL_MSG_NOT_FOUND
 */
export async function publicChannel({ app, db }: Room, slug: string): Promise<PublicChannel> {
  const [chat] = await select<PublicChannel>(
    db.reader,
    `select c.*, m.user_id as owner_id from messaging_chats c
     join messaging_members m on m.chat_id = c.id and m.role = 'owner' and m.state = 'in'
     where c.slug = ? and c.type = 'channel' and c.deleted_ms is null`,
    [slug.toLowerCase()],
  )
  if (!chat || !(await mayPublish(app, chat.owner_id))) throw errors.QL_MSG_NOT_FOUND()
  return chat
}

async function mayPublish(app: Room['app'], userId: string): Promise<boolean> {
  const { isAllowed } = await app.call('privacy.publishing', { userId })
  return isAllowed
}

export async function channelPart(
  { db: { reader } }: Room,
  { id }: Pick<ChatTable, 'id'>,
  before: number | undefined,
  limit: number,
): Promise<ChannelPart> {
  const start = before ?? Number.MAX_SAFE_INTEGER
  const rows = await select<MessageTable>(reader, POSTED, [id, start, limit + 1])
  const shown = rows.slice(0, limit)
  const items = await presentMessages(reader, shown, null)
  return { items, next: rows.length > limit ? shown.at(-1)?.seq : undefined }
}

/** @throws QL_MSG_CURSOR */
export function beforeFrom(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^[1-9][0-9]{0,14}$/.test(text)) throw errors.QL_MSG_CURSOR()
  return Number(text)
}

export function channelPath({ slug }: Pick<ChatTable, 'slug'>): string {
  return `/channel/${slug ?? ''}`
}

/** A page that begins with this message, however many follow later. */
export function messagePath(chat: Pick<ChatTable, 'slug'>, seq: number): string {
  return `${channelPath(chat)}?before=${seq + 1}#m${seq}`
}

/** What makes a kept page of a channel stale. */
export function shownBy({ id, owner_id }: PublicChannel): readonly string[] {
  return [`channel/${id}`, `user/${owner_id}`]
}
