import type { Migration } from '#core'
import * as reports from './0001-reports.ts'

/** The module's steps, in order. Released ones are never edited. */
export const migrations: readonly Pick<Migration, 'name' | 'up'>[] = [
  { name: '0001-reports', up: reports.up },
]
