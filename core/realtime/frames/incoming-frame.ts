import { parse } from 'secure-json-parse'
import type { Static, TSchema } from 'typebox'
import { problemsOf } from '../../schema.ts'
import { Type } from '../../type.ts'

/** Of one hello. */
const MAX_TOPICS = 500
const position = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
const word = Type.String({ maxLength: 64 })

/** Members that are not named here are ignored, so that a later client can speak to us. */
const FRAMES = {
  hello: Type.Object({
    t: Type.Literal('hello'),
    v: Type.Array(Type.Integer(), { minItems: 2, maxItems: 2 }),
    device: Type.Optional(word),
    resume: Type.Optional(Type.Object({ epoch: word, pts: position })),
    /** Topics that are held, and up to where. */
    chats: Type.Optional(
      Type.Record(Type.String({ pattern: '^.{1,64}$' }), position, { maxProperties: MAX_TOPICS }),
    ),
  }),
  ack: Type.Object({ t: Type.Literal('ack'), pts: position }),
  ping: Type.Object({ t: Type.Literal('ping'), n: position }),
  req: Type.Object({
    t: Type.Literal('req'),
    id: position,
    m: Type.String({ maxLength: 100 }),
    p: Type.Optional(Type.Object({}, { additionalProperties: true })),
  }),
} as const satisfies Readonly<Record<string, TSchema>>

type Frames = { readonly [Name in keyof typeof FRAMES]: Static<(typeof FRAMES)[Name]> }

export type HelloFrame = Frames['hello']
export type RequestFrame = Frames['req']
/** A frame of a kind nobody knows here yet. */
interface UnknownFrame {
  readonly t: 'unknown'
}
export type IncomingFrame = Frames[keyof Frames] | UnknownFrame

/** What a client said; null for what `ql.rt/1` does not allow. */
export function readFrame(text: string): IncomingFrame | null {
  const value = parsed(text)
  if (typeof value !== 'object' || value === null || !('t' in value)) return null
  const { t } = value
  if (typeof t !== 'string') return null
  if (!Object.hasOwn(FRAMES, t)) return { t: 'unknown' }
  const schema = FRAMES[t as keyof typeof FRAMES]
  return problemsOf(schema, value).length === 0 ? (value as IncomingFrame) : null
}

function parsed(text: string): unknown {
  try {
    return parse(text, null, { protoAction: 'error', constructorAction: 'error' })
  } catch {
    return null
  }
}
