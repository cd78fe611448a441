import { Type } from '#core'
import { inChat, ReactedAnswer, ReactedQuestion } from '../inputs.ts'
import type { Room } from '../room.ts'
import { Person, Seq } from '../schema.ts'
import { whoReacted, whoRead } from '../messages/who-reacted.ts'
import { method } from './method.ts'

/** Who stands behind the signs at a message. */
export function whoReactedMethods(room: Room): void {
  method(
    room,
    'msg.reactions',
    {
      summary: 'Who has reacted to a message, the newest first; in a channel for its admins alone',
      input: inChat(ReactedQuestion.properties),
      output: ReactedAnswer,
    },
    (userId, { chat, ...question }) => whoReacted(room, userId, chat, question),
  )
  method(
    room,
    'msg.readers',
    {
      summary: 'Who has read a message of the own in a group of at most 100, for a week',
      input: inChat({ seq: Seq }),
      output: Type.Object({ items: Type.Array(Person) }, { additionalProperties: false }),
    },
    async (userId, { chat, seq }) => ({ items: [...(await whoRead(room, userId, chat, seq))] }),
  )
}
