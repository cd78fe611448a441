import type { IncomingHttpHeaders } from 'node:http'
import type { Actor } from '../../port/requests.ts'
import { authErrors } from '../../auth/errors.ts'

/** Names whose page a script asks from; optional. */
const HEADER = 'quark-user'

/**
 * A page stays open when somebody else signs in in the same browser, and its requests then carry the
 * cookies of the other. What a script sends by itself says for whom, and is taken for nobody else.
 *
 * @throws QL_AUTH_OTHER_PERSON
 */
export function requireOwnPage(headers: IncomingHttpHeaders, actor: Actor | null): void {
  const owner = headers[HEADER]
  if (actor && owner !== undefined && owner !== actor.id) throw authErrors.QL_AUTH_OTHER_PERSON()
}
