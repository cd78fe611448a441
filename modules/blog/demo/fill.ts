import type { DemoStage } from '#core'
import { insertComments, prepareComment, type PreparedComment } from '../reading/comments.ts'
import { parseDoc, type QuarkDoc } from '../document/index.ts'
import type { People, Person } from '../people.ts'
import { type Blog, createPost } from '../writing/posts.ts'
import { COMMENTS, type DemoComment } from './comments.ts'
import { PICTURES, type PictureName, renderPicture } from './pictures.ts'
import { readPost, readText, referencesIn } from './post-text.ts'
import { type DemoPost, POSTS } from './posts.ts'

const HOUR_MS = 3_600_000
/** People publish in the evening more often than at night. */
const HOURS_OF_DAY = [7, 19, 21, 12, 8, 20, 18] as const

/** Posts of several people with their pictures and conversations, the oldest first. */
export async function fillWithPosts(blog: Blog, people: People, stage: DemoStage): Promise<void> {
  const writers = await writersOf(people)
  const uploads = new Map<string, string>()
  for (const post of POSTS.toSorted((a, b) => b.daysAgo - a.daysAgo)) {
    const author = writers.get(post.author)
    if (!author) continue
    await upload(blog, author, await picturesOf(post), uploads)
    const id = await publish(blog, author, post, uploads)
    await converse(blog, writers, id, COMMENTS[post.file] ?? [])
    stage.say(`${author.name}: ${post.title}`)
  }
}

async function writersOf(people: People): Promise<ReadonlyMap<string, Person>> {
  const writers = new Map<string, Person>()
  for (const username of new Set(POSTS.map(({ author }) => author))) {
    const person = await people.named(username)
    if (person) writers.set(username, person)
  }
  return writers
}

async function picturesOf(post: DemoPost): Promise<readonly PictureName[]> {
  const named = referencesIn(await readText(post), 'media')
  const names = post.cover ? [post.cover.picture, ...named] : named
  return names.filter((name): name is PictureName => Object.hasOwn(PICTURES, name))
}

async function upload(
  blog: Blog,
  author: Person,
  names: readonly PictureName[],
  uploads: Map<string, string>,
): Promise<void> {
  for (const name of names) {
    if (uploads.has(name)) continue
    const bytes = await renderPicture(PICTURES[name])
    const { id } = await blog.media.putPicture({ ownerId: author.id, bytes, alt: '' })
    uploads.set(name, id)
  }
}

async function publish(
  blog: Blog,
  author: Person,
  post: DemoPost,
  uploads: ReadonlyMap<string, string>,
): Promise<string> {
  const publishedAt = momentOf(blog, post)
  const mediaId = post.cover && uploads.get(post.cover.picture)
  const draft = {
    title: post.title,
    content: { markdown: await readPost(post, uploads) },
    lead: post.lead,
    tags: post.tags,
    slug: post.slug,
    pinned: post.isPinned === true,
    cover: post.cover && mediaId !== undefined ? coverOf(post.cover, mediaId) : null,
  }
  const placement = {
    status: 'published',
    publishedAt,
    createdAt: publishedAt,
    updatedAt: publishedAt,
  } as const
  const { post: made } = await createPost(blog, author, draft, placement)
  return made.id
}

function coverOf({ alt, caption }: NonNullable<DemoPost['cover']>, mediaId: string) {
  return { mediaId, alt, ...(caption === undefined ? {} : { caption }) }
}

/** Some hour of that day; never later than an hour ago. */
function momentOf({ clock }: Blog, { daysAgo, file }: DemoPost): string {
  const now = clock.now()
  const hour = HOURS_OF_DAY[file.length % HOURS_OF_DAY.length] ?? 0
  const day = new Date(now.getTime() - daysAgo * 24 * HOUR_MS)
  day.setUTCHours(hour, (file.length * 7) % 60, 0, 0)
  return new Date(Math.min(day.getTime(), now.getTime() - HOUR_MS)).toISOString()
}

async function converse(
  blog: Blog,
  writers: ReadonlyMap<string, Person>,
  postId: string,
  thread: readonly DemoComment[],
): Promise<void> {
  const comments: PreparedComment[] = []
  const waiting = thread.map((comment) => ({ comment, parentId: undefined as string | undefined }))
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { comment, parentId } = next
    const author = writers.get(comment.author)
    if (!author) continue
    const at = blog.clock.now().getTime() - comment.hoursAgo * HOUR_MS
    const prepared = await prepareComment({
      authorId: author.id,
      authorName: author.name,
      doc: docOfText(comment.text),
      createdAt: new Date(at).toISOString(),
      ...(parentId === undefined ? {} : { parentId }),
    })
    comments.push(prepared)
    for (const reply of comment.replies ?? []) {
      waiting.push({ comment: reply, parentId: prepared.id })
    }
  }
  if (comments.length === 0) return
  await blog.db.transaction((tx) => insertComments(tx.db, postId, comments))
}

function docOfText(text: string): QuarkDoc {
  const content = text.split(/\n{2,}/).map((paragraph) => ({
    type: 'paragraph',
    content: [{ type: 'text', text: paragraph.replaceAll('\n', ' ') }],
  }))
  return parseDoc({ v: 1, doc: { type: 'doc', content } })
}
