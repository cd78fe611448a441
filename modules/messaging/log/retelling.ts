import type { Reference } from './chat-log.ts'
import { countsOf } from '../reading/counts.ts'
import { draftsOf } from '../reading/drafts.ts'
import { pinsOf, presentChat } from '../chats/present-chat.ts'
import { presentMessage } from '../messages/present-message.ts'
import { select } from '../messages/prepared.ts'
import { countsOf as reactionCounts } from '../messages/reactions.ts'
import type { Room } from '../room.ts'
import type { Preview } from '../schema.ts'
import { type Seat, seatIn } from '../members/seats.ts'
import { seenMessages, sightOfSeat } from '../members/sight.ts'
import type { ChatEventTable, MessageTable, Reader } from '../tables.ts'
import type { Update } from './updates.ts'

/**
 * What lines of somebody's update log say now. Whoever is no longer in the chat, and whatever is
 * gone or hidden, is told nothing: null.
 */
export async function retell(
  room: Room,
  userId: string,
  references: readonly Reference[],
): Promise<(Update | null)[]> {
  const seats = new Map<string, Seat | undefined>()
  const told: (Update | null)[] = []
  for (const reference of references) {
    const { chat } = reference
    if (!seats.has(chat)) seats.set(chat, await seatIn(room.db.reader, userId, chat))
    const seat = seats.get(chat)
    told.push(seat?.state === 'in' ? await retellOne(room, seat, reference) : null)
  }
  return told
}

async function retellOne(room: Room, seat: Seat, reference: Reference): Promise<Update | null> {
  const { reader } = room.db
  const { id: chat, user_id: userId } = seat
  if ('ev' in reference) {
    const [event] = await select<ChatEventTable>(
      reader,
      'select * from messaging_events where chat_id = ? and ev = ?',
      [chat, reference.ev],
    )
    return event ? retellEvent(room, seat, event) : null
  }
  if ('read' in reference) return retellReading(room, seat, reference)
  if ('draft' in reference) {
    const drafts = await draftsOf(reader, userId, [chat])
    return { k: 'draft', chat, draft: drafts.get(chat) ?? null }
  }
  if ('hid' in reference) {
    return { k: 'msg.del', chat, seqs: reference.hid, me: await countsOf(reader, seat) }
  }
  /* It stands in no list of this person, and comes back with the next message. */
  if (seat.is_hidden === 1) return null
  return { k: 'chat.upsert', chat: (await presentChat(room, reader, seat)).chat }
}

/** One's own counts are those of now; how far another had read stays true. */
async function retellReading(
  room: Room,
  seat: Seat,
  { read: user, seq }: Extract<Reference, { read: string }>,
): Promise<Update> {
  if (user !== seat.user_id) return { k: 'read', chat: seat.id, user, seq }
  const me = await countsOf(room.db.reader, seat)
  return { k: 'read', chat: seat.id, user, seq: me.readSeq, me }
}

/** An event of the chat's log as this person may know it now. */
export async function retellEvent(
  room: Room,
  seat: Seat,
  event: ChatEventTable,
): Promise<Update | null> {
  const { reader } = room.db
  const { id: chat } = seat
  const { ev, kind, seq } = event
  const data = event.data === null ? {} : (JSON.parse(event.data) as Record<string, unknown>)
  switch (kind) {
    case 'msg.new':
    case 'msg.edit':
      return retellMessage(room, seat, event)
    case 'msg.del':
      return retellDeletion(reader, seat, ev, data['seqs'] as number[])
    case 'msg.react':
      return retellReaction(room, seat, { ev, seq: seq ?? 0, data })
    case 'msg.pin':
      return { k: 'msg.pin', chat, ev, pinnedSeqs: await pinsOf(reader, sightOfSeat(seat)) }
    case 'msg.preview':
      return retellPreview(room, seat, event)
    case 'member':
      if (event.data !== null) return retellMember(room, seat, ev, String(data['user']))
      break
    default:
  }
  /* Also where whoever it was about is erased. */
  return { k: 'chat.upsert', chat: (await presentChat(room, reader, seat)).chat }
}

async function retellMessage(
  room: Room,
  seat: Seat,
  { ev, kind, seq, actor_id }: ChatEventTable,
): Promise<Update | null> {
  const { reader } = room.db
  const [row] = await seenMessages(reader, sightOfSeat(seat), [seq ?? 0])
  if (!row) return kind === 'msg.new' ? retellWriting(reader, seat, { seq, actor_id }) : null
  const m = await presentMessage(reader, row, seat.user_id)
  const me = await countsOf(reader, seat)
  if (kind === 'msg.edit') return { k: 'msg.edit', chat: seat.id, ev, m, me }
  const people = await room.people.withIds([row.sender_id])
  return { k: 'msg.new', chat: seat.id, ev, m, people, me }
}

async function retellDeletion(
  reader: Reader,
  seat: Seat,
  ev: number,
  deleted: readonly number[],
): Promise<Update | null> {
  const seqs = deleted.filter((seq) => seq > seat.cleared_seq)
  if (seqs.length === 0) return null
  return { k: 'msg.del', chat: seat.id, ev, seqs, me: await countsOf(reader, seat) }
}

/** The message is gone, but whoever wrote it had read what stood before it. */
async function retellWriting(
  reader: Reader,
  { id: chat, user_id, cleared_seq }: Seat,
  { seq, actor_id: user }: Pick<ChatEventTable, 'seq' | 'actor_id'>,
): Promise<Update | null> {
  if (seq === null || seq <= cleared_seq || user === null || user === user_id) return null
  const [row] = await select<Pick<MessageTable, 'kind'>>(
    reader,
    'select kind from messaging_messages where chat_id = ? and seq = ?',
    [chat, seq],
  )
  return row?.kind === 'text' ? { k: 'read', chat, user, seq } : null
}

async function retellPreview(
  room: Room,
  seat: Seat,
  { ev, seq }: ChatEventTable,
): Promise<Update | null> {
  const [row] = await seenMessages(room.db.reader, sightOfSeat(seat), [seq ?? 0])
  if (!row) return null
  const preview = row.preview === null ? null : (JSON.parse(row.preview) as Preview)
  return { k: 'msg.preview', chat: seat.id, ev, seq: row.seq, preview }
}

const NOBODY = { user: '', emoji: null }

async function retellReaction(
  room: Room,
  seat: Seat,
  { ev, seq, data }: { readonly ev: number; readonly seq: number; readonly data: object },
): Promise<Update | null> {
  const { reader } = room.db
  const [row] = await seenMessages(reader, sightOfSeat(seat), [seq])
  if (!row) return null
  const reactions = await reactionCounts({ db: reader }, seat.id, seq)
  /* Nobody when whoever it was is erased. */
  const { user = '', emoji = null } = data as { user?: string; emoji?: string | null }
  const whose = seat.type !== 'channel' || user === seat.user_id ? { user, emoji } : NOBODY
  return { k: 'msg.react', chat: seat.id, ev, seq, reactions, ...whose }
}

async function retellMember(
  room: Room,
  seat: Seat,
  ev: number,
  userId: string,
): Promise<Update | null> {
  const other = await seatIn(room.db.reader, userId, seat.id)
  const user = await room.people.withId(userId)
  const { state = 'left', role = 'member' } = other ?? {}
  const { id: chat, members } = seat
  return { k: 'member', chat, ev, user, state, role, members }
}
