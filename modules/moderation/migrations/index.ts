import type { Migration } from '#core'
import * as reports from './0001-reports.ts'
import * as decisions from './0002-decisions.ts'

/** The module's steps, in order. Released ones are never edited. */
export const migrations: readonly Pick<Migration, 'name' | 'up'>[] = [
  { name: '0001-reports', up: reports.up },
  { name: '0002-decisions', up: decisions.up },
]
