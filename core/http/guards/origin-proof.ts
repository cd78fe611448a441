import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'
import { coreErrors } from '../../errors.ts'

export interface OriginFacts {
  readonly method: string
  readonly headers: IncomingHttpHeaders
  /** The address people use; null when the operator has not set one. */
  readonly publicUrl: string | null
  readonly hasSessionCookie: boolean
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Proof that an unsafe request comes from our own pages (OWASP: Fetch Metadata, then Origin).
 * Browsers send one of the two with every unsafe request; a program that sends neither passes only
 * without a session cookie. Bearer requests carry their own proof.
 *
 * @throws QL_ORIGIN
 */
export function requireOwnOrigin(facts: OriginFacts): void {
  const { headers } = facts
  if (SAFE.has(facts.method) || /^bearer /i.test(headers.authorization ?? '')) return
  if (!isTrustedHost(headers.host, facts.publicUrl)) throw coreErrors.QL_ORIGIN()
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') throw coreErrors.QL_ORIGIN()
  const { origin } = headers
  if (origin !== undefined && !isOwn(origin, headers.host, facts.publicUrl)) {
    throw coreErrors.QL_ORIGIN()
  }
  if (site === undefined && origin === undefined && facts.hasSessionCookie) {
    throw coreErrors.QL_ORIGIN()
  }
}

/**
 * The same for a socket, which no other rule of the browser protects: a page of another site may
 * open one and the browser adds the cookies. Only a ticket or a bearer token does without an origin.
 *
 * @throws QL_ORIGIN
 */
export function requireSocketOrigin(facts: {
  readonly headers: IncomingHttpHeaders
  readonly publicUrl: string | null
  readonly hasProof: boolean
}): void {
  const { origin, host } = facts.headers
  if (origin === undefined && facts.hasProof) return
  const isOurs = origin !== undefined && isOwn(origin, host, facts.publicUrl)
  if (!isOurs || !isTrustedHost(host, facts.publicUrl)) throw coreErrors.QL_ORIGIN()
}

function isOwn(origin: string, host: string | undefined, publicUrl: string | null): boolean {
  return publicUrl === null ? origin === `http://${host ?? ''}` : origin === publicUrl
}

/**
 * A foreign name that resolves to this machine would pass as its own origin (DNS rebinding), so
 * without a configured address only loopback names and plain addresses are believed.
 */
function isTrustedHost(host: string | undefined, publicUrl: string | null): boolean {
  if (publicUrl !== null) return true
  const name = URL.parse(`http://${host ?? ''}`)?.hostname.replaceAll(/[[\]]/g, '') ?? ''
  return name === 'localhost' || name.endsWith('.localhost') || isIP(name) > 0
}
