import { Type } from '#core'
import { deleteChat } from '../chats/chat-endings.ts'
import { listChats } from '../chats/chat-list.ts'
import { updateChat } from '../chats/chats.ts'
import { errors } from '../errors.ts'
import { ChatChange, ChatList, NewChat } from '../inputs.ts'
import { addMembers, removeMember } from '../members/members.ts'
import { PICTURE_GUARD } from '../messages/pictures.ts'
import { makeChat } from '../chats/new-chat.ts'
import { oneChat } from '../chats/one-chat.ts'
import { markRead } from '../reading/reading.ts'
import type { Room } from '../room.ts'
import { Chat, Count, Person, Seq } from '../schema.ts'
import { ChatParams, route } from './route.ts'

const closed = { additionalProperties: false } as const
const NONE = { status: 204 } as const
const Flag = Type.Unsafe<'true' | 'false'>({ type: 'string', enum: ['true', 'false'] })
const ListQuery = Type.Object(
  {
    archived: Type.Optional(Flag),
    limit: Type.Optional(Type.String({ pattern: '^([1-9]\\d?|100)$' })),
    cursor: Type.Optional(Type.String({ maxLength: 300 })),
  },
  closed,
)
const MemberParams = Type.Object(
  { ...ChatParams.properties, username: Type.String({ maxLength: 64 }) },
  closed,
)

/** `/api/v1/chats`: chats as a whole. */
export function chatRoutes(room: Room): void {
  route(
    room,
    'GET',
    '/api/v1/chats',
    { summary: 'Own chats, the pinned first', query: ListQuery, responses: { 200: ChatList } },
    async ({ userId, request: { query } }) => {
      const { archived, limit, cursor } = query
      const question = {
        archived: archived === 'true',
        cursor,
        limit: limit === undefined ? undefined : Number(limit),
      }
      return { body: await listChats(room, userId, question) }
    },
  )
  route(
    room,
    'POST',
    '/api/v1/chats',
    {
      summary: 'A new group or channel, or the private chat with a person',
      body: NewChat,
      responses: { 200: Chat, 201: Chat },
      limit: { max: 60, windowS: 3_600 },
    },
    async ({ userId, request }) => {
      const { chat, isNew } = await makeChat(room, userId, request.body)
      return { status: isNew ? 201 : 200, body: chat }
    },
  )
  oneChatRoutes(room)
  photoRoute(room)
  memberRoutes(room)
}

function oneChatRoutes(room: Room): void {
  route(
    room,
    'GET',
    '/api/v1/chats/:chat',
    { summary: 'One chat', params: ChatParams, responses: { 200: Chat } },
    async ({ userId, chat }) => ({ body: (await oneChat(room, userId, chat)).chat }),
  )
  route(
    room,
    'PATCH',
    '/api/v1/chats/:chat',
    {
      summary: 'Title, photo, address, permissions, slow mode, history for newcomers',
      params: ChatParams,
      body: ChatChange,
      responses: { 200: Chat },
    },
    async ({ userId, chat, request }) => {
      await updateChat(room, userId, chat, request.body)
      return { body: (await oneChat(room, userId, chat)).chat }
    },
  )
  route(
    room,
    'DELETE',
    '/api/v1/chats/:chat',
    {
      summary: 'Out of the own list; `?for=all`: gone for everybody',
      params: ChatParams,
      query: Type.Object({ for: Type.Optional(Type.String({ pattern: '^(me|all)$' })) }, closed),
    },
    async ({ userId, chat, request: { query } }) => {
      await deleteChat(room, userId, chat, query['for'] === 'all' ? 'all' : 'me')
      return NONE
    },
  )
  route(
    room,
    'PUT',
    '/api/v1/chats/:chat/read',
    {
      summary: 'Everything up to a message is read',
      params: ChatParams,
      body: Type.Object({ seq: Seq }, closed),
      responses: { 200: Type.Object({ readSeq: Seq, unread: Count, mentions: Count }, closed) },
    },
    async ({ userId, chat, request }) => ({
      body: await markRead(room, userId, chat, request.body.seq),
    }),
  )
}

/** The photo is cut to a square; a request without the right to it changes nothing. */
function photoRoute(room: Room): void {
  route(
    room,
    'PUT',
    '/api/v1/chats/:chat/photo',
    {
      summary: 'Another photo of a group or a channel',
      params: ChatParams,
      file: { purpose: 'avatar', visibility: { by: PICTURE_GUARD } },
      responses: { 200: Chat },
      limit: { max: 20, windowS: 3_600 },
    },
    async ({ userId, chat, request: { file } }) => {
      if (!file) throw errors.QL_MSG_MEDIA()
      await updateChat(room, userId, chat, { photoId: file.id })
      return { body: (await oneChat(room, userId, chat)).chat }
    },
  )
}

function memberRoutes(room: Room): void {
  route(
    room,
    'PUT',
    '/api/v1/chats/:chat/members/:username',
    {
      summary: 'Brings somebody in',
      params: MemberParams,
      responses: { 200: Type.Object({ added: Type.Array(Person) }, closed) },
      limit: { max: 60, windowS: 3_600 },
    },
    async ({ userId, chat, request: { params } }) => ({
      body: { added: await addMembers(room, userId, chat, [params['username'] ?? '']) },
    }),
  )
  route(
    room,
    'DELETE',
    '/api/v1/chats/:chat/members/:username',
    { summary: 'Sends somebody away, or leaves', params: MemberParams },
    async ({ userId, chat, request: { params } }) => {
      /* The chat comes first: without a seat nobody learns who exists. */
      await oneChat(room, userId, chat)
      const person = await room.people.named(params['username'] ?? '')
      await removeMember(room, userId, chat, { userId: person.id })
      return NONE
    },
  )
}
