import type { CodedError } from '#core'
import { draftKeyIn } from '../writing/draft-key.ts'
import { blogErrors } from '../errors.ts'
import type { Visibility, WriteAction, WriteField, WriteValues } from '../views/write-props.ts'

/** What the form of the writing page has sent. */
export interface WrittenForm {
  readonly action: WriteAction
  readonly values: WriteValues
  /** undefined for a post that was never saved. */
  readonly baseRev: number | undefined
  /** Of a page whose post was never saved: a form sent twice begins one post. */
  readonly key: string | undefined
}

const ACTIONS: readonly WriteAction[] = ['save', 'publish', 'unpublish', 'preview', 'delete']
const VISIBILITIES: readonly Visibility[] = ['public', 'unlisted']
export const MAX_TITLE = 300
const MAX_EXCERPT = 600
const MAX_TAGS = 20

/** Reads a form as it came; nothing of it is refused here, so that nothing typed is lost. */
export function writtenForm(body: unknown): WrittenForm {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Readonly<
    Record<string, unknown>
  >
  const text = (name: string): string => {
    const value = fields[name]
    return typeof value === 'string' ? value : ''
  }
  const rev = Number(text('baseRev') || Number.NaN)
  return {
    action: ACTIONS.find((action) => action === text('action')) ?? 'save',
    baseRev: Number.isSafeInteger(rev) && rev > 0 ? rev : undefined,
    key: draftKeyIn(text('key')),
    values: {
      title: oneLine(text('title')),
      markdown: text('markdown'),
      slug: text('slug').trim().toLowerCase(),
      tags: text('tags'),
      excerpt: oneLine(text('excerpt')),
      visibility: VISIBILITIES.find((name) => name === text('visibility')) ?? 'public',
      publishAt: text('publishAt').trim(),
    },
  }
}

/** Names between commas. @throws QL_BLOG_TAGS_MANY. */
export function tagsIn({ tags }: WriteValues): string[] {
  const names = tags
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  if (names.length > MAX_TAGS) throw refused('QL_BLOG_TAGS_MANY', '/tags', { max: MAX_TAGS })
  return names
}

/** @throws QL_BLOG_TITLE_INVALID, QL_BLOG_EXCERPT_INVALID. */
export function requireLines({ title, excerpt }: WriteValues): void {
  if (!isLine(title, MAX_TITLE)) throw refused('QL_BLOG_TITLE_INVALID', '/title')
  if (!isLine(excerpt, MAX_EXCERPT)) throw refused('QL_BLOG_EXCERPT_INVALID', '/excerpt')
}

/** Which field of the form each problem belongs to, in the writer's words. */
export function fieldErrors(
  error: CodedError,
  locale: 'ru' | 'en',
): Partial<Record<WriteField, string>> | undefined {
  const errors: Partial<Record<WriteField, string>> = {}
  for (const problem of error.details.errors ?? []) {
    const field = FIELDS[problem.path.split('/')[1] ?? '']
    if (field !== undefined) errors[field] ??= problem[locale]
  }
  return Object.keys(errors).length > 0 ? errors : undefined
}

const FIELDS: Readonly<Record<string, WriteField>> = {
  title: 'title',
  content: 'markdown',
  slug: 'slug',
  tags: 'tags',
  excerpt: 'excerpt',
  publishAt: 'publishAt',
  visibility: 'visibility',
}

export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

function isLine(text: string, maxLength: number): boolean {
  return Array.from(text).length <= maxLength && !/\p{Cc}/u.test(text)
}

type Refusal = 'QL_BLOG_TITLE_INVALID' | 'QL_BLOG_EXCERPT_INVALID' | 'QL_BLOG_TAGS_MANY'

function refused(code: Refusal, path: string, values?: Readonly<Record<string, number>>) {
  const texts = blogErrors[code](values ? { values } : {})
  const problem = { path, code, en: texts.text('en'), ru: texts.text('ru') }
  return blogErrors[code]({ errors: [problem], ...(values ? { values } : {}) })
}
