import { h } from 'preact'
import { type HtmlPage, type ModuleRequest, newId, renderView } from '#core'
import { postPath } from '../announcement.ts'
import { markdownFromDoc, type QuarkDoc } from '../document/index.ts'
import { gateOf } from '../writing/gate.ts'
import { partsHtml } from '../page-parts.tsx'
import type { Person } from '../people.ts'
import { currentDoc } from '../writing/posts.ts'
import { tagsOf } from '../reading/present.ts'
import type { PostTable } from '../tables.ts'
import { ConflictPage } from '../views/conflict.tsx'
import type { WriteField, WriteProps, WriteValues } from '../views/write-props.ts'
import { WritePage } from '../views/write.tsx'
import { wallClockAt } from '../writing/zoned-time.ts'
import { hiddenFrom } from './conversation.ts'
import { blogPath, type Pages, titleOf } from './listed.ts'

const EDIT_PREFIX = '/write/'
const API = '/api/v1/posts'

export function editPath(id: string): string {
  return `${EDIT_PREFIX}${id}`
}

/** The writing page with a text in it. */
export interface Written {
  readonly person: Person
  readonly values: WriteValues
  /** Absent before the first word, and when the text cannot be read. */
  readonly doc?: QuarkDoc
  readonly words: number
  readonly minutes: number
  /** Absent until the first save. */
  readonly post?: PostTable
  /** Until then: what the post is going to be begun with, see `draft-key.ts`. */
  readonly key?: string
  readonly errors?: Partial<Record<WriteField, string>>
  readonly preview?: string
  readonly sheetOpen?: boolean
}

export async function writePage(
  { app }: Pages,
  { actor, locale }: ModuleRequest,
  written: Written,
): Promise<HtmlPage> {
  const { person, post, doc, values, errors, preview, sheetOpen } = written
  const t = app.translator(locale)
  const parts = post
    ? await app.slotParts('post.editor.sidebar', { actor, locale, subject: `post/${post.id}` })
    : []
  const isPrivate = post?.status === 'published' && post.visibility === 'private'
  const props: WriteProps = {
    t,
    locale,
    timeZone: person.timeZone,
    ...subjectOf(written),
    hidden: post && hiddenFrom(post, locale),
    values,
    words: written.words,
    minutes: written.minutes,
    backHref: '/write',
    addressPrefix: `${blogPath(person.username)}/`,
    errors,
    gate: post && doc ? gateOf({ title: values.title, isPrivate }, doc, locale) : [],
    preview,
    sheetOpen,
    sidebar: parts.length === 0 ? undefined : partsHtml(parts),
    api: API,
    editPrefix: EDIT_PREFIX,
  }
  return {
    kind: 'html',
    status: errors ? 422 : 200,
    title: titleOf(values.title, t),
    html: renderView(h(WritePage, props)),
    shell: 'focus',
    scripts: ['blog/write'],
    head: { noindex: true },
  }
}

/** Which post is written, or how it is going to be begun. */
function subjectOf({ person, post, key }: Written): Pick<WriteProps, Subject> {
  if (!post) return { action: `${EDIT_PREFIX}new`, draftKey: key ?? newId() }
  const { id, rev, status, slug, updated_at: savedAt } = post
  const href = status === 'published' ? postPath(person.username, slug) : undefined
  return { action: editPath(id), post: { id, rev, state: status, href, savedAt } }
}

type Subject = 'action' | 'post' | 'draftKey'

/** The stored text of a post on the writing page. */
export async function storedText(
  { blog }: Pages,
  person: Person,
  post: PostTable,
): Promise<Written> {
  const doc = await currentDoc(blog.db.reader, post)
  const markdown = await markdownFromDoc(doc)
  const { words, minutes } = post
  return { person, post, doc, words, minutes, values: valuesOf(post, markdown, person.timeZone) }
}

/** The writing page before its first word. */
export function blankText(person: Person, title = ''): Written {
  const values: WriteValues = {
    title,
    markdown: '',
    slug: '',
    tags: '',
    excerpt: '',
    visibility: 'public',
    publishAt: '',
  }
  return { person, values, words: 0, minutes: 1 }
}

function valuesOf(post: PostTable, markdown: string, timeZone: string): WriteValues {
  const isChosen = post.slug_by_hand === 1 || post.published_at !== null
  return {
    title: post.title,
    markdown,
    slug: isChosen ? post.slug : '',
    tags: tagsOf(post)
      .map(({ name }) => name)
      .join(', '),
    excerpt: post.lead,
    visibility: post.visibility === 'unlisted' ? 'unlisted' : 'public',
    publishAt: post.publish_at === null ? '' : wallClockAt(post.publish_at, timeZone),
  }
}

/** What was typed beside what is stored; nothing is lost before the person has chosen. */
export async function conflictPage(
  pages: Pages,
  { locale }: ModuleRequest,
  person: Person,
  post: PostTable,
  mine: WriteValues,
): Promise<HtmlPage> {
  const t = pages.app.translator(locale)
  const { values } = await storedText(pages, person, post)
  const html = renderView(
    h(ConflictPage, {
      t,
      locale,
      timeZone: person.timeZone,
      action: editPath(post.id),
      mine,
      theirs: {
        title: values.title,
        markdown: values.markdown,
        savedAt: post.updated_at,
        rev: post.rev,
      },
      theirsHref: editPath(post.id),
    }),
  )
  return {
    kind: 'html',
    status: 409,
    title: t('blog.conflict'),
    html,
    shell: 'focus',
    head: { noindex: true },
  }
}
