import { type Static, Type } from '#core'

const closed = { additionalProperties: false } as const

const flags = <const Name extends string>(...names: Name[]) =>
  Type.Object(
    Object.fromEntries(names.map((name) => [name, Type.Boolean()])) as Record<
      Name,
      ReturnType<typeof Type.Boolean>
    >,
    closed,
  )

/** What an admin may. The owner may everything. */
export const Rights = flags(
  'changeInfo',
  'post',
  'editOthers',
  'deleteOthers',
  'invite',
  'pin',
  'ban',
  'promote',
)
export type Rights = Static<typeof Rights>

/** What plain members may. */
export const Permissions = flags('send', 'media', 'invite', 'pin', 'changeInfo')
export type Permissions = Static<typeof Permissions>
