import { Type } from '../type.ts'
import { actorOf, coreRoute } from '../http/routes/core-route.ts'
import type { DockedRoute } from '../http/routes/module-router.ts'
import type { MediaStore } from './media-store.ts'

const closed = { additionalProperties: false } as const
const pixels = Type.Integer({ minimum: 1 })

const Variant = Type.Object(
  { url: Type.String(), width: pixels, height: pixels, type: Type.String() },
  closed,
)

/** A stored picture, as uploads answer it. */
export const PictureSchema = Type.Object(
  {
    id: Type.String(),
    url: Type.String(),
    width: pixels,
    height: pixels,
    alt: Type.String(),
    variants: Type.Array(Variant),
    thumbhash: Type.Union([Type.String(), Type.Null()]),
    animated: Type.Boolean(),
  },
  closed,
)

const Room = Type.Object(
  { bytes: Type.Integer({ minimum: 0 }), files: Type.Integer({ minimum: 0 }) },
  closed,
)
const UsageSchema = Type.Object({ ...Room.properties, max: Room }, closed)

/** `POST /api/v1/media`: a picture that is not anything's yet; and how much room is taken. */
export function mediaRoutes(media: Pick<MediaStore, 'usage'>): readonly DockedRoute[] {
  return [
    coreRoute(
      'GET',
      '/api/v1/me/media',
      {
        policy: 'member',
        summary: 'How much room the own uploads take, and how much there is',
        responses: { 200: UsageSchema },
      },
      async (request) => ({ body: await media.usage(actorOf(request).id) }),
    ),
    coreRoute(
      'POST',
      '/api/v1/media',
      {
        policy: 'member',
        summary: 'Upload a picture; one that nothing uses within a day is removed',
        body: Type.Object({ alt: Type.Optional(Type.String()) }, closed),
        file: { purpose: 'picture' },
        responses: { 201: PictureSchema },
      },
      async ({ file }) => ({ status: 201, body: file }),
    ),
  ]
}
