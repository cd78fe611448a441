import { DatabaseSync } from 'node:sqlite'
import { newId } from '../core/ids.ts'
import { prepareComment } from '../modules/blog/reading/comments.ts'
import { docFromMarkdown, RENDERER_VERSION } from '../modules/blog/document/index.ts'
import { readDoc, type Reading } from '../modules/blog/reading/reading.ts'
import type {
  CommentTable,
  PostTable,
  PostTagTable,
  ReadingTable,
  RevisionTable,
  SlugTable,
} from '../modules/blog/tables.ts'
import { addPerson } from './residents.ts'
import { insert } from './rows.ts'
import { article, sentence } from './texts.ts'

export interface BlogSize {
  readonly authors: number
  readonly postsEach: number
  /** Paragraphs of a post; 11 make about 6 KB of HTML. */
  readonly paragraphs: number
}

const DISTINCT_TEXTS = 16
const TAGS = 20
const TAGS_EACH = 3
const COMMENTS = 30
const NEWEST = Date.parse('2026-10-31T12:00:00.000Z')
const DAY_MS = 24 * 3_600_000
/** A hundred posts of an author stretch over a year. */
const BETWEEN_POSTS_MS = 3.65 * DAY_MS

/** Every author writes the same number of posts, at the same pace; `author-0` is the measured one. */
export const MEASURED = {
  username: 'author-0',
  slug: 'post-3',
  tag: 'tag-3',
  month: '2026-09',
} as const

/**
 * Fills the database of a stopped station with blogs, in SQL because a hundred thousand posts would
 * take minutes otherwise: every row, count and list as the blog itself writes them.
 */
export async function fillBlogs(database: string, size: BlogSize): Promise<void> {
  const texts = await Promise.all(
    Array.from({ length: DISTINCT_TEXTS }, (_, seed) => textOf(seed, size.paragraphs)),
  )
  const comments = await Promise.all(Array.from({ length: COMMENTS }, (_, n) => commentText(n)))
  const raw = new DatabaseSync(database)
  try {
    raw.exec('pragma synchronous=off; pragma cache_size=-65536; begin')
    const createdAt = new Date(NEWEST - 400 * DAY_MS).toISOString()
    const authorIds = Array.from({ length: size.authors }, (_, n) =>
      addPerson(raw, `author-${n}`, createdAt),
    )
    for (let number = 0; number < size.postsEach; number++) {
      for (const [author, id] of authorIds.entries()) {
        const text = texts[(author + number) % texts.length]
        if (text) addPost(raw, id, author, number, text)
      }
    }
    discuss(raw, comments, authorIds)
    raw.exec(COUNTS)
    raw.exec('commit; pragma wal_checkpoint(truncate)')
  } finally {
    raw.close()
  }
}

/** What the blog counts as posts come and go. */
const COUNTS = `
  insert into blog_tags (author_id, slug, key, name, post_count)
    select author_id, slug, slug, slug, count(*) from blog_post_tags group by author_id, slug;
  insert into blog_months (author_id, month, post_count)
    select author_id, substr(listed_at, 1, 7), count(*) from blog_posts group by 1, 2`

interface Text {
  readonly doc: string
  readonly reading: Reading
}

async function textOf(seed: number, paragraphs: number): Promise<Text> {
  const doc = await docFromMarkdown(article(seed, paragraphs))
  const noPictures = {
    find: async () => [],
    findFiles: async () => [],
    putPicture: () => Promise.reject(new Error('none')),
    use: async () => undefined,
    release: async () => undefined,
  }
  return { doc: JSON.stringify(doc), reading: await readDoc(doc, null, noPictures) }
}

async function commentText(seed: number): Promise<{ readonly doc: string; readonly html: string }> {
  const doc = await docFromMarkdown(sentence(9_000 + seed, 25))
  const { html } = await prepareComment({ authorName: '', doc, createdAt: '' })
  return { doc: JSON.stringify(doc), html }
}

function addPost(
  raw: DatabaseSync,
  authorId: string,
  author: number,
  number: number,
  { doc, reading }: Text,
): void {
  const id = newId()
  const at = new Date(NEWEST - number * BETWEEN_POSTS_MS - author * 1_000).toISOString()
  const slug = `post-${number}`
  const tags = Array.from({ length: TAGS_EACH }, (_, n) => `tag-${(number + n * 7) % TAGS}`)
  insert<PostTable>(raw, 'blog_posts', {
    id,
    author_id: authorId,
    kind: 'post',
    status: 'published',
    visibility: 'public',
    title: sentence(author * 7 + number, 6),
    slug,
    slug_by_hand: 0,
    lead: '',
    excerpt: reading.excerpt,
    lang: reading.lang,
    cover: null,
    image: null,
    tags: JSON.stringify(tags.map((tag) => ({ name: tag, slug: tag }))),
    words: reading.words,
    minutes: reading.minutes,
    rev: 1,
    pinned: 0,
    password: null,
    comment_count: 0,
    publish_at: null,
    published_at: at,
    listed_at: at,
    created_at: at,
    updated_at: at,
    source_key: null,
    hidden_why: null,
    withheld: 0,
  })
  insert<SlugTable>(raw, 'blog_slugs', { author_id: authorId, slug, post_id: id, claimed_at: at })
  addRevision(raw, { post_id: id, created_at: at, created_by: authorId }, { doc, reading })
  for (const tag of tags) {
    const place = { post_id: id, author_id: authorId, slug: tag, listed_at: at }
    insert<PostTagTable>(raw, 'blog_post_tags', place)
  }
}

type Written = Pick<RevisionTable, 'post_id' | 'created_at' | 'created_by'>

function addRevision(raw: DatabaseSync, written: Written, { doc, reading }: Text): void {
  insert<RevisionTable>(raw, 'blog_revisions', {
    ...written,
    rev: 1,
    doc,
    details: '{}',
    was_public: 1,
  })
  insert<ReadingTable>(raw, 'blog_readings', {
    post_id: written.post_id,
    rev: 1,
    renderer: RENDERER_VERSION,
    html: Buffer.from(reading.html),
    toc: JSON.stringify(reading.toc),
  })
}

/** Ten threads three deep under the measured post: guests, then residents, then the author. */
function discuss(
  raw: DatabaseSync,
  texts: readonly { readonly doc: string; readonly html: string }[],
  authorIds: readonly string[],
): void {
  const found = raw
    .prepare('select post_id from blog_slugs where author_id = ? and slug = ?')
    .get(authorIds[0] ?? '', MEASURED.slug)
  const postId = String(found?.['post_id'])
  let parentId: string | null = null
  for (const [index, { doc, html }] of texts.entries()) {
    const id = newId()
    const depth = index % 3
    const speaker =
      depth === 0 ? null : (authorIds[depth === 2 ? 0 : index % authorIds.length] ?? null)
    insert<CommentTable>(raw, 'blog_comments', {
      id,
      post_id: postId,
      parent_id: depth === 0 ? null : parentId,
      kind: 'comment',
      status: 'approved',
      author_id: speaker,
      author_name: `Гость ${index}`,
      author_url: null,
      doc,
      html,
      renderer: RENDERER_VERSION,
      created_at: new Date(NEWEST + index * 60_000).toISOString(),
      source_key: null,
      hidden_why: null,
      withheld: 0,
    })
    parentId = id
  }
  raw.prepare('update blog_posts set comment_count = ? where id = ?').run(texts.length, postId)
}
