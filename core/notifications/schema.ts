import { Type } from '../type.ts'

const closed = { additionalProperties: false } as const
const Words = Type.Object(
  {
    ru: Type.String({ minLength: 1, maxLength: 2_000 }),
    en: Type.String({ minLength: 1, maxLength: 2_000 }),
  },
  closed,
)
const Id = Type.String({ minLength: 1, maxLength: 64 })

/** What a module hands over to `app.notify`. */
export const NewNotificationSchema = Type.Object(
  {
    kind: Type.String({ maxLength: 64 }),
    text: Words,
    many: Type.Optional(Words),
    quote: Type.Optional(Type.String({ maxLength: 4_000 })),
    url: Type.String({ maxLength: 500 }),
    actorId: Type.Optional(Id),
    fold: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    subject: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    toldBy: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  },
  closed,
)
