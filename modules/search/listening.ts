import { asked, type Finder, recordsIn, textIn } from './finder.ts'
import { putWords } from './words.ts'

const IN_TITLE = 8
const IN_TAG = 4
const IN_TEXT = 1

/** Keeps the words as their sources are now, whatever has happened and however often it is told. */
export function listen(finder: Finder): void {
  const { app } = finder
  const past = { from: 'beginning' } as const
  const post = ({ data }: { readonly data: { readonly id: string } }): Promise<void> =>
    readPost(finder, data.id)
  app.onEvent('post.published', post, past)
  app.onEvent('post.updated', post, past)
  app.onEvent('post.unpublished', post, past)
  app.onEvent('post.deleted', post, past)
  const person = ({ data }: { readonly data: { readonly id: string } }): Promise<void> =>
    readPerson(finder, data.id)
  app.onEvent('user.created', person, past)
  app.onEvent('user.updated', person, past)
}

/** What does not stand in lists, or opens with a password, has no words here. */
export async function readPost(finder: Finder, id: string): Promise<void> {
  const [listed] = recordsIn(await asked(finder, 'blog.listed', { ids: [id] }))
  const post = listed && Object(await asked(finder, 'blog.post', { id }))
  const passages = post
    ? [
        { text: textIn(post, 'title'), weight: IN_TITLE },
        { text: textIn(post, 'excerpt'), weight: IN_TEXT },
        { text: textIn(post, 'content'), weight: IN_TEXT },
        ...tagsIn(post).map((text) => ({ text, weight: IN_TAG })),
      ]
    : []
  const owner = listed ? textIn(listed, 'authorId') : ''
  await finder.db.transaction((tx) => putWords(tx, { kind: 'posts', id }, owner, passages))
}

function tagsIn(post: Readonly<Record<string, unknown>>): readonly string[] {
  const { tags } = post
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : []
}

/** Whom nobody knows has no words either. */
export async function readPerson(finder: Finder, id: string): Promise<void> {
  const [person] = recordsIn(await asked(finder, 'users.profiles', { ids: [id] }))
  const passages = person
    ? ['displayName', 'username'].map((name) => ({ text: textIn(person, name), weight: IN_TITLE }))
    : []
  await finder.db.transaction((tx) => putWords(tx, { kind: 'users', id }, id, passages))
}
