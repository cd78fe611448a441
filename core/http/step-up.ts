import type { Actor } from '../app.ts'
import { authErrors } from '../auth/errors.ts'
import type { DockedRoute, ModuleRouter } from './module-router.ts'
import type { RequestFacts } from './request-facts.ts'

/** Where people prove that it is them, if a module offers such a page. */
const VERIFY_PATH = '/auth/verify'

export interface StepUpServices {
  readonly router: ModuleRouter
  /** Whether the person of the session has proved within fifteen minutes that it is them. */
  isFresh(sessionId: string): Promise<boolean>
}

/**
 * Lets nobody past a route with `stepUp` whose proof is too old. A page leads to where it is given
 * and back; a form leads back to the page it stands on, which asks before it is shown.
 *
 * @returns where to go first, or null when the request may go on.
 * @throws QL_AUTH_VERIFY_NEEDED
 */
export async function stepUpPath(
  services: StepUpServices,
  route: DockedRoute,
  { actor, facts }: { readonly actor: Actor | null; readonly facts: RequestFacts },
): Promise<string | null> {
  if (route.options.stepUp !== true) return null
  if (actor && (await services.isFresh(actor.sessionId))) return null
  const hasPage = services.router.find('GET', VERIFY_PATH) !== null
  if (route.kind === 'route' || !hasPage) throw authErrors.QL_AUTH_VERIFY_NEEDED()
  const isForm = route.method !== 'GET'
  const hasForm = isForm && services.router.find('GET', facts.path)?.route.kind === 'page'
  const back = isForm ? (hasForm ? facts.path : '/settings') : facts.url
  return `${VERIFY_PATH}?return=${encodeURIComponent(back)}`
}
