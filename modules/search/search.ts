import { beginsIn } from '#core'
import { chats, messages } from './chats.ts'
import { asked, type Finder, recordsIn, textIn } from './finder.ts'
import { type Question, rank } from './ranking.ts'
import type { Found, FoundList, FoundType } from './schema.ts'
import { peopleSeen, type Viewer } from './sight.ts'

/** Of each kind, where several are asked for. */
const FEW = 5
const NOTHING: FoundList = { items: [], nextCursor: null }

type Search = (finder: Finder, viewer: Viewer, question: Question) => Promise<FoundList>

const SEARCHES: Readonly<Record<FoundType, Search>> = { chats, users, tags, own, posts, messages }

/** What the viewer may see of what is asked for; of one kind, or a few of each. */
export async function search(
  finder: Finder,
  viewer: Viewer,
  types: readonly FoundType[],
  question: Question,
): Promise<FoundList> {
  const [type, ...others] = types
  if (!type || question.q.trim() === '') return NOTHING
  if (others.length === 0) return SEARCHES[type](finder, viewer, question)
  const few = { q: question.q, limit: FEW }
  const lists = await Promise.all(types.map((kind) => SEARCHES[kind](finder, viewer, few)))
  const items = lists.flatMap((list) => list.items)
  const mine = new Set(items.filter((item) => item.type === 'own').map(({ id }) => id))
  const isNew = ({ type: kind, id }: Found): boolean => kind !== 'posts' || !mine.has(id)
  return { items: items.filter(isNew), nextCursor: null }
}

async function users(finder: Finder, viewer: Viewer, question: Question): Promise<FoundList> {
  const { ids, nextCursor } = await rank(finder.db.reader, 'users', question)
  const seen = await peopleSeen(finder, viewer, ids)
  const items = ids.flatMap((id): Found[] => {
    const person = seen.get(id)
    if (!person || (person.isClosed && !viewer.actor)) return []
    const { username, name, bio, avatarUrl } = person
    const url = `/user/${username}`
    return [{ type: 'users', id, title: name, text: bio, by: username, url, avatarUrl, at: null }]
  })
  return { items, nextCursor }
}

async function posts(finder: Finder, viewer: Viewer, question: Question): Promise<FoundList> {
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
async function own(finder: Finder, { actor }: Viewer, { q, limit }: Question): Promise<FoundList> {
  if (!actor) return NOTHING
  const found = recordsIn(await asked(finder, 'blog.own', { authorId: actor.id }))
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

/** Of people whom the viewer may meet; each leads into the blog it belongs to. */
async function tags(finder: Finder, viewer: Viewer, { q, limit }: Question): Promise<FoundList> {
  const found = recordsIn(await asked(finder, 'blog.tags', { q, limit }))
  const authors = await peopleSeen(
    finder,
    viewer,
    found.map((tag) => textIn(tag, 'authorId')),
  )
  const items = found.flatMap((tag): Found[] => {
    const author = authors.get(textIn(tag, 'authorId'))
    if (!author) return []
    return [
      {
        type: 'tags',
        id: `${author.id}/${textIn(tag, 'slug')}`,
        title: textIn(tag, 'name'),
        text: '',
        by: author.name,
        url: textIn(tag, 'url'),
        avatarUrl: null,
        at: null,
      },
    ]
  })
  return { items, nextCursor: null }
}
