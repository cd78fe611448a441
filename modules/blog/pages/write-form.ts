import { CodedError, type ModuleRequest, type PageResult } from '#core'
import { postPath } from '../announcement.ts'
import { readContent } from '../writing/content.ts'
import { readingMinutes, wordCount } from '../document/index.ts'
import { postOfSource, sourceOfKey } from '../writing/draft-key.ts'
import { updatePost } from '../writing/editing.ts'
import { blogErrors } from '../errors.ts'
import { gateOf } from '../writing/gate.ts'
import type { Person } from '../people.ts'
import { createPost, currentDoc, ownPost } from '../writing/posts.ts'
import { publishPost, unpublishPost } from '../writing/publication.ts'
import { readDoc } from '../reading/reading.ts'
import { deletePost } from '../writing/removal.ts'
import type { PostTable } from '../tables.ts'
import type { WriteValues } from '../views/write-props.ts'
import { instantOf } from '../writing/zoned-time.ts'
import type { Pages } from './listed.ts'
import { writer } from './write.ts'
import { conflictPage, editPath, writePage, type Written } from './write-view.ts'
import { fieldErrors, requireLines, tagsIn, type WrittenForm, writtenForm } from './written-form.ts'

type Asked = ModuleRequest

/** What a post is begun with; later ones are made by changes. */
const FIRST_REV = 1

/**
 * `POST /write/new` and `POST /write/:id`. Whatever goes wrong, the answer holds all that was
 * typed.
 */
export async function writtenPage(pages: Pages, request: Asked): Promise<PageResult> {
  const person = await writer(pages, request)
  const form = writtenForm(request.body)
  try {
    return await acted(pages, request, person, form)
  } catch (error) {
    if (!(error instanceof CodedError)) throw error
    return afterRefusal(pages, request, person, form, error)
  }
}

async function acted(
  pages: Pages,
  request: Asked,
  person: Person,
  form: WrittenForm,
): Promise<PageResult> {
  const { blog } = pages
  const id = request.params['id']
  if (form.action === 'preview') return preview(pages, request, person, form)
  if (form.action === 'delete') {
    if (id !== undefined) await deletePost(blog, person.id, id, form.baseRev)
    return { kind: 'redirect', to: '/write' }
  }
  const post = await saved(pages, person, id, form)
  if (form.action === 'publish') return published(pages, request, person, post, form.values)
  if (form.action === 'unpublish') await unpublishPost(blog, person, post.id, post.rev)
  return { kind: 'redirect', to: editPath(post.id) }
}

async function saved(
  { blog }: Pages,
  person: Person,
  id: string | undefined,
  { values, baseRev, key }: WrittenForm,
): Promise<PostTable> {
  requireLines(values)
  const { title, markdown, slug, excerpt: lead, visibility } = values
  const common = { title, content: { markdown }, lead, tags: tagsIn(values) }
  if (id === undefined) {
    const sourceKey = key === undefined ? {} : { sourceKey: sourceOfKey(key) }
    const draft = { ...common, visibility, ...sourceKey, ...(slug === '' ? {} : { slug }) }
    const { post, isNew } = await createPost(blog, person, draft)
    if (isNew) return post
    /* The form was sent before, and its answer got lost: what it says now is a change of that. */
    return (await updatePost(blog, person, post.id, FIRST_REV, { ...common, slug, visibility }))
      .post
  }
  const post = await ownPost(blog.db.reader, person.id, id)
  /* The form cannot say «private»; what is out and private stays so until it is taken back. */
  const isPrivate = post.status === 'published' && post.visibility === 'private'
  const change = { ...common, slug, ...(isPrivate ? {} : { visibility }) }
  return (await updatePost(blog, person, id, baseRev, change)).post
}

async function published(
  { blog }: Pages,
  { locale }: Asked,
  person: Person,
  post: PostTable,
  { title, publishAt }: WriteValues,
): Promise<PageResult> {
  const doc = await currentDoc(blog.db.reader, post)
  const isStopped = gateOf({ title }, doc, locale).some(({ kind }) => kind === 'stop')
  if (isStopped) return { kind: 'redirect', to: `${editPath(post.id)}?sheet=open` }
  const at = publishAt === '' ? undefined : requireMoment(publishAt, person.timeZone)
  const { status, slug } = await publishPost(blog, person, post.id, post.rev, at)
  const to = status === 'published' ? postPath(person.username, slug) : editPath(post.id)
  return { kind: 'redirect', to }
}

/** @throws QL_BLOG_DATE_INVALID. */
function requireMoment(wallClock: string, timeZone: string): string {
  const at = instantOf(wallClock, timeZone)
  if (at !== undefined) return at
  const { en, ru } = blogErrors.QL_BLOG_DATE_INVALID().entry
  const problem = { path: '/publishAt', code: 'QL_BLOG_DATE_INVALID', en, ru }
  throw blogErrors.QL_BLOG_DATE_INVALID({ errors: [problem] })
}

/** Shows the typed text as readers will see it; nothing is saved. */
async function preview(
  pages: Pages,
  request: Asked,
  person: Person,
  { values, baseRev, key }: WrittenForm,
): Promise<PageResult> {
  const { blog } = pages
  const { doc } = await readContent({ markdown: values.markdown })
  const { html, words, minutes } = await readDoc(doc, null, blog.media)
  const id = request.params['id']
  const post = id === undefined ? undefined : await ownPost(blog.db.reader, person.id, id)
  return writePage(pages, request, {
    person,
    values,
    doc,
    words,
    minutes,
    preview: html,
    ...(key === undefined ? {} : { key }),
    ...(post ? { post: { ...post, rev: baseRev ?? post.rev } } : {}),
  })
}

async function afterRefusal(
  pages: Pages,
  request: Asked,
  person: Person,
  form: WrittenForm,
  error: CodedError,
): Promise<PageResult> {
  const post = await askedPost(pages, request, person, form)
  if (post && error.code === 'QL_BLOG_CONFLICT') {
    return conflictPage(pages, request, person, post, form.values)
  }
  /* A page without the post's address knows at most what it has begun itself. */
  const isBegun = request.params['id'] !== undefined
  const errors = fieldErrors(error, request.locale)
  if (!errors) throw error
  return writePage(pages, request, {
    person,
    values: form.values,
    ...(await typedText(form.values)),
    errors,
    ...(post ? { post: { ...post, rev: form.baseRev ?? (isBegun ? post.rev : FIRST_REV) } } : {}),
    ...(form.key === undefined ? {} : { key: form.key }),
  })
}

/** The post a form is about, by its address or by the key it was begun with. */
async function askedPost(
  { blog }: Pages,
  { params }: Asked,
  person: Person,
  { key }: WrittenForm,
): Promise<PostTable | undefined> {
  const { reader } = blog.db
  const { id } = params
  if (id !== undefined) return ownPost(reader, person.id, id)
  return key === undefined ? undefined : postOfSource(reader, person.id, sourceOfKey(key))
}

/** The typed text, to be judged and counted; a text that is itself refused is neither. */
async function typedText({
  markdown,
}: WriteValues): Promise<Pick<Written, 'doc' | 'words' | 'minutes'>> {
  try {
    const { doc } = await readContent({ markdown })
    return { doc, words: wordCount(doc), minutes: readingMinutes(doc) }
  } catch (error) {
    if (!(error instanceof CodedError)) throw error
    return { words: 0, minutes: 1 }
  }
}
