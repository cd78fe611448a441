import type { Migration } from '#core'
import * as words from './0001-words.ts'
import * as renewal from './0002-renewal.ts'

/** The module's steps, in order. Released ones are never edited. */
export const migrations: readonly Pick<Migration, 'name' | 'up'>[] = [
  { name: '0001-words', up: words.up },
  { name: '0002-renewal', up: renewal.up },
]
