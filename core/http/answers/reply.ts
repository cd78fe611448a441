import type { FastifyReply } from 'fastify'
import type { CookieChange, ModuleResponse } from '../../port/requests.ts'
import { cookieOf } from './cookie.ts'
import type { DockedRoute } from '../routes/module-router.ts'
import type { RequestFacts } from '../requests/request-facts.ts'

/** Of what is for one reader alone. */
export const NO_STORE = { 'cache-control': 'private, no-store' }

export function setCookies(
  reply: FastifyReply,
  changes: readonly CookieChange[] | undefined,
  facts: RequestFacts,
): void {
  for (const change of changes ?? []) {
    const { name, value, options } = cookieOf(change, facts.origin)
    void reply.setCookie(name, value, options)
  }
}

/** Leads this one request somewhere else. */
export function sendElsewhere(reply: FastifyReply, to: string): FastifyReply {
  return reply.code(303).headers(NO_STORE).header('location', to).send()
}

/** What a route has answered; cookies are for the core's own to set. */
export function sendResponse(
  reply: FastifyReply,
  answer: ModuleResponse,
  route: DockedRoute,
  facts: RequestFacts,
): FastifyReply {
  if (route.isCore) setCookies(reply, answer.cookies, facts)
  reply.code(answer.status ?? 200).headers({ ...NO_STORE, ...answer.headers })
  if (answer.body === undefined || answer.body === null) return reply.send()
  return reply.send(answer.body)
}
