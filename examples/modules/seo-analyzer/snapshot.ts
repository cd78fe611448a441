/** What the analysis needs of a post, each field present whatever the event held. */
export interface PostSnapshot {
  readonly id: string
  readonly title: string
  readonly lang: 'ru' | 'en'
  /** Plain text, one line for each block. */
  readonly content: string
  readonly headings: readonly Heading[]
  /** Addresses in reading order. */
  readonly links: readonly string[]
  readonly images: readonly { readonly alt: string }[]
}

export interface Heading {
  readonly level: number
  readonly text: string
}

/**
 * Reads the payload of `post.published` without trusting it: what is missing or of another type
 * counts as empty, so a richer or poorer payload never stops the analysis.
 *
 * @returns null when there is no post to speak of: no id or no text.
 */
export function snapshotOf(data: unknown): PostSnapshot | null {
  const id = text(field(data, 'id'))
  const content = text(field(data, 'content'))
  if (id === '' || content.trim() === '') return null
  return {
    id,
    content,
    title: text(field(data, 'title')).trim(),
    lang: languageOf(field(data, 'lang'), content),
    headings: list(field(data, 'headings')).map((heading) => ({
      level: number(field(heading, 'level')),
      text: text(field(heading, 'text')).trim(),
    })),
    links: list(field(data, 'links')).map((link) => text(field(link, 'href') ?? link).trim()),
    images: list(field(data, 'images')).map((image) => ({ alt: text(field(image, 'alt')).trim() })),
  }
}

/** A member of an object; undefined for everything that is no object. */
export function field(value: unknown, name: string): unknown {
  const isObject = typeof value === 'object' && value !== null
  return isObject && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function number(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function languageOf(value: unknown, content: string): 'ru' | 'en' {
  if (value === 'ru' || value === 'en') return value
  return /[а-яё]/i.test(content) ? 'ru' : 'en'
}
