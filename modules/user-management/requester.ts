import type { Actor, Client, ModuleRequest } from '#core'

/** Where a request comes from, for the list of sessions and for limits on guessing. */
export function clientOf({ client }: ModuleRequest): Client {
  if (!client) throw new Error('The permission auth brings the address of the client')
  return client
}

/** Who asks on a route whose policy has let no stranger through. */
export function actorOf({ actor }: ModuleRequest): Actor {
  if (!actor) throw new Error('A route for members was reached by a stranger')
  return actor
}
