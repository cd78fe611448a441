import type { App } from '#core'

/**
 * Whether a person's page may be shown to this visitor: not to others while the person has not
 * agreed to be public, or no longer does. Nobody to ask means that nobody has objected.
 */
export async function isOpenTo(
  app: Pick<App, 'call'>,
  person: { readonly id: string },
  visitorId: string | undefined,
): Promise<boolean> {
  if (person.id === visitorId) return true
  try {
    const { isAllowed } = await app.call('privacy.publishing', { userId: person.id })
    return isAllowed
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'QL_CALL_UNAVAILABLE')
      return true
    throw error
  }
}
