/** The address of a page that leads back there afterwards. */
export function leadingBack(page: string, returnTo: string): string {
  return returnTo === '/' ? page : `${page}?return=${encodeURIComponent(returnTo)}`
}
