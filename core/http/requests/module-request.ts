import type { FastifyRequest } from 'fastify'
import type { Actor, ModuleRequest } from '../../port/requests.ts'
import type { Match } from '../routes/module-router.ts'
import type { RequestFacts } from './request-facts.ts'

interface Asking {
  readonly facts: RequestFacts
  readonly actor: Actor | null
  readonly device: string | undefined
}

/** A request as its handler sees it, whatever the HTTP library. */
export function moduleRequest(
  request: FastifyRequest,
  { route, params }: Match,
  { facts, actor, device }: Asking,
): ModuleRequest {
  return {
    method: request.method,
    path: facts.path,
    params,
    query: facts.query,
    body: request.body ?? null,
    actor,
    locale: facts.preferences.locale,
    origin: facts.origin,
    requestId: facts.requestId,
    cookies: route.isCore ? definedOnly(facts.cookies) : {},
    ...(route.isCore
      ? { client: { ip: facts.ip, userAgent: request.headers['user-agent'] ?? '', device } }
      : {}),
  }
}

function definedOnly(cookies: RequestFacts['cookies']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(cookies).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
