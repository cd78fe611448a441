import type { FastifyReply, FastifyRequest } from 'fastify'
import type { CodedError } from '../../errors.ts'
import { problemOf } from './problem.ts'
import type { RequestFacts } from '../requests/request-facts.ts'
import { contentSecurityPolicy } from './security-headers.ts'

/** Draws a failure as a page of the station. */
export type ErrorPages = (error: CodedError, facts: RequestFacts) => Promise<string>

interface FailedExchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly facts: RequestFacts
  readonly pages: ErrorPages
}

/** One failure, told as the client asked: a problem document to programs, a page to people. */
export async function answerError(
  error: CodedError,
  { request, reply, facts, pages }: FailedExchange,
): Promise<FastifyReply> {
  const { retryAfterS } = error.details
  reply.code(error.entry.status).header('cache-control', 'no-store')
  if (retryAfterS !== undefined) reply.header('retry-after', String(retryAfterS))
  if (facts.isApi || wantsJson(request)) {
    return reply
      .type('application/problem+json; charset=utf-8')
      .send(JSON.stringify(problemOf(error, facts.preferences.locale, facts.requestId)))
  }
  return reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', contentSecurityPolicy(false))
    .send(await pages(error, facts))
}

function wantsJson(request: FastifyRequest): boolean {
  const accept = request.headers.accept ?? ''
  return accept.includes('json') && !accept.includes('text/html')
}
