import type { Actor, App, ModuleDb, ModuleRequest } from '#core'
import { personNamed, type Person } from './people.ts'
import { between, decide, undo } from './relations.ts'
import type { Kind, RelationTables } from './tables.ts'

/** Where relations are kept, and who answers who is who. */
export interface Circle {
  readonly app: App
  readonly db: ModuleDb<RelationTables>
}

/** Who asks on a route whose policy has let no stranger through. */
export function actorOf({ actor }: Pick<ModuleRequest, 'actor'>): Actor {
  if (!actor) throw new Error('A route for members was reached by a stranger')
  return actor
}

/** Writes a decision about somebody, or takes it back, and answers how the two then stand. */
export async function settle(
  { app, db }: Circle,
  actor: Actor,
  username: string,
  { kind, on }: { readonly kind: Kind; readonly on: boolean },
): Promise<{ person: Person; standing: Standing }> {
  const person = await personNamed(app, username)
  const pair = { userId: actor.id, targetId: person.id }
  await db.transaction((tx) =>
    on ? decide(tx, kind, pair, app.clock.now()) : undo(tx, kind, pair),
  )
  return { person, standing: await standingOf({ app, db }, actor.id, person.id) }
}

/** What the asker may know: not whether the other has blocked them. */
export interface Standing {
  readonly follows: boolean
  readonly followedBy: boolean
  readonly mutes: boolean
  readonly blocks: boolean
}

export async function standingOf(
  { db }: Circle,
  userId: string,
  otherId: string,
): Promise<Standing> {
  const found = (await between(db.reader, userId, [otherId])).get(otherId)
  if (!found) throw new Error('Everyone asked for is answered')
  const { follows, followedBy, mutes, blocks } = found
  return { follows, followedBy, mutes, blocks }
}
