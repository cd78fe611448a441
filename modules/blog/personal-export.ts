import type { ExportedData, ExportedFile, ExportQuestion } from '#core'
import { markdownFromDoc, picturesOf, type QuarkDoc } from './document/index.ts'
import { currentDoc } from './writing/posts.ts'
import type { Blog } from './writing/posts.ts'
import { htmlIn } from './reading/reading.ts'
import type { BlogDb, PostTable } from './tables.ts'

/** Posts of one part; a part is held in memory. */
const PART = 100

/** All a person has written, drafts and earlier revisions included, and where else they stand. */
export async function exportPerson(
  blog: Blog,
  { userId, after = '' }: ExportQuestion,
): Promise<ExportedData> {
  const { reader } = blog.db
  const posts = await reader
    .selectFrom('blog_posts')
    .selectAll()
    .where('author_id', '=', userId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(PART)
    .execute()
  const files = await Promise.all(posts.map((post) => postFiles(blog.db, post)))
  const about = after === '' ? await aboutFiles(blog.db, userId) : []
  const last = posts.length === PART ? posts.at(-1)?.id : undefined
  return { files: [...about, ...files.flat()], ...(last === undefined ? {} : { next: last }) }
}

async function postFiles(db: BlogDb, post: PostTable): Promise<ExportedFile[]> {
  const { reader } = db
  const doc = await currentDoc(reader, post)
  const revisions = await reader
    .selectFrom('blog_revisions')
    .select(['rev', 'doc', 'details', 'created_at'])
    .where('post_id', '=', post.id)
    .orderBy('rev')
    .execute()
  const reading = await reader
    .selectFrom('blog_readings')
    .select('html')
    .where('post_id', '=', post.id)
    .executeTakeFirst()
  const { password, cover, image, tags, ...row } = post
  const facts = {
    ...row,
    hasPassword: password !== null,
    cover: parsed(cover),
    image: parsed(image),
    tags: parsed(tags),
    revisions: revisions.map(({ doc: text, details, ...rest }) => ({
      ...rest,
      doc: parsed(text),
      details: parsed(details),
    })),
  }
  const folder = `posts/${post.id}`
  const title = post.title === '' ? post.slug : post.title
  const mediaIds = mediaIn(doc, cover)
  return [
    { path: `${folder}/post.json`, json: facts },
    { path: `${folder}/post.md`, text: await markdownFromDoc(doc) },
    { path: `${folder}/post.html`, title, html: reading ? htmlIn(reading.html) : '', mediaIds },
  ]
}

function mediaIn(doc: QuarkDoc, cover: string | null): string[] {
  const pictures = picturesOf(doc).flatMap(({ mediaId }) => mediaId ?? [])
  const own = cover === null ? [] : [(JSON.parse(cover) as { mediaId: string }).mediaId]
  return [...new Set([...pictures, ...own])]
}

/** Comments on other people's posts are the person's; those of others on theirs are not. */
async function aboutFiles({ reader }: BlogDb, userId: string): Promise<ExportedFile[]> {
  const comments = await reader
    .selectFrom('blog_comments')
    .select(['id', 'post_id', 'parent_id', 'kind', 'status', 'author_name', 'author_url'])
    .select(['doc', 'created_at'])
    .where('author_id', '=', userId)
    .execute()
  const tags = await reader
    .selectFrom('blog_tags')
    .select(['slug', 'name', 'post_count'])
    .where('author_id', '=', userId)
    .execute()
  const addresses = await reader
    .selectFrom('blog_slugs')
    .select(['slug', 'post_id', 'claimed_at'])
    .where('author_id', '=', userId)
    .execute()
  const imported = await reader
    .selectFrom('blog_media')
    .selectAll()
    .where('author_id', '=', userId)
    .execute()
  const read = comments.map(({ doc, ...comment }) => ({ ...comment, doc: parsed(doc) }))
  return [
    { path: 'comments.json', json: read },
    { path: 'blog.json', json: { tags, addresses, imported } },
  ]
}

function parsed(text: string | null): ReturnType<typeof JSON.parse> {
  return text === null ? null : JSON.parse(text)
}
