import type { Migration } from '#core'
import * as profiles from './0001-profiles.ts'

export const migrations: readonly Omit<Migration, 'owner'>[] = [
  { name: '0001-profiles', up: profiles.up },
]
