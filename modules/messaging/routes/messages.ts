import { Type } from '#core'
import { requireSending, sendMessage } from '../messages/composing.ts'
import { deleteMessages } from '../messages/deleting.ts'
import { editMessage } from '../messages/editing.ts'
import { errors } from '../errors.ts'
import { readHistory } from '../messages/history.ts'
import { HistoryPage, MessageChange, NewMessage, Sent } from '../inputs.ts'
import { SEND_LIMIT, sentOf } from '../methods/messages.ts'
import { attachmentOf, PICTURE_GUARD } from '../messages/pictures.ts'
import { setPin } from '../messages/pins.ts'
import { react } from '../messages/reactions.ts'
import type { Room } from '../room.ts'
import { Attachment, Message, Reaction, Seq } from '../schema.ts'
import { seatOf } from '../members/seats.ts'
import { ChatParams, route, SeqParams } from './route.ts'

const closed = { additionalProperties: false } as const
const NONE = { status: 204 } as const
const number = Type.Optional(Type.String({ pattern: '^\\d{1,15}$' }))
const HistoryQuery = Type.Object(
  {
    before: number,
    after: number,
    around: number,
    limit: Type.Optional(Type.String({ pattern: '^([1-9]\\d?|100)$' })),
  },
  closed,
)
const EmojiParams = Type.Object(
  { ...SeqParams.properties, emoji: Type.String({ maxLength: 40 }) },
  closed,
)
const Reactions = Type.Object({ reactions: Type.Array(Reaction) }, closed)
const Pins = Type.Object({ pinnedSeqs: Type.Array(Seq) }, closed)
const MESSAGES = '/api/v1/chats/:chat/messages'
const MESSAGE = `${MESSAGES}/:seq`

/** `/api/v1/chats/:chat/messages`: what is said. */
export function messageRoutes(room: Room): void {
  route(
    room,
    'GET',
    MESSAGES,
    {
      summary: 'Messages before, after or around one; the newest by default',
      params: ChatParams,
      query: HistoryQuery,
      responses: { 200: HistoryPage },
    },
    async ({ userId, chat, request: { query } }) => {
      const at = (name: string) => (query[name] === undefined ? undefined : Number(query[name]))
      const stretch = {
        before: at('before'),
        after: at('after'),
        around: at('around'),
        limit: at('limit'),
      }
      return { body: await readHistory(room, userId, chat, stretch) }
    },
  )
  route(
    room,
    'POST',
    MESSAGES,
    {
      summary: 'Sends a message; the same `cid` again is the same message, for ever',
      params: ChatParams,
      body: Type.Object({ ...NewMessage.properties, replyTo: Type.Optional(Seq) }, closed),
      responses: { 200: Sent, 201: Sent },
      limit: SEND_LIMIT,
    },
    async ({ userId, chat, request }) => {
      const { replyTo, ...message } = request.body
      const reply = replyTo === undefined ? {} : { reply: { seq: replyTo } }
      const sent = await sendMessage(room, userId, chat, { ...reply, ...message })
      return { status: sent.dup ? 200 : 201, body: sentOf(sent) }
    },
  )
  changeRoutes(room)
  signRoutes(room)
  uploadRoutes(room)
}

function changeRoutes(room: Room): void {
  route(
    room,
    'PATCH',
    MESSAGE,
    {
      summary: 'Changes what a message says',
      params: SeqParams,
      body: MessageChange,
      responses: { 200: Message },
      limit: SEND_LIMIT,
    },
    async ({ userId, chat, seq, request }) => ({
      body: await editMessage(room, userId, chat, { ...request.body, seq }),
    }),
  )
  route(
    room,
    'DELETE',
    MESSAGE,
    {
      summary: 'From the own view; `?for=all`: for everybody',
      params: SeqParams,
      query: Type.Object({ for: Type.Optional(Type.String({ pattern: '^(me|all)$' })) }, closed),
    },
    async ({ userId, chat, seq, request: { query } }) => {
      const whose = query['for'] === 'all' ? 'all' : 'me'
      await deleteMessages(room, userId, chat, { seqs: [seq], whose })
      return NONE
    },
  )
}

function signRoutes(room: Room): void {
  for (const method of ['PUT', 'DELETE'] as const) {
    const isSet = method === 'PUT'
    route(
      room,
      method,
      `${MESSAGE}/reactions/:emoji`,
      {
        summary: isSet ? 'Reacts with one emoji' : 'Takes the reaction back',
        params: EmojiParams,
        responses: { 200: Reactions },
        limit: { max: 60, windowS: 30 },
      },
      async ({ userId, chat, seq, request: { params } }) => {
        const emoji = isSet ? (params['emoji'] ?? '') : null
        return { body: { reactions: await react(room, userId, chat, { seq, emoji }) } }
      },
    )
    route(
      room,
      method,
      `${MESSAGE}/pin`,
      {
        summary: isSet ? 'Pins for everybody' : 'Takes the pin out',
        params: SeqParams,
        responses: { 200: Pins },
      },
      async ({ userId, chat, seq }) => ({
        body: { pinnedSeqs: await setPin(room, userId, chat, { seq, pinned: isSet }) },
      }),
    )
  }
}

const UPLOADS = {
  media: {
    purpose: 'attachment',
    summary: 'Uploads a picture, a film or any file for a message',
    body: Type.Object({ alt: Type.Optional(Type.String({ maxLength: 300 })) }, closed),
  },
  voice: {
    purpose: 'voice',
    summary: 'Uploads a voice recording for a message; `waveform` is `0,12,31`',
    body: Type.Object(
      { durationMs: Type.String({ maxLength: 7 }), waveform: Type.String({ maxLength: 300 }) },
      closed,
    ),
  },
} as const

/** Until a message shows it an upload is its sender's alone; one that is refused is swept. */
function uploadRoutes(room: Room): void {
  for (const [name, { purpose, summary, body }] of Object.entries(UPLOADS)) {
    route(
      room,
      'POST',
      `/api/v1/chats/:chat/${name}`,
      {
        summary,
        params: ChatParams,
        body,
        file: { purpose, visibility: { by: PICTURE_GUARD } },
        responses: { 201: Attachment },
        limit: { max: 60, windowS: 60 },
      },
      async ({ userId, chat, request: { attachment } }) => {
        requireSending(await seatOf(room.db.reader, userId, chat), true)
        if (!attachment) throw errors.QL_MSG_MEDIA()
        return { status: 201, body: attachmentOf(attachment) }
      },
    )
  }
}
