import { type Actor, beginsIn } from '#core'
import { asked, type Finder, recordsIn, textIn } from './finder.ts'
import { type Question, rank } from './ranking.ts'
import type { Found, FoundList, FoundType } from './schema.ts'
import { peopleSeen } from './sight.ts'

/** Of each kind, where nothing is said about which. */
const FEW = 5
const KINDS: readonly FoundType[] = ['users', 'own', 'posts']

/** What the viewer may see of what is asked for; of one kind, or a few of each. */
export async function search(
  finder: Finder,
  viewer: Actor | null,
  type: FoundType | undefined,
  question: Question,
): Promise<FoundList> {
  if (type !== undefined) return searchKind(finder, viewer, type, question)
  const few = { q: question.q, limit: FEW }
  const lists = await Promise.all(KINDS.map((kind) => searchKind(finder, viewer, kind, few)))
  const items = lists.flatMap((list) => list.items)
  const mine = new Set(items.filter((item) => item.type === 'own').map(({ id }) => id))
  const isNew = ({ type: kind, id }: Found): boolean => kind !== 'posts' || !mine.has(id)
  return { items: items.filter(isNew), nextCursor: null }
}

function searchKind(
  finder: Finder,
  viewer: Actor | null,
  type: FoundType,
  question: Question,
): Promise<FoundList> {
  if (type === 'users') return people(finder, viewer, question)
  return type === 'posts' ? posts(finder, viewer, question) : own(finder, viewer, question)
}

async function people(
  finder: Finder,
  viewer: Actor | null,
  question: Question,
): Promise<FoundList> {
  const { ids, nextCursor } = await rank(finder.db.reader, 'users', question)
  const seen = await peopleSeen(finder, viewer, ids)
  const items = ids.flatMap((id): Found[] => {
    const person = seen.get(id)
    if (!person || (person.isClosed && !viewer)) return []
    const { username, name, bio, avatarUrl } = person
    const url = `/user/${username}`
    return [{ type: 'users', id, title: name, text: bio, by: username, url, avatarUrl, at: null }]
  })
  return { items, nextCursor }
}

async function posts(finder: Finder, viewer: Actor | null, question: Question): Promise<FoundList> {
  const { ids, nextCursor } = await rank(finder.db.reader, 'posts', question)
  if (ids.length === 0) return { items: [], nextCursor }
  const listed = recordsIn(await asked(finder, 'blog.listed', { ids: [...ids] }))
  const byId = new Map(listed.map((post) => [textIn(post, 'id'), post]))
  const authors = await peopleSeen(
    finder,
    viewer,
    listed.map((post) => textIn(post, 'authorId')),
  )
  const items = ids.flatMap((id): Found[] => {
    const post = byId.get(id)
    const author = post && authors.get(textIn(post, 'authorId'))
    if (!author) return []
    return [
      {
        type: 'posts',
        id,
        title: textIn(post, 'title'),
        text: textIn(post, 'excerpt'),
        by: author.name,
        url: textIn(post, 'url'),
        avatarUrl: author.avatarUrl,
        at: textIn(post, 'publishedAt') || null,
      },
    ]
  })
  return { items, nextCursor }
}

/** By titles alone, the last changed first; drafts lead to where they are written. */
async function own(
  finder: Finder,
  viewer: Actor | null,
  { q, limit }: Question,
): Promise<FoundList> {
  if (!viewer) return { items: [], nextCursor: null }
  const found = recordsIn(await asked(finder, 'blog.own', { authorId: viewer.id }))
  const items = found
    .filter((post) => beginsIn(textIn(post, 'title'), q))
    .slice(0, limit)
    .map((post): Found => ({
      type: 'own',
      id: textIn(post, 'id'),
      title: textIn(post, 'title'),
      text: textIn(post, 'excerpt'),
      by: '',
      url: textIn(post, 'url'),
      avatarUrl: null,
      at: textIn(post, 'publishedAt') || null,
    }))
  return { items, nextCursor: null }
}
