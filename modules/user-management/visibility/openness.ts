import type { App } from '#core'
import { isStaff, type KnownProfile, type Viewer } from './sight.ts'

/**
 * Whether a person's page may be shown to this visitor: not to others while the person has not
 * agreed to be public, or no longer does, nor while a block hides it from all but staff. Nobody to
 * ask means that nobody has objected.
 */
export async function isOpenTo(
  app: Pick<App, 'call'>,
  person: Pick<KnownProfile, 'id' | 'keptBack'>,
  visitor: Viewer | null,
): Promise<boolean> {
  if (person.id === visitor?.id) return true
  if (person.keptBack?.isWithheld === true && isStaff(visitor)) return true
  try {
    const { isAllowed } = await app.call('privacy.publishing', { userId: person.id })
    return isAllowed
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'QL_CALL_UNAVAILABLE')
      return true
    throw error
  }
}
