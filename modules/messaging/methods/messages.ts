import { Type } from '#core'
import { sendMessage } from '../messages/composing.ts'
import { deleteMessages } from '../messages/deleting.ts'
import { draftOf } from '../messages/drafting.ts'
import { editMessage } from '../messages/editing.ts'
import { forwardMessages } from '../messages/forwarding.ts'
import { messageAt, readHistory } from '../messages/history.ts'
import {
  Emoji,
  ForwardOrder,
  HistoryPage,
  HistoryQuestion,
  inChat,
  MentionsAnswer,
  MentionsQuestion,
  MessageChange,
  NewMessage,
  Scope,
  OfChat,
  PinsAnswer,
  Sent,
  Seqs,
} from '../inputs.ts'
import { takePreviewAway } from '../previews/previewing.ts'
import { pinnedMessages, setPin } from '../messages/pins.ts'
import { react } from '../messages/reactions.ts'
import { countViews } from '../reading/reading.ts'
import type { Room } from '../room.ts'
import { method, Nothing } from './method.ts'
import { Count, Message, nullable, Reaction, Seq, Time } from '../schema.ts'
import type { Sent as SentMessage } from '../messages/outgoing.ts'
import { unreadMentions } from '../reading/unread-mentions.ts'

const closed = { additionalProperties: false } as const
const OneMessage = Type.Object({ m: Message }, closed)
export const SEND_LIMIT = { max: 20, windowS: 10 } as const

/** What is said in chats. */
export function messageMethods(room: Room): void {
  method(
    room,
    'msg.send',
    {
      summary: 'Sends a message; the same `cid` again is the same message, for ever',
      input: inChat(NewMessage.properties),
      output: Sent,
      limit: SEND_LIMIT,
    },
    async (userId, { chat, ...message }) => sentOf(await sendMessage(room, userId, chat, message)),
  )
  method(
    room,
    'msg.edit',
    {
      summary: 'Changes what a message says',
      input: inChat({ seq: Seq, ...MessageChange.properties }),
      output: OneMessage,
      limit: SEND_LIMIT,
    },
    async (userId, { chat, ...edit }) => ({ m: await editMessage(room, userId, chat, edit) }),
  )
  method(
    room,
    'msg.delete',
    {
      summary: 'From the own view, or for everybody',
      input: inChat({ seqs: Seqs, for: Scope }),
      output: Nothing,
    },
    async (userId, { chat, seqs, for: whose }) => {
      await deleteMessages(room, userId, chat, { seqs, whose })
    },
  )
  signs(room)
  reading(room)
  forwarding(room)
  drafting(room)
  previews(room)
}

function forwarding(room: Room): void {
  method(
    room,
    'msg.forward',
    {
      summary: 'Sends messages on, all or none',
      input: ForwardOrder,
      output: Type.Object({ items: Type.Array(Sent) }, closed),
      limit: SEND_LIMIT,
    },
    async (userId, input) => {
      const sent = await forwardMessages(room, userId, input)
      return { items: sent.map(sentOf) }
    },
  )
}

function drafting(room: Room): void {
  method(
    room,
    'msg.draft',
    {
      summary: 'Begins a post of the own blog with what messages say',
      input: inChat({ seqs: Seqs }),
      output: Type.Object({ path: Type.String() }, closed),
      limit: { max: 30, windowS: 60 },
    },
    async (userId, { chat, seqs }) => ({ path: await draftOf(room, userId, chat, seqs) }),
  )
}

function previews(room: Room): void {
  method(
    room,
    'msg.preview',
    {
      summary: 'Takes away the card of what stands at a link, for everybody and for good',
      input: inChat({ seq: Seq }),
      output: Nothing,
    },
    (userId, { chat, seq }) => takePreviewAway(room, userId, chat, seq),
  )
}

function signs(room: Room): void {
  method(
    room,
    'msg.react',
    {
      summary: 'One emoji per person and message, or none',
      input: inChat({ seq: Seq, emoji: nullable(Emoji) }),
      output: Type.Object({ reactions: Type.Array(Reaction) }, closed),
      limit: { max: 60, windowS: 30 },
    },
    async (userId, { chat, ...sign }) => ({ reactions: await react(room, userId, chat, sign) }),
  )
  method(
    room,
    'msg.pin',
    {
      summary: 'Pins for everybody, or takes the pin out',
      input: inChat({ seq: Seq, pinned: Type.Boolean() }),
      output: Type.Object({ pinnedSeqs: Type.Array(Seq) }, closed),
    },
    async (userId, { chat, ...pin }) => ({ pinnedSeqs: await setPin(room, userId, chat, pin) }),
  )
  method(
    room,
    'msg.pins',
    { summary: 'What is pinned in a chat, the newest first', input: OfChat, output: PinsAnswer },
    async (userId, { chat }) => pinnedMessages(room, userId, chat),
  )
  method(
    room,
    'msg.views',
    {
      summary: 'Posts of a channel that were seen; answers how often each was',
      input: inChat({ seqs: Seqs }),
      output: Type.Object(
        { items: Type.Array(Type.Object({ seq: Seq, views: Count }, closed)) },
        closed,
      ),
    },
    async (userId, { chat, seqs }) => ({ items: await countViews(room, userId, chat, seqs) }),
  )
}

function reading(room: Room): void {
  method(
    room,
    'msg.history',
    {
      summary: 'Messages before, after or around one; the newest by default',
      input: inChat(HistoryQuestion.properties),
      output: HistoryPage,
    },
    (userId, { chat, ...stretch }) => readHistory(room, userId, chat, stretch),
  )
  method(
    room,
    'msg.at',
    {
      summary: 'The first message at or after an instant',
      input: inChat({ date: Time }),
      output: Type.Object({ seq: nullable(Seq) }, closed),
    },
    async (userId, { chat, date }) => ({ seq: await messageAt(room, userId, chat, date) }),
  )
  method(
    room,
    'msg.mentions',
    {
      summary: 'Messages that call this person and are not read, the oldest first',
      input: inChat(MentionsQuestion.properties),
      output: MentionsAnswer,
    },
    (userId, { chat, ...question }) => unreadMentions(room, userId, chat, question),
  )
}

export function sentOf({ dup, m }: SentMessage) {
  const { chat, seq, cid, date } = m
  return { chat, seq, cid, date, dup, m }
}
