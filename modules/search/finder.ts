import type { App, ModuleDb } from '#core'
import type { SearchTables } from './tables.ts'

/** Where the words are kept, and whom to ask about what they lead to. */
export interface Finder {
  readonly app: App
  readonly db: ModuleDb<SearchTables>
}

/** What a call answers; undefined while nobody answers it. */
export async function asked({ app }: Finder, name: string, input: object): Promise<unknown> {
  try {
    return await app.call(name, input)
  } catch (error) {
    const isSilent =
      error instanceof Error && 'code' in error && error.code === 'QL_CALL_UNAVAILABLE'
    if (isSilent) return undefined
    throw error
  }
}

/** The items of a list that are objects, as their fields. */
export function recordsIn(answer: unknown): readonly Readonly<Record<string, unknown>>[] {
  return (Array.isArray(answer) ? answer : []).filter(
    (each): each is Record<string, unknown> => typeof each === 'object' && each !== null,
  )
}

export function textIn(record: Readonly<Record<string, unknown>>, name: string): string {
  const value = record[name]
  return typeof value === 'string' ? value : ''
}
