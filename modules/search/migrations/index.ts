import type { Migration } from '#core'
import * as words from './0001-words.ts'

/** The module's steps, in order. Released ones are never edited. */
export const migrations: readonly Pick<Migration, 'name' | 'up'>[] = [
  { name: '0001-words', up: words.up },
]
