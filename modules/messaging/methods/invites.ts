import { Type } from '#core'
import { inChat, Invite, Member, NewInvite, OfChat, Token } from '../inputs.ts'
import { lookAtInvite } from '../members/invited.ts'
import {
  createInvite,
  decideRequest,
  joinByInvite,
  listInvites,
  revokeInvite,
} from '../members/invites.ts'
import { listRequests } from '../members/member-list.ts'
import { oneChat } from '../chats/one-chat.ts'
import type { Room } from '../room.ts'
import { Chat, Id, Person } from '../schema.ts'
import { method, Nothing } from './method.ts'

const closed = { additionalProperties: false } as const
const OfToken = Type.Object({ token: Token }, closed)

/** Links that let people in. */
export function inviteMethods(room: Room): void {
  method(
    room,
    'invites.list',
    {
      summary: 'Invitations of a chat',
      input: OfChat,
      output: Type.Object({ items: Type.Array(Invite) }, closed),
    },
    async (userId, input) => ({
      items: await listInvites(room, userId, input.chat),
    }),
  )
  method(
    room,
    'invites.create',
    {
      summary: 'A new invitation',
      input: inChat(NewInvite.properties),
      output: Invite,
      limit: { max: 60, windowS: 3_600 },
    },
    (userId, { chat, ...order }) => createInvite(room, userId, chat, order),
  )
  method(
    room,
    'invites.revoke',
    {
      summary: 'Takes an invitation back',
      input: inChat({ token: Token }),
      output: Nothing,
    },
    async (userId, { chat, token }) => {
      await revokeInvite(room, userId, chat, token)
    },
  )
  joining(room)
  requests(room)
}

function joining(room: Room): void {
  method(
    room,
    'invites.look',
    {
      summary: 'Where an invitation leads',
      input: OfToken,
      output: Type.Object(
        { chat: Chat, isMember: Type.Boolean(), approval: Type.Boolean() },
        closed,
      ),
      limit: { max: 60, windowS: 60 },
    },
    async (userId, input) => lookAtInvite(room, userId, input.token),
  )
  method(
    room,
    'invites.join',
    {
      summary: 'Comes in, or asks to',
      input: OfToken,
      output: Type.Union([
        Type.Object({ chat: Chat, people: Type.Array(Person) }, closed),
        Type.Object({ requested: Type.Literal(true) }, closed),
      ]),
      limit: { max: 60, windowS: 60 },
    },
    async (userId, input) => {
      const joined = await joinByInvite(room, userId, input.token)
      return 'requested' in joined ? joined : oneChat(room, userId, joined.chatId)
    },
  )
}

function requests(room: Room): void {
  method(
    room,
    'requests.list',
    {
      summary: 'Who asks to come in',
      input: OfChat,
      output: Type.Object({ items: Type.Array(Member) }, closed),
    },
    async (userId, input) => ({
      items: await listRequests(room, userId, input.chat),
    }),
  )
  method(
    room,
    'requests.decide',
    {
      summary: 'Lets somebody in, or does not',
      input: inChat({ user: Id, accept: Type.Boolean() }),
      output: Nothing,
    },
    async (userId, { chat, user, accept }) => {
      await decideRequest(room, userId, chat, { userId: user, accept })
    },
  )
}
