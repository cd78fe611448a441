import { errors } from '../errors.ts'
import { rightsOf } from '../policy.ts'
import { select } from '../messages/prepared.ts'
import { type Room, timeOf } from '../room.ts'
import type { Person, Rights, Role, State } from '../schema.ts'
import { type Seat, seatOf } from './seats.ts'
import type { MemberTable } from '../tables.ts'

const PAGE = 50
/** People of a chat a name is looked for among. */
const MAX_SEARCHED = 1_000
const CURSOR = /^([012]) (\d{1,16}) ([0-9a-f-]{36})$/
/** The owner, then admins, then the others by when they came. */
const RANK = `case role when 'owner' then 0 when 'admin' then 1 else 2 end`

export interface Member {
  readonly user: Person
  readonly role: Role
  readonly state: State
  readonly rights: Rights
  readonly joinedAt: string
}

export interface MembersPage {
  readonly items: readonly Member[]
  readonly nextCursor: string | null
}

export interface MembersQuestion {
  readonly q?: string | undefined
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

type Row = Pick<MemberTable, 'user_id' | 'role' | 'state' | 'rights' | 'joined_ms'>

/**
 * People of a chat. Who subscribes to a channel only its admins may know.
 *
 * @throws QL_MSG_NOT_FOUND, QL_MSG_NOT_ALLOWED, QL_MSG_CURSOR.
 */
export async function listMembers(
  room: Room,
  userId: string,
  chatId: string,
  { q = '', cursor, limit = PAGE }: MembersQuestion,
): Promise<MembersPage> {
  const own = await seatOf(room.db.reader, userId, chatId)
  if (own.type === 'channel' && own.role === 'member') throw errors.QL_MSG_NOT_ALLOWED()
  if (q !== '') return { items: await searched(room, own, q, limit), nextCursor: null }
  return pageOf(room, chatId, `state = 'in'`, { cursor, limit })
}

/** Who was sent away for good. @throws QL_MSG_NOT_FOUND, QL_MSG_NOT_ALLOWED, QL_MSG_CURSOR. */
export async function listBanned(
  room: Room,
  userId: string,
  chatId: string,
  { cursor, limit = PAGE }: Omit<MembersQuestion, 'q'>,
): Promise<MembersPage> {
  const own = await seatOf(room.db.reader, userId, chatId)
  if (!rightsOf(own).ban) throw errors.QL_MSG_NOT_ALLOWED()
  return pageOf(room, chatId, `state <> 'in' and is_banned = 1`, { cursor, limit })
}

async function pageOf(
  room: Room,
  chatId: string,
  condition: string,
  { cursor, limit }: { readonly cursor: string | undefined; readonly limit: number },
): Promise<MembersPage> {
  const after = cursor === undefined ? null : placeIn(cursor)
  const rows = await select<Row>(
    room.db.reader,
    `select user_id, role, state, rights, joined_ms from messaging_members
     where chat_id = ? and ${condition}
       ${after ? `and (${RANK}, joined_ms, user_id) > (?, ?, ?)` : ''}
     order by ${RANK}, joined_ms, user_id limit ?`,
    [chatId, ...(after ?? []), limit + 1],
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const nextCursor = rows.length > limit && last ? cursorOf(last) : null
  return { items: await presented(room, shown), nextCursor }
}

/** Those who ask to come in, the first first. @throws QL_MSG_NOT_ALLOWED */
export async function listRequests(
  room: Room,
  userId: string,
  chatId: string,
): Promise<readonly Member[]> {
  const own = await seatOf(room.db.reader, userId, chatId)
  if (!rightsOf(own).invite) throw errors.QL_MSG_NOT_ALLOWED()
  const rows = await select<Row>(
    room.db.reader,
    `select user_id, role, state, rights, joined_ms from messaging_members
     where chat_id = ? and state = 'requested' order by joined_ms limit 200`,
    [chatId],
  )
  return presented(room, rows)
}

async function searched(room: Room, { id }: Seat, q: string, limit: number): Promise<Member[]> {
  const rows = await select<Row>(
    room.db.reader,
    `select user_id, role, state, rights, joined_ms from messaging_members
     where chat_id = ? and state = 'in' order by ${RANK}, joined_ms limit ${MAX_SEARCHED}`,
    [id],
  )
  const wanted = q.replace(/^@/, '').toLocaleLowerCase()
  const members = await presented(room, rows)
  const fits = ({ user }: Member): boolean =>
    user.username.includes(wanted) || user.displayName.toLocaleLowerCase().includes(wanted)
  return members.filter(fits).slice(0, limit)
}

async function presented(room: Room, rows: readonly Row[]): Promise<Member[]> {
  const people = await room.people.withIds(rows.map((row) => row.user_id))
  const byId = new Map(people.map((person) => [person.id, person]))
  return rows.flatMap((row) => {
    const user = byId.get(row.user_id)
    const { role, state } = row
    return user
      ? [{ user, role, state, rights: rightsOf(row), joinedAt: timeOf(row.joined_ms) }]
      : []
  })
}

function cursorOf({ role, joined_ms, user_id }: Row): string {
  const rank = ['owner', 'admin', 'member'].indexOf(role)
  return Buffer.from(`${rank} ${joined_ms} ${user_id}`).toString('base64url')
}

function placeIn(cursor: string): [number, number, string] {
  const [, rank, ms, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? []
  if (rank === undefined || ms === undefined || id === undefined) throw errors.QL_MSG_CURSOR()
  return [Number(rank), Number(ms), id]
}
