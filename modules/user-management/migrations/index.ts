import type { Migration } from '#core'
import * as profiles from './0001-profiles.ts'
import * as avatars from './0002-avatars.ts'
import * as links from './0003-links.ts'
import * as hiding from './0004-hiding.ts'
import * as comfort from './0005-comfort.ts'

export const migrations: readonly Omit<Migration, 'owner'>[] = [
  { name: '0001-profiles', up: profiles.up },
  { name: '0002-avatars', up: avatars.up },
  { name: '0003-links', up: links.up },
  { name: '0004-hiding', up: hiding.up },
  { name: '0005-comfort', up: comfort.up },
]
