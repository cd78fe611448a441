import type { Media } from '#core'
import type { Cover, ListImage } from '../writing/details.ts'
import {
  excerpt,
  guessLanguage,
  linksOf,
  picturesOf,
  plainText,
  readingMinutes,
  RENDERER_VERSION,
  renderDoc,
  type QuarkDoc,
  type RenderedMedia,
  type TocEntry,
  wordCount,
} from '../document/index.ts'
import type { BlogDb, BlogQueries, PostTable } from '../tables.ts'

/** Two or three lines of a list. */
const EXCERPT_CHARS = 220

/** A document as readers, lists and events need it, made once for each revision. */
export interface Reading {
  readonly html: string
  readonly toc: readonly TocEntry[]
  readonly lang: 'ru' | 'en'
  readonly excerpt: string
  readonly words: number
  readonly minutes: number
  /** The cover, or the first picture of this station in the text. */
  readonly image: ListImage | null
}

type Pictures = ReadonlyMap<string, RenderedMedia>

/** Renders a text. Waits for pictures and code colouring, so it must stand before a transaction. */
export async function readDoc(doc: QuarkDoc, cover: Cover | null, media: Media): Promise<Reading> {
  const pictures = await picturesFor(doc, cover, media)
  const lang = guessLanguage(doc)
  const { html, toc } = await renderDoc(doc, { locale: lang, media: (id) => pictures.get(id) })
  return {
    html,
    toc,
    lang,
    excerpt: excerpt(doc, EXCERPT_CHARS),
    words: wordCount(doc),
    minutes: readingMinutes(doc),
    image: listImage(doc, cover, pictures),
  }
}

async function picturesFor(doc: QuarkDoc, cover: Cover | null, media: Media): Promise<Pictures> {
  const ids = new Set(picturesOf(doc).flatMap(({ mediaId }) => mediaId ?? []))
  if (cover) ids.add(cover.mediaId)
  if (ids.size === 0) return new Map()
  const found = await media.find([...ids])
  return new Map(found.map(({ id, url, width, height }) => [id, { src: url, width, height }]))
}

function listImage(doc: QuarkDoc, cover: Cover | null, pictures: Pictures): ListImage | null {
  const candidates = [...(cover ? [cover] : []), ...picturesOf(doc)]
  for (const { mediaId, alt } of candidates) {
    const found = mediaId === undefined ? undefined : pictures.get(mediaId)
    if (found) return { src: found.src, width: found.width, height: found.height, alt }
  }
  return null
}

/** Keeps the rendered text of a revision. Must run in a transaction. */
export async function keepReading(
  db: BlogQueries,
  postId: string,
  rev: number,
  { html, toc }: Pick<Reading, 'html' | 'toc'>,
): Promise<void> {
  const kept = { html: Buffer.from(html), toc: JSON.stringify(toc) }
  const values = { rev, renderer: RENDERER_VERSION, ...kept }
  await db
    .insertInto('blog_readings')
    .values({ post_id: postId, ...values })
    .onConflict((conflict) => conflict.column('post_id').doUpdateSet(values))
    .execute()
}

/** Kept bytes as text. */
export function htmlIn({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('utf8')
}

/** The rendered text of a post; made anew and kept when the renderer has changed since. */
export async function currentReading(
  db: BlogDb,
  media: Media,
  post: Pick<PostTable, 'id' | 'rev' | 'cover'>,
): Promise<{ readonly html: string; readonly toc: readonly TocEntry[] }> {
  const kept = await db.reader
    .selectFrom('blog_readings')
    .select(['html', 'toc'])
    .where('post_id', '=', post.id)
    .where('rev', '=', post.rev)
    .where('renderer', '=', RENDERER_VERSION)
    .executeTakeFirst()
  if (kept) return { html: htmlIn(kept.html), toc: JSON.parse(kept.toc) as TocEntry[] }
  const { doc } = await db.reader
    .selectFrom('blog_revisions')
    .select('doc')
    .where('post_id', '=', post.id)
    .where('rev', '=', post.rev)
    .executeTakeFirstOrThrow()
  const cover = post.cover === null ? null : (JSON.parse(post.cover) as Cover)
  const made = await readDoc(JSON.parse(doc) as QuarkDoc, cover, media)
  await db.transaction((tx) => keepIfCurrent(tx.db, post, made))
  return made
}

/** Somebody may have saved the next revision, or deleted the post, while this one was rendered. */
async function keepIfCurrent(
  db: BlogQueries,
  post: Pick<PostTable, 'id' | 'rev'>,
  made: Reading,
): Promise<void> {
  const current = await db
    .selectFrom('blog_posts')
    .select('id')
    .where('id', '=', post.id)
    .where('rev', '=', post.rev)
    .executeTakeFirst()
  if (current) await keepReading(db, post.id, post.rev, made)
}

/** What subscribers learn of a text beside its words. */
export interface TextFacts {
  readonly content: string
  readonly headings: readonly { readonly level: number; readonly text: string }[]
  readonly links: readonly { readonly href: string; readonly text: string }[]
  readonly images: readonly { readonly alt: string }[]
}

export function textFacts(doc: QuarkDoc, toc: readonly TocEntry[]): TextFacts {
  return {
    content: plainText(doc),
    headings: toc.map(({ level, text }) => ({ level, text })),
    links: linksOf(doc).map(({ href, text }) => ({ href, text })),
    images: picturesOf(doc).map(({ alt }) => ({ alt })),
  }
}
