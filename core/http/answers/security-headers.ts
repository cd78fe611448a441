import type { Config } from '../../../config.ts'

const CSP =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "media-src 'self'; connect-src 'self'; form-action 'self'; manifest-src 'self'; " +
  "base-uri 'none'; frame-ancestors 'none'"

/** A page gets what it says it needs, and only for itself. */
export function permissionsPolicy(mayUse: readonly 'microphone'[]): string {
  const microphone = mayUse.includes('microphone') ? '(self)' : '()'
  return `camera=(), microphone=${microphone}, geolocation=(), browsing-topics=()`
}

const COMMON = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': permissionsPolicy([]),
} as const

const HSTS = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }

/** For every answer. */
export function commonHeaders({ server }: Pick<Config, 'server'>): Record<string, string> {
  return server.publicUrl?.startsWith('https:') ? { ...COMMON, ...HSTS } : { ...COMMON }
}

/** Pages without scripts of their own may run none at all; the others only our built files. */
export function contentSecurityPolicy(hasScripts: boolean): string {
  return `${CSP}; script-src ${hasScripts ? "'self'" : "'none'"}`
}
