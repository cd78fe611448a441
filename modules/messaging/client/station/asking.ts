import { type Failure, ownPage, Refused, Unanswered } from '#client'
import type { Position } from '../protocol/update-line.ts'

const ANSWER_MS = 15_000
/** What is said to whoever asks after the session has ended; nobody needs to be asked for it. */
export const ENDED: Failure = { code: 'QL_UNAUTHENTICATED', status: 401, detail: '', final: false }
const PASSING = new Set([408, 425, 429])

/** The same question as over the socket, for tabs without one and while it is away. */
export async function post(method: string, input: object): Promise<unknown> {
  const answer = await fetch(`/api/v1/rt/${method}`, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json', ...ownPage() },
    body: JSON.stringify(input),
    signal: AbortSignal.timeout(ANSWER_MS),
  }).catch((error: unknown) => {
    throw new Unanswered(String(error))
  })
  return readAnswer(answer)
}

/** Where this person's log stands. */
export async function askPosition(): Promise<Position> {
  const { epoch, pts } = await bootstrap()
  return { epoch, pts }
}

/** The id of whoever is signed in in this browser now. @throws Error when that is nobody. */
export async function askWho(): Promise<string> {
  return (await bootstrap()).user
}

async function bootstrap(): Promise<Position & { readonly user: string }> {
  const answer = await fetch('/api/v1/rt/bootstrap')
  if (!answer.ok) throw new Error('The station does not say where the log stands')
  return (await answer.json()) as Position & { user: string }
}

/** @throws Refused with what a problem document says (RFC 9457). */
export async function readAnswer(answer: Response): Promise<unknown> {
  const body: unknown = await answer.json().catch(() => undefined)
  if (answer.ok) return body
  throw new Refused(failureOf(answer.status, body, answer.headers.get('retry-after')))
}

export function failureOf(status: number, body: unknown, retryAfter: string | null): Failure {
  const { code = `HTTP_${status}`, detail = '' } = (body ?? {}) as Partial<Failure>
  const seconds = Number(retryAfter ?? 0)
  return {
    code,
    status,
    detail,
    final: status < 500 && !PASSING.has(status) && status !== 401,
    ...(seconds > 0 && { retry_ms: seconds * 1000 }),
  }
}
