import { thumbHashToDataURL } from 'thumbhash'

const kept = new Map<string, string>()
const MAX_KEPT = 500

/** A blurred impression of a picture that has not come yet, as a data: address. */
export function thumbOf(hash: string | null | undefined): string | undefined {
  if (!hash) return undefined
  const known = kept.get(hash)
  if (known !== undefined) return known
  try {
    const bytes = Uint8Array.from(atob(hash), (char) => char.charCodeAt(0))
    const address = thumbHashToDataURL(bytes)
    if (kept.size >= MAX_KEPT) kept.clear()
    kept.set(hash, address)
    return address
  } catch {
    return undefined
  }
}
