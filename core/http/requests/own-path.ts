/**
 * A path of this station to return to, or `/`. Anything a browser could read as another host
 * (`//`, a backslash, control characters) is not one.
 */
export function ownPath(candidate: string | undefined): string {
  if (candidate === undefined || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(candidate)) return '/'
  return candidate
}
