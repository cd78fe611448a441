import type { Role } from '../../core/port/requests.ts'
import type { TestStation } from './station.ts'
import type { Visitor } from './visitor.ts'

/** Registers a person who has this role from the start, as if an owner had given it long ago. */
export async function staff(t: TestStation, username: string, role: Role): Promise<Visitor> {
  const visitor = await t.person(username)
  await t.station.database.transaction((tx) =>
    tx.session.run('update identities set role = ? where id = ?', [role, visitor.id]),
  )
  return visitor
}

/** As if the person had proved a moment ago that it is them. */
export async function proved(t: TestStation, visitor: Visitor): Promise<void> {
  const now = t.clock.now().toISOString()
  await t.station.database.transaction((tx) =>
    tx.session.run('update sessions set verified_at = ? where user_id = ?', [now, visitor.id]),
  )
}
