import type { PushQuestion, PushWords } from '#core'
import { countUnread } from '../reading/counts.ts'
import { change, select } from '../messages/prepared.ts'
import type { Room } from '../room.ts'
import type { MessageTable } from '../tables.ts'
import { floorOf, peerOf, type Seat, seatIn } from '../members/seats.ts'
import { SEEN } from '../members/sight.ts'
import { waitingFor } from '../reading/waiting.ts'
import { saidShortly } from './said-shortly.ts'

/** So many of the newest are looked through for one that may be told. */
const MOST_LOOKED_AT = 20
/** More than that are as good as that many. */
const MANY = 100

const UNTOLD = `select m.* from messaging_messages m
  where ${SEEN} and m.seq > ? and m.kind <> 'service' and (m.sender_id is null or m.sender_id <> ?)`
const CALLED = `and exists (select 1 from messaging_mentions c
  where c.user_id = ? and c.chat_id = m.chat_id and c.seq = m.seq)`
const TOLD = `update messaging_members set told_seq = ?, told_ms = ?
  where chat_id = ? and user_id = ? and state = 'in'
    and read_seq < ? and cleared_seq < ? and (told_seq < ? or told_seq = ?)
    and exists (select 1 from messaging_messages m
      where m.chat_id = ? and m.seq = ? and m.deleted_ms is null)
  returning user_id`

/**
 * What a push says of a chat to one of its people now. Null to who has read it, has been told, is no
 * longer in it, has muted it without being called, or keeps away whoever wrote. What it answers counts
 * as told from then on: a message is never told twice, whatever happens on its way.
 */
export async function noticeOf(
  room: Room,
  { userId, subject, locale, again }: PushQuestion,
): Promise<PushWords | null> {
  const [, chatId = ''] = /^chat\/([^/]+)\//.exec(subject) ?? []
  const seat = await seatIn(room.db.reader, userId, chatId)
  if (seat?.state !== 'in') return null
  const isMuted = seat.muted_ms !== null && seat.muted_ms > room.clock.nowMs()
  const message = await newestUntold(room, seat, { again, isMuted })
  if (!message || !(await markTold(room, seat, message.seq, again))) return null
  const t = room.app.translator(locale)
  const { name, words } = await saidBy(room, seat, message, t)
  const others = isMuted ? 0 : (await countUnread(room.db.reader, seat, { most: MANY })) - 1
  const more = others > 0 ? [t('messaging.notice.more', { count: others })] : []
  return {
    title: name,
    text: [words, ...more].join('\n'),
    url: `/chats/${chatId}`,
    seq: message.seq,
    waiting: await waitingFor(room, userId),
    isInUpdates: seat.fanout === 'write',
  }
}

interface Wanted {
  /** What was told before is told again. */
  readonly again: boolean
  readonly isMuted: boolean
}

async function newestUntold(
  room: Room,
  seat: Seat,
  { again, isMuted }: Wanted,
): Promise<MessageTable | undefined> {
  const { id, user_id: userId, cleared_seq: cleared, told_seq: told } = seat
  const from = again ? floorOf(seat) : Math.max(floorOf(seat), told)
  const rows = await select<MessageTable>(
    room.db.reader,
    `${UNTOLD} ${isMuted ? CALLED : ''} order by m.seq desc limit ${MOST_LOOKED_AT}`,
    [id, cleared, userId, from, userId, ...(isMuted ? [userId] : [])],
  )
  const senders = [...new Set(rows.flatMap(({ sender_id: sender }) => sender ?? []))]
  const standings = await room.people.standings(userId, senders)
  return rows.find(({ sender_id: sender }) => {
    const { blocks, blockedBy } = standings.get(sender ?? '') ?? {}
    return !blocks && !blockedBy
  })
}

async function markTold(room: Room, seat: Seat, seq: number, again: boolean): Promise<boolean> {
  const { id, user_id: userId } = seat
  const told = await room.db.transaction((tx) =>
    change<{ user_id: string }>(tx, TOLD, [
      seq,
      room.clock.nowMs(),
      id,
      userId,
      seq,
      seq,
      seq,
      again ? seq : -1,
      id,
      seq,
    ]),
  )
  return told.length > 0
}

/** A private chat is called as the other one, and only a group says who has written. */
async function saidBy(
  room: Room,
  seat: Seat,
  message: MessageTable,
  t: ReturnType<Room['app']['translator']>,
): Promise<{ name: string; words: string }> {
  const words = saidShortly(message, t)
  if (seat.type === 'channel') return { name: seat.title, words }
  const sender = await room.people.withId(message.sender_id ?? peerOf(seat, seat.user_id) ?? '')
  const name = sender.displayName || t('messaging.ui.somebody')
  if (seat.type === 'private') return { name, words }
  return { name: seat.title, words: `${name}: ${words}` }
}
