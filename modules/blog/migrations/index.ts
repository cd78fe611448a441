import type { Migration } from '#core'
import * as posts from './0001-posts.ts'
import * as publicRevisions from './0002-public-revisions.ts'
import * as pictures from './0003-pictures.ts'
import * as hiding from './0004-hiding.ts'
import * as unguarded from './0005-unguarded.ts'

/** The module's steps, in order. Released ones are never edited. */
export const migrations: readonly Pick<Migration, 'name' | 'up'>[] = [
  { name: '0001-posts', up: posts.up },
  { name: '0002-public-revisions', up: publicRevisions.up },
  { name: '0003-pictures', up: pictures.up },
  { name: '0004-hiding', up: hiding.up },
  { name: '0005-unguarded', up: unguarded.up },
]
