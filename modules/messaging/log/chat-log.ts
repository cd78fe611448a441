import type { UpdateData } from '#core'
import { errors } from '../errors.ts'
import { change } from '../messages/prepared.ts'
import type { Room } from '../room.ts'
import { memberIds } from '../members/seats.ts'
import { blindTo } from '../members/sight.ts'
import type { ChatTable, Tx } from '../tables.ts'
import type { Counts, Ephemeral, Update } from './updates.ts'

/** What a line of somebody's update log refers to; made anew by `messaging.update`. */
export type Reference =
  | { readonly chat: string; readonly ev: number }
  /** How far somebody has read. */
  | { readonly chat: string; readonly read: string; readonly seq: number }
  | { readonly chat: string; readonly draft: true }
  /** Hidden from this person alone. */
  | { readonly chat: string; readonly hid: readonly number[] }
  /** The chat as the person has it. */
  | { readonly chat: string }

export type Place = Pick<ChatTable, 'id' | 'fanout' | 'ev'>

/** Somebody who is told, and what concerns only them. */
export interface Hearer {
  readonly userId: string
  readonly me?: Counts
}

export interface NewEvent {
  readonly kind: Exclude<Update['k'], 'void' | 'read' | 'draft' | 'chat.gone'>
  readonly seq?: number
  readonly actorId: string | null
  readonly atMs: number
  /** What the rows do not tell. */
  readonly data?: object
}

export type EventPlace = Place & Pick<ChatTable, 'seq' | 'type' | 'members' | 'slug'>

const NEXT = `update messaging_chats set ev = ev + 1 where id = ? and deleted_ms is null
  returning id, ev, seq, type, fanout, members, slug`
const RECORD = `insert into messaging_events (chat_id, ev, kind, seq, actor_id, at_ms, data)
  values (?, ?, ?, ?, ?, ?, ?)`

/**
 * Takes the next number of the chat's log and writes down what happens. Everybody who writes in
 * the chat waits here for one another.
 *
 * @throws QL_MSG_NOT_FOUND
 */
export async function recordEvent(tx: Tx, chatId: string, event: NewEvent): Promise<EventPlace> {
  const [place] = await change<EventPlace>(tx, NEXT, [chatId])
  if (!place) throw errors.QL_MSG_NOT_FOUND()
  await writeEvent(tx, chatId, place.ev, event)
  return place
}

/** Writes down what happens under a number that is taken already. */
export async function writeEvent(
  { session }: Tx,
  chatId: string,
  ev: number,
  { kind, seq, actorId, atMs, data }: NewEvent,
): Promise<void> {
  const text = data === undefined ? null : JSON.stringify(data)
  await session.run(RECORD, [chatId, ev, kind, seq ?? null, actorId, atMs, text])
}

/** Tells everybody in the chat, or those named. In a large chat sockets follow the chat itself. */
export async function tellChat(
  tx: Tx,
  { id, fanout, ev }: Place,
  update: Update,
  hearers?: readonly Hearer[],
): Promise<void> {
  const apart = await blindTo(tx.db, id, seqsIn(update))
  if (fanout === 'read') {
    const data = { ...dataOf(update), ev }
    await tx.tellTopic({ topic: id, ev, type: update.k, data, apart: [...apart] })
    return
  }
  const people = hearers ?? (await memberIds(tx.db, id)).map((userId) => ({ userId }))
  const reference = { chat: id, ev }
  const seeing = people.filter(({ userId }) => !apart.has(userId))
  await tellPeople(tx, seeing, update, reference)
  const blind = people.filter(({ userId }) => apart.has(userId))
  await tellEach(
    tx,
    blind.map(({ userId }) => userId),
    update.k,
    reference,
  )
}

/** The messages of which an update says anything: who does not see one of them is told the rest. */
function seqsIn(update: Update): readonly number[] {
  if ('m' in update) {
    const { seq, reply, service } = update.m
    const quoted = [reply, service?.pinned].flatMap((each) => each?.seq ?? [])
    return update.k === 'msg.edit' ? [seq, ...quoted] : quoted
  }
  if ('seqs' in update) return update.seqs
  if ('pinnedSeqs' in update) return update.pinnedSeqs
  if ('chat' in update && typeof update.chat === 'object') return update.chat.pinnedSeqs
  return update.k === 'msg.react' || update.k === 'msg.preview' ? [update.seq] : []
}

/** Tells some people; their logs keep only what it refers to. */
export async function tellPeople(
  tx: Tx,
  people: readonly Hearer[],
  update: Update,
  reference: Reference,
): Promise<void> {
  await tx.tell({
    type: update.k,
    data: dataOf(update),
    kept: { by: 'messaging.update', reference: { ...reference } },
    people: people.map(({ userId, me }) => ({ userId, ...(me ? { me: { ...me } } : {}) })),
  })
}

/** Tells some people what stands in their logs as it is said. */
export async function tellPlainly(
  tx: Tx,
  userIds: readonly string[],
  update: Update,
): Promise<void> {
  await tx.push(userIds, update.k, dataOf(update))
}

function dataOf(update: Update): UpdateData {
  const { k: _kind, ...data } = update
  return data as unknown as UpdateData
}

/** Whose kept pages a change of the chat makes stale. */
export function touchesOf({ id, slug }: Pick<ChatTable, 'id' | 'slug'>): readonly string[] {
  return slug === null ? [] : [`channel/${id}`]
}

/** Tells some people how the chat now is, each as they have it. */
export async function tellChatAnew(
  tx: Tx,
  userIds: readonly string[],
  chat: string,
): Promise<void> {
  await tellEach(tx, userIds, 'chat.upsert', { chat })
}

/** Each hears what a line of their log says to them alone. */
async function tellEach(
  tx: Tx,
  userIds: readonly string[],
  type: Update['k'],
  reference: Reference,
): Promise<void> {
  const kept = { by: 'messaging.update', reference: { ...reference } } as const
  await tx.tell({ type, kept, people: userIds.map((userId) => ({ userId })) })
}

/** To open pages only: dropped first, never replayed. */
export function tellOpenPages(
  { app }: Pick<Room, 'app'>,
  userIds: readonly string[],
  sign: Ephemeral,
): void {
  const { k, ...data } = sign
  app.realtime.signal(userIds, k, data)
}
