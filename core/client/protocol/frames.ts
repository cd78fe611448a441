/** An update or a signal as it comes: its kind, and what else it says. */
export interface Told {
  readonly k: string
  readonly [member: string]: unknown
}

export interface Update {
  readonly pts: number
  readonly e: Told
}

export interface Failure {
  readonly code: string
  readonly status: number
  readonly detail: string
  /** Asking again cannot help. */
  readonly final: boolean
  readonly retry_ms?: number
  /** What the station has instead, where another device was faster. */
  readonly draft?: unknown
}

export interface Welcome {
  readonly t: 'welcome'
  readonly user: string
  readonly epoch: string
  readonly resume: 'ok' | 'gap' | 'reset'
  readonly pts: number
  readonly now: number
  readonly hb: number
  /** The oldest client that may stay. */
  readonly min_client: string
}

/** What the station says in `ql.rt/1`; frames of other kinds are ignored. */
export type Incoming =
  | Welcome
  | { readonly t: 'u'; readonly pts?: number; readonly e: Told }
  | { readonly t: 'live'; readonly pts: number }
  | { readonly t: 'eph'; readonly e: Told }
  | { readonly t: 'res'; readonly id: number; readonly ok: true; readonly r: unknown }
  | { readonly t: 'res'; readonly id: number; readonly ok: false; readonly e: Failure }
  | { readonly t: 'pong'; readonly n: number; readonly pts: number; readonly now: number }
  | { readonly t: 'lag'; readonly pts: number }
  | { readonly t: 'bye'; readonly retry_ms?: readonly [number, number] }

const KINDS = new Set(['welcome', 'u', 'live', 'eph', 'res', 'pong', 'lag', 'bye'])

/** Undefined for what this client does not know. */
export function readFrame(text: string): Incoming | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || !('t' in value)) return undefined
  return KINDS.has(String(value.t)) ? (value as Incoming) : undefined
}

/** Why a socket ended; see the station's own list. */
export const CLOSED = { revoked: 4003, replaced: 4009, protocol: 4010 } as const
/** With `protocol`: the greeting took too long on its way, and may be said again. */
export const LATE = 'late'

/** The station answered, and the answer is no. */
export class Refused extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.detail)
    this.name = 'Refused'
    this.failure = failure
  }
}

/** There was no answer: it may or may not have happened. */
export class Unanswered extends Error {
  constructor(why: string) {
    super(why)
    this.name = 'Unanswered'
  }
}
