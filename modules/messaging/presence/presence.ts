import type { PresenceChange } from '#core'
import { tellOpenPages } from '../log/chat-log.ts'
import { change, places, select } from '../messages/prepared.ts'
import { type Room, timeOf } from '../room.ts'
import type { PresenceTable } from '../tables.ts'

/** So many of those one writes with hear that one comes and goes. */
const MAX_TOLD = 200
const RECENTLY_MS = 3 * 24 * 3_600_000

export type ShownTo = PresenceTable['shown_to']

export const SHOWN_TO = ['all', 'known', 'followed', 'nobody'] as const satisfies readonly ShownTo[]

/** `online`, an instant, `recently`, or null when the person keeps it to themselves. */
export type LastSeen = string | null

/** Tells those with a private chat in common, as far as the person wants it known. */
export async function tellPresence(
  room: Room,
  { userId, isOnline, at }: PresenceChange,
): Promise<void> {
  const seenMs = Date.parse(at)
  const shownTo = await room.db.transaction(async (tx) => {
    const [row] = await change<PresenceTable>(
      tx,
      `insert into messaging_presence (user_id, seen_ms, shown_to) values (?, ?, 'all')
       on conflict (user_id) do update set seen_ms = excluded.seen_ms returning shown_to`,
      [userId, seenMs],
    )
    return row?.shown_to ?? 'nobody'
  })
  if (shownTo === 'nobody') return
  const here = await room.app.realtime.online(await peersOf(room, userId))
  const peers = await heardBy(room, userId, here, shownTo === 'followed')
  tellOpenPages(room, peers, {
    k: 'presence',
    user: userId,
    state: isOnline ? 'online' : 'offline',
    lastSeen: timeOf(seenMs),
  })
}

/**
 * One keeps the other away, or does so no longer: open pages hear at once what they may know by now.
 * Those who do not write with each other know nothing that could change, and learn nothing.
 */
export async function retellPresence(room: Room, data: unknown): Promise<void> {
  const { userId, targetId } = data as { readonly userId: string; readonly targetId: string }
  const ways = [
    [userId, targetId],
    [targetId, userId],
  ] as const
  for (const [asker, other] of ways) {
    if (!(await peersOf(room, asker)).includes(other)) continue
    const { [other]: seen = null } = await lastSeenOf(room, asker, [other])
    const isOnline = seen === 'online'
    tellOpenPages(room, [asker], {
      k: 'presence',
      user: other,
      state: isOnline ? 'online' : 'offline',
      lastSeen: isOnline ? timeOf(room.clock.nowMs()) : seen,
    })
  }
}

/** When people were here, as far as the asker may know it; everybody asked for is in it. */
export async function lastSeenOf(
  room: Room,
  askerId: string,
  userIds: readonly string[],
): Promise<Record<string, LastSeen>> {
  const rows = await select<PresenceTable>(
    room.db.reader,
    `select * from messaging_presence where user_id in (${places(userIds)})`,
    [...userIds],
  )
  const known = new Map(rows.map((row) => [row.user_id, row]))
  const online = new Set(await room.app.realtime.online(userIds))
  const standings = await room.people.standings(askerId, userIds)
  const peers = new Set(await peersOf(room, askerId))
  const now = room.clock.nowMs()
  const entries = userIds.map((userId) => {
    const row = known.get(userId)
    const { blocks, blockedBy, followedBy } = standings.get(userId) ?? {}
    const isSelf = userId === askerId
    const isApart = !isSelf && (blocks === true || blockedBy === true)
    const isFollowed = row?.shown_to === 'followed'
    const isClose = isSelf || (isFollowed ? followedBy === true : peers.has(userId))
    if (!row || isApart) return [userId, null] as const
    return [
      userId,
      lastSeenIn(row, { isSelf, isClose, isOnline: online.has(userId), now }),
    ] as const
  })
  return Object.fromEntries(entries)
}

interface Asked {
  readonly isSelf: boolean
  /** They have a private chat, or the person reads the asker: as the person has chosen. */
  readonly isClose: boolean
  readonly isOnline: boolean
  readonly now: number
}

function lastSeenIn(row: PresenceTable, { isSelf, isClose, isOnline, now }: Asked): LastSeen {
  if (row.shown_to === 'nobody' && !isSelf) return null
  if (row.shown_to !== 'all' && !isClose) {
    return now - row.seen_ms < RECENTLY_MS ? 'recently' : null
  }
  return isOnline ? 'online' : timeOf(row.seen_ms)
}

export async function showPresence(room: Room, userId: string, shownTo: ShownTo): Promise<void> {
  await room.db.transaction((tx) =>
    change(
      tx,
      `insert into messaging_presence (user_id, seen_ms, shown_to) values (?, ?, ?)
       on conflict (user_id) do update set shown_to = excluded.shown_to returning user_id`,
      [userId, room.clock.nowMs(), shownTo],
    ),
  )
}

export async function shownPresence({ db: { reader } }: Room, userId: string): Promise<ShownTo> {
  const [row] = await select<PresenceTable>(
    reader,
    'select * from messaging_presence where user_id = ?',
    [userId],
  )
  return row?.shown_to ?? 'all'
}

/** Those with a private chat in common, the most recent first. */
async function peersOf({ db: { reader } }: Room, userId: string): Promise<string[]> {
  const rows = await select<{ user_id: string }>(
    reader,
    `select o.user_id from messaging_members m
     join messaging_chats c on c.id = m.chat_id and c.type = 'private' and c.deleted_ms is null
     join messaging_members o on o.chat_id = c.id and o.user_id <> m.user_id
     where m.user_id = ? and m.state = 'in' and c.seq > 0
     order by c.last_ms desc limit ${MAX_TOLD}`,
    [userId],
  )
  return rows.map((row) => row.user_id)
}

/** Without those whom one of the two keeps away, and perhaps without those the person does not read. */
async function heardBy(
  room: Room,
  userId: string,
  others: readonly string[],
  isForFollowed: boolean,
): Promise<string[]> {
  const standings = await room.people.standings(userId, others)
  return others.filter((id) => {
    const { blocks, blockedBy, follows } = standings.get(id) ?? {}
    return !blocks && !blockedBy && (!isForFollowed || follows === true)
  })
}
