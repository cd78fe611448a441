import type { Locale } from '../../port/requests.ts'
import type { CodedError } from '../../errors.ts'
import { toldProblems } from '../../http/answers/problem.ts'

/** Asking again may help after these: too early, too many. */
const PASSING = new Set([408, 425, 429])

/** The answer to a request that failed; `final` tells whether asking again can help. */
export function requestFailure(id: number, error: CodedError, locale: Locale): string {
  const { entry, code, details } = error
  const { errors, retryAfterS, members } = details
  const isFinal = entry.status < 500 && !PASSING.has(entry.status)
  const e = {
    code,
    status: entry.status,
    detail: error.text(locale),
    final: isFinal,
    ...(retryAfterS === undefined ? {} : { retry_ms: retryAfterS * 1000 }),
    ...(errors && { errors: toldProblems(errors, locale) }),
    ...members,
  }
  return JSON.stringify({ t: 'res', id, ok: false, e })
}
