const LINK_SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:', 'tg:'])
const IMAGE_SCHEMES = new Set(['http:', 'https:'])
/** Stands for this station while a path is parsed; the name can never be registered. */
const STATION = 'https://station.invalid'
// Browsers drop tab and newline inside an address before they read its scheme, and trim spaces.
const INVISIBLE = /[\u0000-\u0020\u007F-\u009F\u2028\u2029]/

const MAX_LENGTH = 4096

/** Whether a link may lead there: http, https, mailto, tel, tg, a path of this site, a #fragment. */
export function isSafeHref(value: string): boolean {
  if (!isReadable(value)) return false
  return value.startsWith('#') || isSitePath(value) || hasScheme(value, LINK_SCHEMES)
}

/** Whether a picture may come from there: http, https or a path of this site. */
export function isSafeImageSrc(value: string): boolean {
  return isReadable(value) && (isSitePath(value) || hasScheme(value, IMAGE_SCHEMES))
}

/** Whether the address is a full http or https address. */
export function isWebAddress(value: string): boolean {
  return isReadable(value) && hasScheme(value, IMAGE_SCHEMES)
}

/** `/path`, and not `//host`, `/\host` or anything else that a browser resolves to another site. */
export function isSitePath(value: string): boolean {
  if (!value.startsWith('/')) return false
  return URL.canParse(value, STATION) && new URL(value, STATION).origin === STATION
}

/** The host as people read it, without `www.`; empty when there is none. */
export function siteOf(url: string): string {
  if (!URL.canParse(url)) return ''
  return new URL(url).hostname.replace(/^www\./, '')
}

function isReadable(value: string): boolean {
  return value !== '' && value.length <= MAX_LENGTH && !INVISIBLE.test(value)
}

function hasScheme(value: string, schemes: ReadonlySet<string>): boolean {
  return URL.canParse(value) && schemes.has(new URL(value).protocol)
}
