/**
 * Keeps the answers of a pure function of strings, which therefore are the same with and without
 * it. For what costs tens of microseconds and is asked for dozens of times in one page: calendars
 * and graphemes of `Intl`. Everything is forgotten at once when `limit` answers are kept.
 */
export function remembered<Names extends readonly string[]>(
  limit: number,
  answer: (...names: Names) => string,
): (...names: Names) => string {
  const kept = new Map<string, string>()
  return (...names) => {
    const key = names.join('\n')
    const known = kept.get(key)
    if (known !== undefined) return known
    const made = answer(...names)
    if (kept.size >= limit) kept.clear()
    kept.set(key, made)
    return made
  }
}
