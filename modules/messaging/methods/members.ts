import { Type } from '#core'
import {
  BannedQuestion,
  inChat,
  Member,
  MembersQuestion,
  RoleChange,
  Usernames,
} from '../inputs.ts'
import { listBanned, listMembers } from '../members/member-list.ts'
import { addMembers, liftBan, removeMember } from '../members/members.ts'
import { changeRole } from '../members/roles.ts'
import type { Room } from '../room.ts'
import { Id, nullable, Person } from '../schema.ts'
import { method, Nothing } from './method.ts'

const closed = { additionalProperties: false } as const
const Members = Type.Object(
  { items: Type.Array(Member), nextCursor: nullable(Type.String()) },
  closed,
)

/** Who is in a chat. */
export function memberMethods(room: Room): void {
  method(
    room,
    'members.list',
    {
      summary: 'People of a chat',
      input: inChat(MembersQuestion.properties),
      output: Members,
    },
    (userId, { chat, ...question }) => listMembers(room, userId, chat, question),
  )
  method(
    room,
    'members.add',
    {
      summary: 'Brings people in',
      input: inChat({ usernames: Usernames }),
      output: Type.Object({ added: Type.Array(Person) }, closed),
      limit: { max: 60, windowS: 3_600 },
    },
    async (userId, { chat, usernames }) => ({
      added: await addMembers(room, userId, chat, usernames),
    }),
  )
  method(
    room,
    'members.remove',
    {
      summary: 'Sends somebody away, for good with `ban`',
      input: inChat({ user: Id, ban: Type.Optional(Type.Boolean()) }),
      output: Nothing,
    },
    async (userId, { chat, user, ban = false }) => {
      await removeMember(room, userId, chat, { userId: user, ban })
    },
  )
  banned(room)
  method(
    room,
    'members.role',
    {
      summary: 'Makes an admin, a member, or the owner in one’s own place',
      input: inChat({ user: Id, ...RoleChange.properties }),
      output: Nothing,
    },
    async (userId, { chat, user, ...order }) => {
      await changeRole(room, userId, chat, { userId: user, ...order })
    },
  )
}

function banned(room: Room): void {
  method(
    room,
    'members.banned',
    {
      summary: 'Who was sent away for good',
      input: inChat(BannedQuestion.properties),
      output: Members,
    },
    (userId, { chat, ...question }) => listBanned(room, userId, chat, question),
  )
  method(
    room,
    'members.unban',
    {
      summary: 'Somebody who was sent away for good may come back',
      input: inChat({ user: Id }),
      output: Nothing,
    },
    async (userId, { chat, user }) => {
      await liftBan(room, userId, chat, user)
    },
  )
}
