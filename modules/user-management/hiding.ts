import {
  type App,
  type HidingReason,
  type Moderated,
  type ModerationOrder,
  provideToModerators,
  type Reported,
} from '#core'
import { errors } from './errors.ts'
import { findProfile, tellOf } from './profile/profile.ts'
import { registryOf } from './registration/registration.ts'
import type { KnownProfile } from './visibility/sight.ts'
import type { ProfileTable } from './tables.ts'

type Kept = Partial<Pick<ProfileTable, 'hidden_why' | 'withheld'>>

/** What moderators and blocks take out of the eyes of others: what people say of themselves. */
export function bindHiding(app: App): void {
  provideToModerators(app, 'user', {
    reported: (id) => reportedPerson(app, id),
    moderate: (order) => moderatePerson(app, order),
  })
  app.onEvent('user.blocked', ({ data }) =>
    keepBack(app, data.id, { withheld: data.hides === true ? 1 : 0 }),
  )
  app.onEvent('user.unblocked', ({ data }) => keepBack(app, data.id, { withheld: 0 }))
}

async function reportedPerson(app: App, id: string): Promise<Reported | null> {
  const profile = await findProfile(registryOf(app).db.reader, { id })
  if (!profile) return null
  const { displayName, username, bio, links, place } = profile
  return {
    title: `${displayName} (@${username})`,
    excerpt: [bio, place, ...links]
      .filter((words) => words !== '')
      .join('\n')
      .slice(0, 600),
    authorId: id,
    authorName: displayName,
    url: `/user/${username}`,
    state: stateOf(profile),
    acts: ['hide', 'restore'],
  }
}

/** @throws QL_USERS_NOT_FOUND for `delete`: accounts end elsewhere. */
async function moderatePerson(app: App, { id, act, reason }: ModerationOrder): Promise<Moderated> {
  if (act === 'delete') throw errors.QL_USERS_NOT_FOUND()
  const { reader } = registryOf(app).db
  const before = await findProfile(reader, { id })
  if (!before) return { before: 'gone', after: 'gone' }
  if ((act === 'hide') !== (before.keptBack?.reason !== undefined)) {
    await keepBack(app, id, { hidden_why: act === 'hide' ? written(reason) : null })
  }
  const after = await findProfile(reader, { id })
  return { before: stateOf(before), after: after ? stateOf(after) : 'gone' }
}

function written(reason: HidingReason | undefined): string {
  if (reason === undefined) throw new Error('Nothing is hidden from people without a reason')
  return JSON.stringify(reason)
}

function stateOf({ keptBack }: KnownProfile): Reported['state'] {
  return keptBack ? 'hidden' : 'shown'
}

async function keepBack(app: App, userId: string, kept: Kept): Promise<void> {
  await registryOf(app).db.transaction(async (tx) => {
    await tx.db
      .updateTable('user_management_profiles')
      .set(kept)
      .where('user_id', '=', userId)
      .execute()
    const profile = await findProfile(tx.db, { id: userId })
    if (profile) await tellOf(tx, profile)
  })
}
