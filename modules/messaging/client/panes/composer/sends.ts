/** Enter sends; on a touch keyboard it begins a line. */
export function sends({ key, shiftKey, isComposing }: KeyboardEvent): boolean {
  if (isComposing || key !== 'Enter' || shiftKey) return false
  return !matchMedia('(pointer: coarse)').matches
}
