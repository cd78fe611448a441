/** The fields of a held form that carry the proof; no handler sees them. */
const PASSWORD = 'proof-password'
const CODE = 'proof-code'

export interface Proof {
  readonly password?: string
  readonly code?: string
}

/** The proof a form brings along; undefined where it brings none. */
export function proofIn(body: unknown): Proof | undefined {
  const given: Readonly<Record<string, unknown>> = { ...Object(body) }
  const [password, code] = [given[PASSWORD], given[CODE]]
  if (password === undefined && code === undefined) return undefined
  return {
    ...(typeof password === 'string' ? { password } : {}),
    ...(typeof code === 'string' ? { code } : {}),
  }
}

/** A form without the proof. */
export function withoutProof(body: unknown): unknown {
  return proofIn(body) ? Object.fromEntries(others(body)) : body
}

/** Every text of a form but the proof; one that was sent more than once stands there as often. */
export function fieldsOf(body: unknown): readonly (readonly [name: string, text: string])[] {
  return others(body).flatMap(([name, value]) =>
    [value]
      .flat()
      .filter((text) => typeof text === 'string')
      .map((text) => [name, text] as const),
  )
}

function others(body: unknown): readonly (readonly [string, unknown])[] {
  const given: Readonly<Record<string, unknown>> = { ...Object(body) }
  return Object.entries(given).filter(([name]) => name !== PASSWORD && name !== CODE)
}
