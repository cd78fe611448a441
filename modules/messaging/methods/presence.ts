import { Type } from '#core'
import { TypingSign, UserIds } from '../inputs.ts'
import {
  lastSeenOf,
  showPresence,
  SHOWN_TO,
  shownPresence,
  type ShownTo,
} from '../presence/presence.ts'
import type { Room } from '../room.ts'
import { method, Nothing } from './method.ts'
import { signalTyping } from '../presence/typing.ts'

const closed = { additionalProperties: false } as const
const ShownToName = Type.Unsafe<ShownTo>({ type: 'string', enum: [...SHOWN_TO] })
const Choice = Type.Object({ lastSeen: ShownToName }, closed)

/** Who is here, and who is writing. */
export function presenceMethods(room: Room): void {
  method(
    room,
    'typing.set',
    {
      summary: 'Tells the others that one is writing; sent again every few seconds',
      input: TypingSign,
      output: Nothing,
      limit: { max: 60, windowS: 30 },
    },
    async (userId, { chat, what }) => {
      await signalTyping(room, userId, chat, what)
    },
  )
  method(
    room,
    'presence.of',
    {
      summary: '`online`, an instant, `recently`, or null, for each person',
      input: Type.Object({ users: UserIds }, closed),
      output: Type.Object({ lastSeen: Type.Record(Type.String(), Type.Unknown()) }, closed),
    },
    async (userId, input) => ({
      lastSeen: await lastSeenOf(room, userId, input.users),
    }),
  )
  method(
    room,
    'presence.shown',
    {
      summary: 'Who may know when one was here',
      input: Type.Object({}, closed),
      output: Choice,
    },
    async (userId) => ({ lastSeen: await shownPresence(room, userId) }),
  )
  method(
    room,
    'presence.show',
    {
      summary:
        'Decides it: all, known (a private chat in common), followed (whom one reads), nobody',
      input: Choice,
      output: Choice,
    },
    async (userId, input) => {
      await showPresence(room, userId, input.lastSeen)
      return input
    },
  )
}
