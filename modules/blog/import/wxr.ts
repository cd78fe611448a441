import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { importErrors } from './import-errors.ts'

/** WordPress eXtended RSS, as far as a blog needs it. Namespaces differ by version, prefixes do not. */
export type WxrRecord =
  | { readonly kind: 'site'; readonly url: string }
  | { readonly kind: 'author'; readonly login: string; readonly name: string }
  | { readonly kind: 'category'; readonly slug: string; readonly name: string }
  | { readonly kind: 'tag'; readonly slug: string; readonly name: string }
  | WxrItem

export interface WxrItem {
  readonly kind: 'item'
  readonly fields: Readonly<Record<string, string>>
  readonly terms: readonly {
    readonly domain: string
    readonly slug: string
    readonly name: string
  }[]
  readonly meta: Readonly<Record<string, string>>
  readonly comments: readonly WxrComment[]
}

export type WxrComment = Readonly<Record<string, string>>

interface OpenItem {
  fields: Record<string, string>
  terms: { domain: string; slug: string; name: string }[]
  meta: Record<string, string>
  comments: Record<string, string>[]
}

/** Text between two tags may not grow without bound. */
const MAX_TEXT = 8 * 1024 * 1024
/** A document type could define entities that expand without end. */
const DOCTYPE = /<!DOCTYPE/i

/**
 * Reads an export record by record, holding one at a time.
 *
 * @yields each record, in the order of the file
 * @throws QL_BLOG_IMPORT_BROKEN when it is not well-formed or not an export, with the line.
 */
export async function* readWxr(file: string): AsyncGenerator<WxrRecord> {
  await requireFile(file)
  const reader = new WxrReader()
  const stream = createReadStream(file, { encoding: 'utf8' })
  try {
    for await (const chunk of stream) yield* reader.write(String(chunk))
    yield* reader.end()
  } catch (error) {
    throw asImportError(error)
  } finally {
    stream.destroy()
  }
}

async function requireFile(file: string): Promise<void> {
  try {
    if ((await stat(file)).isFile()) return
  } catch (error) {
    throw importErrors.QL_BLOG_IMPORT_FILE({ values: { file }, cause: error })
  }
  throw importErrors.QL_BLOG_IMPORT_FILE({ values: { file } })
}

function asImportError(error: unknown): unknown {
  if (!(error instanceof WxrError)) return error
  return importErrors.QL_BLOG_IMPORT_BROKEN({ values: { reason: error.message }, cause: error })
}

class WxrError extends Error {
  override readonly name = 'WxrError'
}

const TERM_TAGS: Readonly<Record<string, readonly ['category' | 'tag', string, string]>> = {
  'wp:category': ['category', 'wp:category_nicename', 'wp:cat_name'],
  'wp:tag': ['tag', 'wp:tag_slug', 'wp:tag_name'],
}

/** Elements whose children are gathered until they close. */
const OWN_FIELDS = new Set(['wp:author', 'wp:postmeta', ...Object.keys(TERM_TAGS)])

class WxrReader {
  readonly #parser = new SaxesParser({ xmlns: false })
  readonly #path: string[] = []
  #ready: WxrRecord[] = []
  #text = ''
  #head: Record<string, string> = {}
  #item: OpenItem | undefined
  #term: { domain: string; slug: string } | undefined
  #isRss = false
  #isWxr = false

  constructor() {
    this.#parser.on('error', (error) => {
      throw new WxrError(error.message)
    })
    this.#parser.on('doctype', () => {
      throw new WxrError('a document type is not allowed')
    })
    this.#parser.on('opentag', (tag) => this.#open(tag))
    this.#parser.on('closetag', (tag) => this.#close(tag.name))
    this.#parser.on('text', (text) => this.#add(text))
    this.#parser.on('cdata', (text) => this.#add(text))
  }

  write(chunk: string): WxrRecord[] {
    if (DOCTYPE.test(chunk.slice(0, 4096)) && this.#path.length === 0) {
      throw new WxrError('a document type is not allowed')
    }
    this.#parser.write(chunk)
    return this.#take()
  }

  end(): WxrRecord[] {
    this.#parser.close()
    if (!this.#isWxr)
      throw new WxrError('this is not a WordPress export (wp:wxr_version is missing)')
    return this.#take()
  }

  #take(): WxrRecord[] {
    const ready = this.#ready
    this.#ready = []
    return ready
  }

  #add(text: string): void {
    if (this.#text.length + text.length > MAX_TEXT)
      throw new WxrError('one field is larger than 8 MiB')
    this.#text += text
  }

  #open({ name, attributes }: SaxesTagPlain): void {
    this.#path.push(name)
    this.#text = ''
    if (name === 'rss') this.#isRss = true
    if (!this.#isRss) throw new WxrError('this is not a WordPress export')
    if (OWN_FIELDS.has(name)) this.#head = {}
    else if (name === 'item') this.#item = { fields: {}, terms: [], meta: {}, comments: [] }
    else if (this.#item) this.#openInItem(this.#item, name, attributes)
  }

  #openInItem(item: OpenItem, name: string, attributes: SaxesTagPlain['attributes']): void {
    if (name === 'wp:comment') item.comments.push({})
    if (name !== 'category') return
    this.#term = { domain: attributes['domain'] ?? '', slug: attributes['nicename'] ?? '' }
  }

  #close(name: string): void {
    this.#path.pop()
    const text = this.#text
    this.#text = ''
    if (this.#item) this.#closeInItem(this.#item, name, text)
    else this.#closeInChannel(name, text)
  }

  #closeInItem(item: OpenItem, name: string, text: string): void {
    const parent = this.#path.at(-1)
    if (name === 'item') {
      this.#ready.push({ kind: 'item', ...item })
      this.#item = undefined
    } else if (parent === 'wp:comment') {
      const comment = item.comments.at(-1)
      if (comment) comment[name] = text
    } else if (parent === 'wp:postmeta') this.#head[name] = text
    else if (name === 'wp:postmeta')
      item.meta[this.#head['wp:meta_key'] ?? ''] = this.#head['wp:meta_value'] ?? ''
    else if (name === 'category' && this.#term) item.terms.push({ ...this.#term, name: text })
    else if (parent === 'item') item.fields[name] = text
  }

  #closeInChannel(name: string, text: string): void {
    const term = TERM_TAGS[name]
    if (term) {
      const [kind, slug, label] = term
      this.#ready.push({ kind, slug: this.#head[slug] ?? '', name: this.#head[label] ?? '' })
    } else if (name === 'wp:author') {
      const login = this.#head['wp:author_login'] ?? ''
      this.#ready.push({
        kind: 'author',
        login,
        name: this.#head['wp:author_display_name'] ?? login,
      })
    } else if (name === 'wp:base_blog_url') this.#ready.push({ kind: 'site', url: text.trim() })
    else if (name === 'wp:wxr_version') this.#isWxr = true
    else this.#head[name] = text
  }
}
