import { provideCounts, type PushQuestion, Type } from '#core'
import type { Reference } from './log/chat-log.ts'
import { noticeOf } from './notices/notice.ts'
import { PICTURE_GUARD, seesPicture } from './messages/pictures.ts'
import { places, select } from './messages/prepared.ts'
import { retell } from './log/retelling.ts'
import type { Room } from './room.ts'
import { Id, nullable } from './schema.ts'
import { followedChats } from './log/topics.ts'

const closed = { additionalProperties: false } as const
const audience = 'operator'

/** What the station itself asks: what logs say now, who follows what, what a push says, who sees a picture. */
export function provideCalls(room: Room): void {
  const { app } = room
  app.provide(
    'messaging.update',
    {
      input: Type.Object({ userId: Id, references: Type.Array(Type.Unknown()) }, closed),
      output: Type.Array(nullable(Type.Object({}))),
      audience,
    },
    async (question) => {
      const { userId, references } = question as { userId: string; references: Reference[] }
      return retell(room, userId, references)
    },
  )
  app.provide(
    'messaging.topics',
    {
      input: Type.Object({ userId: Id, held: Type.Object({}) }, closed),
      output: Type.Array(Type.Object({})),
      audience,
    },
    async (question) => {
      const { userId, held } = question as { userId: string; held: Record<string, number> }
      return followedChats(room, userId, held)
    },
  )
  app.provide(
    'messaging.notice',
    {
      input: Type.Object(
        { userId: Id, subject: Type.String(), locale: Type.String(), again: Type.Boolean() },
        closed,
      ),
      output: nullable(Type.Object({})),
      audience,
    },
    async (question) => noticeOf(room, question as PushQuestion),
  )
  provideCounts(app, 'messages', {
    label: { en: 'Messages', ru: 'Сообщения' },
    order: 20,
    count: (ids) => saidBy(room, ids),
  })
  app.provide(
    PICTURE_GUARD,
    {
      input: Type.Object({ mediaId: Id, userId: nullable(Id) }, closed),
      output: Type.Boolean(),
    },
    async (question) => {
      const { mediaId, userId } = question as { mediaId: string; userId: string | null }
      return seesPicture(room, mediaId, userId)
    },
  )
}

/** What they have written and nobody has deleted; the index of their programs' numbers finds it. */
async function saidBy({ db }: Room, ids: readonly string[]): Promise<Record<string, number>> {
  if (ids.length === 0) return {}
  const rows = await select<{ sender_id: string; said: number | string }>(
    db.reader,
    `select sender_id, count(*) as said from messaging_messages
     where sender_id in (${places(ids)}) and kind = 'text' and deleted_ms is null
     group by sender_id`,
    [...ids],
  )
  return Object.fromEntries(rows.map(({ sender_id, said }) => [sender_id, Number(said)]))
}
