/**
 * A path of this station to go back to, or `/`. Anything a browser could read as another host
 * (`//`, a backslash, control characters) is not one.
 */
export function returnPath(candidate: string | undefined): string {
  if (candidate === undefined || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(candidate)) return '/'
  return candidate
}

/** The address of a page that leads back there afterwards. */
export function leadingBack(page: string, returnTo: string): string {
  return returnTo === '/' ? page : `${page}?return=${encodeURIComponent(returnTo)}`
}
