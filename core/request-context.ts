import { AsyncLocalStorage } from 'node:async_hooks'

/** What belongs to one HTTP request and follows it through every `await`. */
export interface RequestContext {
  readonly requestId: string
  readonly actorId?: string
  readonly sessionId?: string
  /** The address the request came from, as far as it is known. */
  readonly ip?: string
}

export const requestContext = new AsyncLocalStorage<RequestContext>()
