import { Type } from '#core'
import { blogChannelOf, chooseBlogChannel, makeBlogChannelFor } from '../neighbours/blog-channel.ts'
import type { Room } from '../room.ts'
import { Id, nullable } from '../schema.ts'
import { route } from './route.ts'

const closed = { additionalProperties: false } as const

/** `/api/v1/me/channel`: what the settings choose for the posts of one's own blog. */
export function blogChannelRoutes(room: Room): void {
  route(
    room,
    'PUT',
    '/api/v1/me/channel',
    {
      summary: 'Which own channel the posts of the own blog go to',
      body: Type.Object(
        {
          chat: Type.Union([Id, Type.Null()], {
            description: 'null: none; `new`: one that is made for them',
          }),
        },
        closed,
      ),
      responses: { 200: Type.Object({ chat: nullable(Id) }, closed) },
      limit: { max: 20, windowS: 3_600 },
    },
    async ({ userId, request: { body, locale } }) => {
      if (body.chat === 'new') await makeBlogChannelFor(room, userId, locale)
      else await chooseBlogChannel(room, userId, body.chat)
      const chosen = await blogChannelOf(room.db.reader, userId)
      return { body: { chat: chosen?.id ?? null } }
    },
  )
}
