import { newId } from '#core'
import { insertComments } from '../reading/comments.ts'
import type { WordPressImage } from '../document/index.ts'
import { type Author, type Blog, insertPost, preparePost } from '../writing/posts.ts'
import { emptyReport, type ImportReport } from './report.ts'
import {
  field,
  importedComments,
  importedPost,
  isKept,
  isMention,
  sourceKey,
} from './wordpress-item.ts'
import { readWxr, type WxrItem, type WxrRecord } from './wxr.ts'

interface Attachment {
  readonly postId: string
  readonly image: WordPressImage
}

/**
 * Moves one export into one blog. The whole file is read once before anything is written, so that a
 * broken one changes nothing. Each post is written with its comments in one transaction and knows
 * where it came from: after a crash the same command goes on, and a second run adds nothing.
 */
export class WordPressImport {
  readonly report: ImportReport = emptyReport()
  readonly #blog: Blog
  readonly #author: Author
  readonly #file: string
  readonly #attachments = new Map<string, Attachment>()
  #source = 'wp:'
  total = 0
  done = 0

  constructor(blog: Blog, author: Author, file: string) {
    this.#blog = blog
    this.#author = author
    this.#file = file
  }

  /** @throws QL_BLOG_IMPORT_FILE, QL_BLOG_IMPORT_BROKEN: then nothing has been changed. */
  async survey(): Promise<void> {
    for await (const record of readWxr(this.#file)) {
      if (record.kind === 'site') this.#source = `wp:${record.url}`
      if (record.kind !== 'item') continue
      this.total++
      if (field(record.fields, 'wp:post_type') === 'attachment') this.#remember(record)
    }
  }

  /** Yields after every record of the file. */
  async *run(): AsyncGenerator<void> {
    for await (const record of readWxr(this.#file)) {
      await this.#take(record)
      yield
    }
  }

  async #take(record: WxrRecord): Promise<void> {
    switch (record.kind) {
      case 'category':
        this.report.categories++
        break
      case 'tag':
        this.report.tags++
        break
      case 'author':
        this.report.authors.push(record.login)
        break
      case 'item':
        this.done++
        await this.#takeItem(record)
        break
      case 'site':
        break
    }
  }

  async #takeItem(item: WxrItem): Promise<void> {
    const type = field(item.fields, 'wp:post_type')
    if (type === 'attachment') return this.#takeAttachment(item)
    if (type !== 'post' && type !== 'page') {
      this.report.skipped[type] = (this.report.skipped[type] ?? 0) + 1
      return
    }
    this.#count(item, type)
    try {
      await this.#takePost(item, type)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.report.failed.push({ post: titleOf(item), reason })
    }
  }

  async #takePost(item: WxrItem, type: 'post' | 'page'): Promise<void> {
    const context = {
      source: this.#source,
      gallery: (postId: string, ids: readonly string[]) => this.#gallery(postId, ids),
    }
    const { draft, placement, dropped } = await importedPost(item, context)
    for (const { what, detail } of dropped) {
      this.report.dropped.push({ post: titleOf(item), what, detail })
    }
    const prepared = await preparePost(this.#blog, draft)
    const comments = await importedComments(item, context)
    const now = this.#blog.clock.now().toISOString()
    await this.#blog.db.transaction(async (tx) => {
      const row = await insertPost(tx.db, this.#author, prepared, now, placement)
      if (!row) return
      const added = await insertComments(tx.db, row.id, comments)
      const { id, author_id: authorId, slug, status } = row
      const touches = [`blog/${authorId}`, 'posts']
      await tx.publish(
        'post.created',
        { id, authorId, slug, status },
        { subject: `post/${id}`, touches },
      )
      tx.onCommit(() => {
        this.report.added[type === 'page' ? 'pages' : 'posts']++
        this.report.added.comments += added
      })
    })
  }

  /** The bytes are not fetched; the record keeps where they are. */
  async #takeAttachment(item: WxrItem): Promise<void> {
    const url = field(item.fields, 'wp:attachment_url')
    const title = titleOf(item)
    this.report.media++
    this.report.waiting.push({ url, title })
    await this.#blog.db.transaction(async (tx) => {
      const { numInsertedOrUpdatedRows } = await tx.db
        .insertInto('blog_media')
        .values({
          id: newId(),
          author_id: this.#author.id,
          source_key: sourceKey({ source: this.#source }, item),
          source_url: url,
          title,
          alt: item.meta['_wp_attachment_image_alt'] ?? '',
          state: 'waiting',
          media_id: null,
          reason: null,
          created_at: this.#blog.clock.now().toISOString(),
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      const added = Number(numInsertedOrUpdatedRows ?? 0n)
      tx.onCommit(() => {
        this.report.added.media += added
      })
    })
  }

  #count(item: WxrItem, type: 'post' | 'page'): void {
    const { report } = this
    const status = field(item.fields, 'wp:status')
    report[type === 'page' ? 'pages' : 'posts']++
    if (status === 'future') report.scheduled++
    else if (status !== 'publish' && status !== 'private') report.drafts++
    if (field(item.fields, 'wp:is_sticky') === '1') report.sticky++
    if (field(item.fields, 'wp:post_password') !== '') report.protected++
    if (field(item.fields, 'title').trim() === '') report.untitled++
    for (const comment of item.comments.filter(isKept)) {
      if (isMention(comment)) report.comments.mentions++
      else if (field(comment, 'wp:comment_approved') === '1') report.comments.approved++
      else report.comments.pending++
    }
  }

  #remember(item: WxrItem): void {
    const caption = field(item.fields, 'excerpt:encoded')
    this.#attachments.set(field(item.fields, 'wp:post_id'), {
      postId: field(item.fields, 'wp:post_parent'),
      image: {
        src: field(item.fields, 'wp:attachment_url'),
        alt: item.meta['_wp_attachment_image_alt'] ?? '',
        ...(caption === '' ? {} : { caption }),
      },
    })
  }

  #gallery(postId: string, ids: readonly string[]): WordPressImage[] {
    if (ids.length > 0) {
      return ids.flatMap((id) => this.#attachments.get(id)?.image ?? [])
    }
    return [...this.#attachments.values()]
      .filter((attachment) => attachment.postId === postId)
      .map(({ image }) => image)
  }
}

function titleOf(item: WxrItem): string {
  return (
    field(item.fields, 'title') || field(item.fields, 'link') || field(item.fields, 'wp:post_id')
  )
}
