import { asked, type Finder } from './finder.ts'
import { readPerson, readPost } from './listening.ts'
import type { Kind } from './tables.ts'

/** Raised whenever `stemOf` answers something else than it did. */
const STEMS = 2
const BATCH = 50
const SOURCES = { posts: 'blog.listed', users: 'users.profiles' } as const
const READERS = { posts: readPost, users: readPerson } as const

/** Looks every minute whether words are kept by older stems; these are read anew, a few at a time. */
export function renewWords(finder: Finder): void {
  finder.app.job('renew-words', '* * * * *', async () => {
    while (!finder.app.signal.aborted && (await renewSome(finder)));
  })
}

/** @returns false when all is new, or those who know the texts do not answer. */
async function renewSome(finder: Finder): Promise<boolean> {
  const { reader } = finder.db
  const state = await reader.selectFrom('search_renewal').selectAll().executeTakeFirst()
  if (!state || state.stems >= STEMS) return false
  const old = await reader
    .selectFrom('search_words')
    .select(['kind', 'subject'])
    .distinct()
    .where('subject', '>', state.read_to)
    .orderBy('subject')
    .limit(BATCH)
    .execute()
  for (const { kind, subject } of old) {
    if (!(await isKnown(finder, kind, subject))) return false
    await READERS[kind](finder, subject)
  }
  const last = old.at(-1)
  const progress = last ? { read_to: last.subject } : { stems: STEMS, read_to: '' }
  await finder.db.transaction(({ db }) => db.updateTable('search_renewal').set(progress).execute())
  return last !== undefined
}

async function isKnown(finder: Finder, kind: Kind, id: string): Promise<boolean> {
  return (await asked(finder, SOURCES[kind], { ids: [id] })) !== undefined
}
