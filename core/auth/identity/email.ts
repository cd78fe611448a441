import { domainToASCII } from 'node:url'

const MAX_ADDRESS = 254
const MAX_LOCAL = 64
/** Any printable character but those that separate addresses in a mail header. */
const LOCAL_PART = /^[^\s@"(),:;<>[\]\\\p{C}]+$/u
const DOMAIN =
  /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/

/**
 * The one spelling under which an address is kept and compared: lower case, NFC, a domain such as
 * `пример.рф` in its ASCII form. null when it is no address.
 */
export function canonicalEmail(input: string): string | null {
  const [local, domain, ...rest] = input.trim().normalize('NFC').toLowerCase().split('@')
  if (local === undefined || domain === undefined || rest.length > 0) return null
  const host = domainToASCII(domain)
  const address = `${local}@${host}`
  const fits = local.length <= MAX_LOCAL && address.length <= MAX_ADDRESS
  return fits && LOCAL_PART.test(local) && DOMAIN.test(host) ? address : null
}
