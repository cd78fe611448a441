import { Type } from '#core'
import { keepDraft } from '../reading/drafts.ts'
import { DraftChange, inChat } from '../inputs.ts'
import { archive, markUnread, mute, pinChat } from '../reading/marks.ts'
import { markRead } from '../reading/reading.ts'
import type { Room } from '../room.ts'
import { Count, nullable, Seq, Time } from '../schema.ts'
import { method, Nothing } from './method.ts'

const closed = { additionalProperties: false } as const
const Counts = Type.Object({ readSeq: Seq, unread: Count, mentions: Count }, closed)
const DAY_S = 86_400

/** What a person keeps about a chat. */
export function markMethods(room: Room): void {
  method(
    room,
    'chats.read',
    {
      summary: 'Everything up to a message is read',
      input: inChat({ seq: Seq }),
      output: Counts,
    },
    (userId, { chat, seq }) => markRead(room, userId, chat, seq),
  )
  method(
    room,
    'chats.mark',
    {
      summary: 'Marked unread, or no longer',
      input: inChat({ unread: Type.Boolean() }),
      output: Nothing,
    },
    async (userId, { chat, unread }) => {
      await markUnread(room, userId, chat, unread)
    },
  )
  method(
    room,
    'chats.mute',
    {
      summary: 'No notifications for some time, by the clock of the station, or until an instant',
      input: inChat({
        until: Type.Optional(nullable(Time)),
        forS: Type.Optional(Type.Integer({ minimum: 1, maximum: 3_650 * DAY_S })),
      }),
      output: Type.Object({ mutedUntil: nullable(Time) }, closed),
    },
    async (userId, { chat, until, forS }) => {
      const given = until === undefined || until === null ? null : Date.parse(until)
      const untilMs = forS === undefined ? given : room.clock.nowMs() + forS * 1_000
      await mute(room, userId, chat, untilMs)
      return { mutedUntil: untilMs === null ? null : new Date(untilMs).toISOString() }
    },
  )
  places(room)
}

function places(room: Room): void {
  method(
    room,
    'chats.pin',
    {
      summary: 'A place among the pinned chats, or none',
      input: inChat({ position: nullable(Type.Integer({ minimum: 0, maximum: 100 })) }),
      output: Nothing,
    },
    async (userId, { chat, position }) => {
      await pinChat(room, userId, chat, position)
    },
  )
  method(
    room,
    'chats.archive',
    {
      summary: 'Out of the way, or back',
      input: inChat({ archived: Type.Boolean() }),
      output: Nothing,
    },
    async (userId, { chat, archived }) => {
      await archive(room, userId, chat, archived)
    },
  )
  method(
    room,
    'chats.draft',
    {
      summary: 'What is begun, for all own devices',
      input: inChat(DraftChange.properties),
      output: Type.Object({ ver: Count }, closed),
    },
    (userId, { chat, ...order }) => keepDraft(room, userId, chat, order),
  )
}
