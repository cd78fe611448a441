/**
 * The version of what pages speak and understand, told in `hello`. Raised where a page that is open
 * for long would misunderstand a newer station, which then asks for it in `min_client`.
 */
export const CLIENT_VERSION = '1.0.0'

/** Whether a version comes before another; both are three numbers with dots between them. */
export function isOlder(version: string, than: string): boolean {
  const [own, other] = [version, than].map((each) => each.split('.').map(Number))
  const at = own?.findIndex((part, index) => part !== other?.[index]) ?? -1
  return at >= 0 && (own?.[at] ?? 0) < (other?.[at] ?? 0)
}
