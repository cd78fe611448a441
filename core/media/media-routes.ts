import { Type } from '../type.ts'
import type { RouteOptions } from '../app.ts'
import type { DockedRoute } from '../http/module-router.ts'

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

/** `POST /api/v1/media`: a picture that is not anything's yet. */
export function mediaRoutes(): readonly DockedRoute[] {
  const options: RouteOptions = {
    policy: 'member',
    summary: 'Upload a picture; one that nothing uses within a day is removed',
    body: Type.Object({ alt: Type.Optional(Type.String()) }, closed),
    file: { purpose: 'picture' },
    responses: { 201: PictureSchema },
  }
  return [
    {
      module: 'core',
      kind: 'route',
      method: 'POST',
      path: '/api/v1/media',
      policy: options.policy,
      options,
      isCore: true,
      invoke: async ({ file }) => ({ status: 201, body: file }),
    },
  ]
}
