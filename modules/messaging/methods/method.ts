import type { Static, TSchema } from 'typebox'
import { type MethodOptions, Type } from '#core'
import { actorOf, type Room } from '../room.ts'

/** What is answered where the asking was all. */
export const Nothing = Type.Object({}, { additionalProperties: false })

/** A method for everybody who is signed in; what it finds is up to who asks. */
export function method<Input extends TSchema>(
  { app }: Room,
  name: string,
  options: Omit<MethodOptions<Input>, 'policy'>,
  answer: (userId: string, input: Static<Input>) => Promise<object | void>,
): void {
  app.method(name, { policy: 'member', ...options }, async (request) => {
    return (await answer(actorOf(request).id, request.input)) ?? {}
  })
}
