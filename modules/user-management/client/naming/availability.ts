/** What `/api/v1/auth/username/<name>` answers. */
export interface Answer {
  readonly free: boolean
  readonly suggestions: readonly string[]
}

/** The station is asked only about what may be a name. */
export function isAskable(name: string): boolean {
  return /^[a-z0-9][a-z0-9_-]{1,31}$/i.test(name)
}

/** «Занят. Свободны: anna2, anna-k» */
export function wordsOf(
  { free, suggestions }: Answer,
  words: Readonly<Record<string, string | undefined>>,
): string {
  if (free) return words['free'] ?? ''
  const [taken = ''] = (words['taken'] ?? '').split('.')
  if (suggestions.length === 0) return `${taken}.`
  return `${words['taken'] ?? ''} ${suggestions.join(', ')}`
}
