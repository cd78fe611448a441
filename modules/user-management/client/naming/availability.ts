/** What `/api/v1/auth/username/<name>` answers. */
export interface Answer {
  readonly free: boolean
  readonly suggestions: readonly string[]
}

/** What is said of a name that was typed: how it is, and which could be had instead. */
export interface Verdict {
  readonly kind: 'free' | 'taken' | 'wrong'
  readonly offered: readonly string[]
}

/** A name of one letter is only just being typed. */
const LEAST = 2

/** The station is asked about everything but what is too short; what it cannot be, it may still resemble. */
export function isAskable(name: string): boolean {
  return name.length >= LEAST && name.length <= 64
}

/** @param answer undefined where the station does not say, for example because it was asked too often. */
export function verdictOn(name: string, answer: Answer | undefined): Verdict | undefined {
  if (!isAskable(name)) return undefined
  const offered = answer?.suggestions ?? []
  if (!/^[a-z0-9][a-z0-9_-]{1,31}$/i.test(name)) return { kind: 'wrong', offered }
  if (!answer) return undefined
  return answer.free ? { kind: 'free', offered: [] } : { kind: 'taken', offered }
}
