import { setImmediate as othersFirst } from 'node:timers/promises'
import { places, select } from '../messages/prepared.ts'
import type { Room } from '../room.ts'
import type { EventData } from '#core'
import type { ChatTable, Reader } from '../tables.ts'

type Sent = EventData<'message.sent'>

const PAGE = 500
/** In a large chat, while nothing of what was told has been read. */
const AGAIN_MS = 3_600_000
const KIND = 'message'

const WAITING = `state = 'in' and user_id <> ? and told_seq < ?
  and read_seq < ? and cleared_seq < ? and joined_seq < ?
  and not exists (select 1 from messaging_hidden h where h.user_id = messaging_members.user_id
    and h.chat_id = messaging_members.chat_id and h.seq = ?)`

/**
 * Tells those who may not have a page open of a message. Nobody is pushed to here: a push leaves some
 * seconds later, and says then what `messaging.notice` knows. A line is written only for people with
 * a browser that can be woken, whatever the size of the chat, and each has one per chat.
 */
export async function tellPeopleAway(room: Room, sent: Sent): Promise<void> {
  await untellSender(room, sent)
  if (sent.kind === 'service') return
  const kind = `${room.app.id}.${KIND}`
  const few = await room.app.call('notifications.few-reachable', { kind })
  if (few?.length === 0) return
  const chat = await placeOf(room.db.reader, sent.chatId)
  if (!chat) return
  const isLarge = chat.fanout === 'read'
  /* A newer message will look through the same people. */
  const isOvertaken = isLarge && (await newestIn(room.db.reader, sent.chatId)) > sent.seq
  if (isOvertaken && sent.mentions.length === 0) return
  const among = { isLarge, onlyCalled: isOvertaken, few }
  if (few) return tell(room, sent.chatId, await waiting(room, sent, '', among))
  for (let after: string | undefined = ''; after !== undefined;) {
    const userIds: string[] = await waiting(room, sent, after, among)
    const reachable = await room.app.call('notifications.reachable', { kind, userIds })
    await tell(room, sent.chatId, reachable)
    after = userIds.length < PAGE ? undefined : userIds.at(-1)
    await othersFirst()
  }
}

/** Whoever writes in a chat has read it, also where their program does not say so. */
async function untellSender({ db }: Room, { chatId, senderId, seq }: Sent): Promise<void> {
  if (senderId === null) return
  const [told] = await select<{ user_id: string }>(
    db.reader,
    `select user_id from messaging_members
     where chat_id = ? and user_id = ? and told_ms > 0 and told_seq < ?`,
    [chatId, senderId, seq],
  )
  if (!told) return
  await db.transaction(async (tx) => {
    await tx.db
      .updateTable('messaging_members')
      .set({ told_ms: 0 })
      .where('chat_id', '=', chatId)
      .where('user_id', '=', senderId)
      .execute()
    await tx.withdrawNotifications(`chat/${chatId}/${senderId}`)
  })
}

async function tell(room: Room, chatId: string, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return
  await room.db.transaction(async (tx) => {
    for (const userId of userIds) {
      await tx.notify(userId, {
        kind: KIND,
        text: { ru: 'Новое сообщение', en: 'A new message' },
        url: `/chats/${chatId}`,
        fold: `chat/${chatId}`,
        subject: `chat/${chatId}/${userId}`,
        toldBy: 'messaging.notice',
      })
    }
  })
}

interface Among {
  readonly isLarge: boolean
  /** Only those who are called by name or answered. */
  readonly onlyCalled: boolean
  /** All who can be told at all, where they are few. */
  readonly few: readonly string[] | null
}

/** The next people who have neither read the message nor been told of it, and want to be. */
async function waiting(
  { db, clock }: Room,
  { chatId, seq, senderId, mentions }: Sent,
  after: string,
  { isLarge, onlyCalled, few }: Among,
): Promise<string[]> {
  const now = clock.nowMs()
  const called = mentions.length === 0 ? 'false' : `user_id in (${places(mentions)})`
  const only = few ? `and user_id in (${places(few)})` : ''
  const values = [chatId, after, ...(few ?? []), senderId ?? '', seq, seq, seq, seq, seq]
  values.push(...mentions)
  let others = 'false'
  if (!onlyCalled) {
    others = `(muted_ms is null or muted_ms <= ?)`
    values.push(now)
    if (isLarge) {
      others += ` and (told_seq <= read_seq or told_ms <= ?)`
      values.push(now - AGAIN_MS)
    }
  }
  const rows = await select<{ user_id: string }>(
    db.reader,
    `select user_id from messaging_members
     where chat_id = ? and user_id > ? ${only} and ${WAITING} and (${called} or (${others}))
     order by user_id limit ${PAGE}`,
    values,
  )
  return rows.map((row) => row.user_id)
}

async function placeOf(db: Reader, chatId: string): Promise<Pick<ChatTable, 'fanout'> | undefined> {
  const [chat] = await select<Pick<ChatTable, 'fanout'>>(
    db,
    'select fanout from messaging_chats where id = ? and deleted_ms is null',
    [chatId],
  )
  return chat
}

/** What the chat itself says tells nobody. */
async function newestIn(db: Reader, chatId: string): Promise<number> {
  const [row] = await select<{ seq: number }>(
    db,
    `select seq from messaging_messages
     where chat_id = ? and deleted_ms is null and kind <> 'service' order by seq desc limit 1`,
    [chatId],
  )
  return row?.seq ?? 0
}
