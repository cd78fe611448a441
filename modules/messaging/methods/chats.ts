import { Type } from '#core'
import { Beside, besideChat } from '../neighbours/beside.ts'
import { clearChat, deleteChat } from '../chats/chat-endings.ts'
import { listChats } from '../chats/chat-list.ts'
import { updateChat } from '../chats/chats.ts'
import {
  ChatChange,
  ChatList,
  ChatsQuestion,
  inChat,
  NewChat,
  OfChat,
  OfUsername,
  OneChat,
  Scope,
} from '../inputs.ts'
import { joinPublic } from '../members/invites.ts'
import { leaveChat } from '../members/members.ts'
import { makeChat } from '../chats/new-chat.ts'
import { oneChat, publicChat } from '../chats/one-chat.ts'
import { openPrivate } from '../chats/private-chats.ts'
import { actorOf, type Room } from '../room.ts'
import { method } from './method.ts'

const closed = { additionalProperties: false } as const
const Nothing = Type.Object({}, closed)
const Created = Type.Object({ ...OneChat.properties, isNew: Type.Boolean() }, closed)

/** Chats as a whole, and what a person keeps about them. */
export function chatMethods(room: Room): void {
  beside(room)
  changes(room)
  endings(room)
  method(
    room,
    'chats.list',
    { summary: 'Own chats, the pinned first', input: ChatsQuestion, output: ChatList },
    async (userId, input) => listChats(room, userId, input),
  )
  method(
    room,
    'chats.get',
    { summary: 'One chat', input: OfChat, output: OneChat },
    async (userId, input) => oneChat(room, userId, input.chat),
  )
  method(
    room,
    'chats.find',
    {
      summary: 'A public chat by its address',
      input: Type.Object({ slug: Type.String({ maxLength: 64 }) }, closed),
      output: OneChat,
    },
    async (userId, input) => publicChat(room, userId, input.slug),
  )
  method(
    room,
    'chats.open',
    {
      summary: 'The private chat with a person; with oneself: saved messages',
      input: OfUsername,
      output: Created,
      limit: { max: 60, windowS: 60 },
    },
    async (userId, input) => {
      const { chatId, isNew } = await openPrivate(room, userId, input.username)
      return { ...(await oneChat(room, userId, chatId)), isNew }
    },
  )
  method(
    room,
    'chats.create',
    {
      summary: 'A new group or channel; a private chat is opened',
      input: NewChat,
      output: Created,
      limit: { max: 20, windowS: 3_600 },
    },
    async (userId, input) => makeChat(room, userId, input),
  )
}

function changes(room: Room): void {
  method(
    room,
    'chats.update',
    {
      summary: 'Title, photo, address, permissions, slow mode, history for newcomers',
      input: inChat(ChatChange.properties),
      output: OneChat,
    },
    async (userId, input) => {
      const { chat, ...order } = input
      await updateChat(room, userId, chat, order)
      return oneChat(room, userId, chat)
    },
  )
  method(
    room,
    'chats.join',
    { summary: 'Into a chat that is open to everybody', input: OfChat, output: OneChat },
    async (userId, input) => {
      return oneChat(room, userId, await joinPublic(room, userId, input.chat))
    },
  )
}

function endings(room: Room): void {
  method(
    room,
    'chats.leave',
    { summary: 'Out of a group or channel', input: OfChat, output: Nothing },
    async (userId, input) => {
      await leaveChat(room, userId, input.chat)
    },
  )
  method(
    room,
    'chats.clear',
    { summary: 'Nothing said until now is shown any more', input: OfChat, output: Nothing },
    async (userId, input) => {
      await clearChat(room, userId, input.chat)
    },
  )
  method(
    room,
    'chats.delete',
    {
      summary: 'Out of the own list, or gone for everybody',
      input: inChat({ for: Scope }),
      output: Nothing,
    },
    async (userId, input) => {
      const { chat, for: whose } = input
      await deleteChat(room, userId, chat, whose)
    },
  )
}

function beside(room: Room): void {
  room.app.method(
    'chats.beside',
    {
      policy: 'member',
      summary: 'What other modules know of a chat and offer beside it',
      input: OfChat,
      output: Beside,
    },
    async (request) => besideChat(room, actorOf(request), request.locale, request.input.chat),
  )
}
