import type { Actor, Person, Role } from '#core'
import { ROLES } from './schema.ts'

/** What the forms offer; the statement that acts decides. */
export function mayChange(actor: Actor, person: Pick<Person, 'id' | 'role'>): boolean {
  if (actor.role === 'owner' || actor.id === person.id) return true
  return rank(person.role) < rank(actor.role)
}

/** Whom an act for many may mean: never oneself. */
export function mayChoose(actor: Actor, person: Pick<Person, 'id' | 'role'>): boolean {
  return actor.id !== person.id && mayChange(actor, person)
}

/** Nobody gives a role above their own. */
export function rolesFor(actor: Actor): readonly Role[] {
  return ROLES.slice(0, rank(actor.role) + 1)
}

function rank(role: Role): number {
  return ROLES.indexOf(role)
}
