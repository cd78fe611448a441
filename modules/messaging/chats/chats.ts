import { newId } from '#core'
import { seat, showHistory } from '../members/arrivals.ts'
import { recordEvent, tellChat, tellChatAnew, touchesOf } from '../log/chat-log.ts'
import { errors } from '../errors.ts'
import { welcomePeople } from '../members/members.ts'
import { keepPictures } from '../messages/pictures.ts'
import { canChangeInfo, canGovern, CHANNEL_PERMISSIONS, GROUP_PERMISSIONS } from '../policy.ts'
import { presentOutside } from './present-chat.ts'
import { select } from '../messages/prepared.ts'
import type { Room } from '../room.ts'
import { appendService } from '../messages/service-messages.ts'
import type { Permissions, Person, Service } from '../schema.ts'
import { chatOf, type Seat, seatOf } from '../members/seats.ts'
import type { ChatTable, Tx } from '../tables.ts'

const MAX_TITLE = 100
const MAX_ABOUT = 500
const SLUG = /^[a-z][a-z0-9-]{2,38}[a-z0-9]$/
/** What admins alone may change. */
const GOVERNED = ['slug', 'permissions', 'slowModeS', 'historyHidden'] as const
const PERMISSIONS = { group: GROUP_PERMISSIONS, channel: CHANNEL_PERMISSIONS } as const

/** A group or a channel that is to be. */
export interface NewChat {
  readonly type: 'group' | 'channel'
  readonly title: string
  readonly about?: string | undefined
  readonly slug?: string | null | undefined
  readonly members?: readonly string[] | undefined
}

/**
 * @returns its id.
 * @throws QL_MSG_TITLE, QL_MSG_SLUG, QL_MSG_SLUG_TAKEN, QL_MSG_PERSON_NOT_FOUND, QL_MSG_CANNOT_ADD.
 */
export async function createChat(room: Room, ownerId: string, order: NewChat): Promise<string> {
  const { type, members = [], slug = null } = order
  const facts = {
    title: titleIn(order.title),
    about: aboutIn(order.about ?? ''),
    slug: slugIn(slug),
  }
  const people = await welcomePeople(room, ownerId, members)
  const owner = await room.people.withId(ownerId)
  return room.db.transaction(async (tx) => {
    if (facts.slug !== null) await requireFree(tx, facts.slug)
    const chat = { ...blank(type, room.clock.nowMs(), ownerId), ...facts }
    await tx.db.insertInto('messaging_chats').values(chat).execute()
    await seat(tx, chat.id, { person: owner, role: 'owner' }, chat.created_ms)
    for (const person of people) await seat(tx, chat.id, { person }, chat.created_ms)
    await tellChatAnew(tx, [ownerId, ...people.map(({ id }) => id)], chat.id)
    await appendService(tx, room, chat.id, owner, { what: 'created', text: facts.title })
    await announce(tx, chat, owner, people)
    return chat.id
  })
}

/** Tells of a chat that exists now, and of who is in it besides its maker. */
export async function announce(
  tx: Tx,
  { id: chatId, type: chatType }: Pick<ChatTable, 'id' | 'type'>,
  by: Person,
  people: readonly Person[],
): Promise<void> {
  const options = { subject: `chat/${chatId}`, actor: by.id }
  await tx.publish('chat.created', { chatId, chatType, createdBy: by.id }, options)
  for (const { id: userId } of people) {
    await tx.publish('member.joined', { chatId, chatType, userId, byId: by.id }, options)
  }
}

/** What may be changed of a chat; what is left out stays. */
export interface ChatChange {
  readonly title?: string
  readonly about?: string
  readonly slug?: string | null
  readonly permissions?: Permissions
  readonly slowModeS?: number
  readonly historyHidden?: boolean
  readonly photoId?: string | null
}

/** @throws QL_MSG_NOT_FOUND, QL_MSG_NOT_ALLOWED, QL_MSG_TITLE, QL_MSG_SLUG, QL_MSG_SLUG_TAKEN, QL_MSG_HISTORY, QL_MSG_MEDIA. */
export async function updateChat(
  room: Room,
  actorId: string,
  chatId: string,
  order: ChatChange,
): Promise<void> {
  const values = columnsOf(order)
  await requirePhoto(room, actorId, chatId, order.photoId ?? null)
  const actor = await room.people.withId(actorId)
  const before = await room.db.transaction(async (tx) => {
    const own = await seatOf(tx.db, actorId, chatId)
    const isLight = GOVERNED.every((key) => !Object.hasOwn(order, key))
    if (!(isLight ? canChangeInfo(own) : canGovern(own))) throw errors.QL_MSG_NOT_ALLOWED()
    if (typeof values.slug === 'string' && values.slug !== own.slug) {
      await requireFree(tx, values.slug)
    }
    requireHideable({ ...own, ...values })
    if (Object.keys(values).length === 0) return own
    await tx.db.updateTable('messaging_chats').set(values).where('id', '=', chatId).execute()
    const seeing = values.slug ? await showHistory(tx, chatId) : []
    await tellOfChange(tx, room, own, actor)
    await tellChatAnew(tx, seeing, chatId)
    for (const service of newsIn(own, values)) {
      await appendService(tx, room, chatId, actor, service)
    }
    return own
  })
  const { photo_id: old } = before
  if (old !== null && values.photo_id !== undefined && values.photo_id !== old) {
    await room.app.media.release(`chat/${chatId}`, [old])
  }
}

/** Says to everybody in a chat how it is now. */
export async function tellOfChange(
  tx: Tx,
  room: Room,
  before: Pick<ChatTable, 'id' | 'type' | 'slug' | 'blog_of'>,
  actor: Person,
): Promise<void> {
  const { id: chatId, type: chatType } = before
  const atMs = room.clock.nowMs()
  const place = await recordEvent(tx, chatId, { kind: 'chat.upsert', actorId: actor.id, atMs })
  const after = await chatOf(tx.db, chatId)
  const chat = await presentOutside(tx.db, after)
  await tellChat(tx, place, { k: 'chat.upsert', chat })
  const bloggers = [before, after].flatMap(({ blog_of }) => (blog_of ? [`user/${blog_of}`] : []))
  const touches = [...touchesOf(before), ...touchesOf(place), ...bloggers]
  const options = { subject: `chat/${chatId}`, actor: actor.id, touches }
  await tx.publish('chat.updated', { chatId, chatType, deleted: false }, options)
}

function newsIn(own: Seat, values: Partial<ChatTable>): Service[] {
  const news: Service[] = []
  if (values.title !== undefined && values.title !== own.title) {
    news.push({ what: 'title', text: values.title })
  }
  if (values.photo_id && values.photo_id !== own.photo_id) news.push({ what: 'photo' })
  return news
}

function columnsOf(order: ChatChange): Partial<ChatTable> {
  const { title, about, permissions, slowModeS, historyHidden, photoId } = order
  const slug = order.slug === undefined ? undefined : slugIn(order.slug)
  return {
    ...(title === undefined ? {} : { title: titleIn(title) }),
    ...(about === undefined ? {} : { about: aboutIn(about) }),
    ...(slug === undefined ? {} : { slug }),
    /* What everybody may look at from outside is kept from nobody who comes in. */
    ...(slug ? { history_hidden: 0 } : {}),
    ...(historyHidden === undefined ? {} : { history_hidden: historyHidden ? 1 : 0 }),
    ...(permissions === undefined ? {} : { permissions: JSON.stringify(permissions) }),
    ...(slowModeS === undefined ? {} : { slow_s: slowModeS }),
    ...(photoId === undefined ? {} : { photo_id: photoId }),
  }
}

/** @throws QL_MSG_HISTORY */
function requireHideable({ type, slug, history_hidden }: ChatTable): void {
  if (history_hidden === 1 && (type !== 'group' || slug !== null)) throw errors.QL_MSG_HISTORY()
}

async function requirePhoto(
  { app }: Room,
  actorId: string,
  chatId: string,
  photoId: string | null,
): Promise<void> {
  if (photoId === null) return
  const [own] = await app.media.find([photoId], { ownerId: actorId })
  if (!own) throw errors.QL_MSG_MEDIA()
  await keepPictures(app, `chat/${chatId}`, [photoId])
}

export function blank(type: ChatTable['type'], nowMs: number, createdBy: string): ChatTable {
  const permissions = type === 'channel' ? PERMISSIONS.channel : PERMISSIONS.group
  return {
    id: newId(),
    type,
    title: '',
    about: '',
    slug: null,
    photo_id: null,
    pair_key: null,
    seq: 0,
    ev: 0,
    last_ms: nowMs,
    members: 0,
    top_read_seq: 0,
    top_reader: null,
    second_read_seq: 0,
    fanout: 'write',
    permissions: JSON.stringify(permissions),
    slow_s: 0,
    history_hidden: 0,
    blog_of: null,
    created_by: createdBy,
    created_ms: nowMs,
    deleted_ms: null,
  }
}

/** @throws QL_MSG_TITLE */
function titleIn(text: string): string {
  const title = cleaned(text).replaceAll(/\s+/g, ' ').trim()
  if (title === '' || title.length > MAX_TITLE) {
    throw errors.QL_MSG_TITLE({ values: { max: MAX_TITLE } })
  }
  return title
}

function aboutIn(text: string): string {
  const about = cleaned(text).trim()
  if (about.length > MAX_ABOUT) throw errors.QL_MSG_TOO_LONG({ values: { max: MAX_ABOUT } })
  return about
}

function cleaned(text: string): string {
  return text.toWellFormed().replaceAll(/(?![\n\t])\p{Cc}/gu, ' ')
}

/** @throws QL_MSG_SLUG */
function slugIn(text: string | null): string | null {
  if (text === null || text === '') return null
  const slug = text.toLowerCase()
  if (!SLUG.test(slug)) throw errors.QL_MSG_SLUG()
  return slug
}

/** @throws QL_MSG_SLUG_TAKEN */
async function requireFree(tx: Tx, slug: string): Promise<void> {
  const taken = await select(tx.db, 'select id from messaging_chats where slug = ?', [slug])
  if (taken.length > 0) throw errors.QL_MSG_SLUG_TAKEN()
}
