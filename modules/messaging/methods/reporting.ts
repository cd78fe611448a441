import { type Actor, type Locale, Type } from '#core'
import { inChat } from '../inputs.ts'
import { subjectOf } from '../reports/reported-messages.ts'
import { actorOf, type Room } from '../room.ts'
import { nullable, Seq } from '../schema.ts'

const Reportable = Type.Object(
  {
    /** What a report about it names. */
    subject: Type.String(),
    /** Path where one says what is wrong; null where nobody takes reports. */
    path: nullable(Type.String()),
  },
  { additionalProperties: false },
)

/** Telling moderators about a message. */
export function reportingMethods(room: Room): void {
  room.app.method(
    'msg.report',
    {
      policy: 'member',
      summary: 'How to report a message that one reads: moderators see this one, and nothing else',
      input: inChat({ seq: Seq }),
      output: Reportable,
      limit: { max: 60, windowS: 600 },
    },
    async (request) => {
      const actor = actorOf(request)
      const { chat, seq } = request.input
      const subject = await subjectOf(room, actor.id, chat, seq)
      const place = { subject, path: `/chats/${chat}?message=${seq}` }
      return { subject, path: await formOf(room, actor, request.locale, place) }
    },
  )
}

/** Whether anybody on this station takes reports about messages. */
export async function takesReports(room: Room, actor: Actor, locale: Locale): Promise<boolean> {
  return (await formOf(room, actor, locale, { subject: 'message/0', path: '/chats' })) !== null
}

async function formOf(
  { app }: Room,
  actor: Actor,
  locale: Locale,
  place: { readonly subject: string; readonly path: string },
): Promise<string | null> {
  const parts = await app.slotParts('message.menu', { actor, locale, ...place })
  return parts.find(({ link }) => link)?.link?.href ?? null
}
