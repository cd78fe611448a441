import type { Migration } from '#core'
import * as edges from './0001-edges.ts'

/** The module's steps, in order. Released ones are never edited. */
export const migrations: readonly Pick<Migration, 'name' | 'up'>[] = [
  { name: '0001-edges', up: edges.up },
]
