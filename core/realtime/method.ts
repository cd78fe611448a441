import type { TSchema } from 'typebox'
import type { Actor, Locale, Policy, RouteOptions } from '../port/requests.ts'

/** Where methods are served as POST. */
export const METHOD_PREFIX = '/api/v1/rt/'

export interface MethodOptions<Input extends TSchema = TSchema> {
  /** Without a policy the module does not start. */
  readonly policy: Policy
  readonly summary: string
  /** A closed object: the member `p` of the frame, or the body of the POST. */
  readonly input: Input
  /** Documents the answer, which is an object. */
  readonly output: TSchema
  /** At most `max` calls per `windowS` seconds and address, by either way. */
  readonly limit?: RouteOptions['limit']
}

/** A method's call as its handler sees it, by whichever way it came. */
export interface MethodRequest<Input = unknown> {
  readonly input: Input
  /** null for a stranger, which a socket never is. */
  readonly actor: Actor | null
  readonly locale: Locale
  readonly requestId: string
}

export type MethodHandler<Input> = (request: MethodRequest<Input>) => Promise<object>
