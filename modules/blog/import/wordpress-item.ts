import { blocksOrText } from './foreign-text.ts'
import { type Dropped, htmlFromWordPress, type WordPressImage } from '../document/index.ts'
import { type CommentDraft, prepareComment, type PreparedComment } from '../reading/comments.ts'
import type { Placement, PostDraft } from '../writing/posts.ts'
import { slugWords } from '../writing/slug-words.ts'
import { slugFromTitle } from '../writing/slugs.ts'
import type { WxrComment, WxrItem } from './wxr.ts'

/** A post or page of an export, as the blog takes it. */
export interface ImportedPost {
  readonly draft: PostDraft
  readonly placement: Placement
  readonly dropped: readonly Dropped[]
}

export interface ItemContext {
  /** Begins every `source_key`, e.g. `wp:https://old.example`. */
  readonly source: string
  /** Pictures of the export attached to a post, or with the given ids. */
  gallery(postId: string, ids: readonly string[]): readonly WordPressImage[]
}

const MAX_TITLE = 300
const MAX_TAG = 60

export function field(record: Readonly<Record<string, string>>, name: string): string {
  return (record[name] ?? '').toWellFormed().replaceAll(/[\0-\b\v\f\u000e-\u001f]/g, '')
}

/** `2013-05-07 19:55:40` of WordPress's GMT fields; undefined for its zero date. */
export function instant(text: string): string | undefined {
  const found = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/.exec(text.trim())
  if (!found || text.startsWith('0000')) return undefined
  const date = new Date(`${found[1]}T${found[2]}Z`)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

export function sourceKey(context: Pick<ItemContext, 'source'>, item: WxrItem): string {
  return `${context.source}#${field(item.fields, 'wp:post_id')}`
}

export async function importedPost(item: WxrItem, context: ItemContext): Promise<ImportedPost> {
  const { fields } = item
  const id = field(fields, 'wp:post_id')
  const dropped: Dropped[] = []
  const html = htmlFromWordPress(field(fields, 'content:encoded'), {
    gallery: (ids) => context.gallery(id, ids),
    dropped,
  })
  const read = await blocksOrText(html, field(fields, 'link'))
  const name = slugWords(decoded(field(fields, 'wp:post_name')))
  const password = field(fields, 'wp:post_password')
  const draft: PostDraft = {
    title: Array.from(field(fields, 'title').replaceAll(/\s+/g, ' ').trim())
      .slice(0, MAX_TITLE)
      .join(''),
    content: { doc: read.doc },
    lead: field(fields, 'excerpt:encoded')
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
    tags: tagsOf(item),
    visibility: field(fields, 'wp:status') === 'private' ? 'private' : 'public',
    pinned: field(fields, 'wp:is_sticky') === '1',
    kind: field(fields, 'wp:post_type') === 'page' ? 'page' : 'post',
    sourceKey: sourceKey(context, item),
    ...(name === '' ? {} : { slug: slugFromTitle(name, id) }),
    ...(password === '' ? {} : { password }),
  }
  return { draft, placement: placementOf(item), dropped: [...dropped, ...read.dropped] }
}

/** Categories and tags are one thing here. «Uncategorized» means that there is none. */
function tagsOf({ terms }: WxrItem): string[] {
  return terms
    .filter(
      ({ domain, slug }) =>
        domain === 'post_tag' || (domain === 'category' && slug !== 'uncategorized'),
    )
    .map(({ name }) =>
      Array.from(name.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim())
        .slice(0, MAX_TAG)
        .join(''),
    )
    .filter((name) => name !== '')
}

function placementOf({ fields }: WxrItem): Placement {
  const at = instant(field(fields, 'wp:post_date_gmt')) ?? instant(field(fields, 'wp:post_date'))
  const status = field(fields, 'wp:status')
  const known = at === undefined ? {} : { createdAt: at, updatedAt: at }
  if (status === 'future' && at !== undefined) return { status: 'scheduled', publishAt: at }
  if (status !== 'publish' && status !== 'private') return { status: 'draft', ...known }
  return { status: 'published', ...known, ...(at === undefined ? {} : { publishedAt: at }) }
}

/** Comments of a post in an order in which every answer follows what it answers. */
export async function importedComments(
  item: WxrItem,
  context: Pick<ItemContext, 'source'>,
): Promise<PreparedComment[]> {
  const ids = new Map<string, string>()
  const prepared: PreparedComment[] = []
  for (const comment of inAnswerOrder(item.comments.filter(isKept))) {
    const draft = await commentDraft(comment, ids, context)
    const ready = await prepareComment(draft)
    ids.set(field(comment, 'wp:comment_id'), ready.id)
    prepared.push(ready)
  }
  return prepared
}

/** Spam and what was thrown away stay behind. */
export function isKept(comment: WxrComment): boolean {
  return ['0', '1'].includes(field(comment, 'wp:comment_approved'))
}

export function isMention(comment: WxrComment): boolean {
  return ['trackback', 'pingback'].includes(field(comment, 'wp:comment_type'))
}

async function commentDraft(
  comment: WxrComment,
  ids: ReadonlyMap<string, string>,
  context: Pick<ItemContext, 'source'>,
): Promise<CommentDraft> {
  const parentId = ids.get(field(comment, 'wp:comment_parent'))
  const url = field(comment, 'wp:comment_author_url')
  const html = htmlFromWordPress(field(comment, 'wp:comment_content'))
  return {
    kind: isMention(comment) ? 'mention' : 'comment',
    status: field(comment, 'wp:comment_approved') === '1' ? 'approved' : 'pending',
    authorName: field(comment, 'wp:comment_author').trim().slice(0, 200),
    doc: (await blocksOrText(html)).doc,
    createdAt: instant(field(comment, 'wp:comment_date_gmt')) ?? new Date(0).toISOString(),
    sourceKey: `${context.source}#c${field(comment, 'wp:comment_id')}`,
    ...(parentId === undefined ? {} : { parentId }),
    ...(/^https?:\/\//i.test(url) && URL.canParse(url) ? { authorUrl: url } : {}),
  }
}

function inAnswerOrder(comments: readonly WxrComment[]): WxrComment[] {
  const known = new Set(comments.map((comment) => field(comment, 'wp:comment_id')))
  const placed = new Set<string>()
  const ordered: WxrComment[] = []
  let waiting = [...comments]
  while (waiting.length > 0) {
    const isReady = (comment: WxrComment): boolean => {
      const parent = field(comment, 'wp:comment_parent')
      return !known.has(parent) || placed.has(parent)
    }
    const ready = waiting.filter(isReady)
    /* Comments that answer each other in a circle stand as they come. */
    const next = ready.length > 0 ? ready : waiting
    for (const comment of next) placed.add(field(comment, 'wp:comment_id'))
    ordered.push(...next)
    waiting = waiting.filter((comment) => !next.includes(comment))
  }
  return ordered
}

/** WordPress cuts long names by the byte, so the last letter may be in pieces. */
function decoded(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (bytes) =>
    Buffer.from(bytes.replaceAll('%', ''), 'hex').toString(),
  )
}
