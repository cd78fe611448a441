import type { Actor, ModuleRequest } from '#core'

/** Who asks on a route whose policy has let no stranger through. */
export function actorOf({ actor }: Pick<ModuleRequest, 'actor'>): Actor {
  if (!actor) throw new Error('A route for staff was reached by a stranger')
  return actor
}
