import type { IncomingMessage, ServerResponse } from 'node:http'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Locale } from '../../port/requests.ts'
import type { KeptBytes, KeptPage, PageCache } from '../../views/page-cache.ts'
import { AcceptedEncoding, type Coding } from './accepted-encoding.ts'
import { entityTag, namesTag, tagInCoding } from './entity-tag.ts'
import { type Preferences, preferencesOf } from '../requests/preferences.ts'
import { originOf } from '../requests/request-facts.ts'

/** Compressing less than this saves no packet. */
const MIN_COMPRESSED = 1_024

export interface NewAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly shows: readonly string[]
}

/**
 * Answers strangers from kept bytes before the framework wakes up. A request with a session, or
 * for anything but reading, passes by.
 */
export class KeptAnswers {
  readonly #cache: PageCache
  readonly #station: { readonly locale: Locale }
  readonly #publicUrl: string | null
  readonly #sessionCookies: RegExp
  readonly #encoding = new AcceptedEncoding(['br', 'gzip'])
  answered = 0

  constructor(
    cache: PageCache,
    publicUrl: string | null,
    station: { readonly locale: Locale },
    sessionCookies: RegExp,
  ) {
    this.#cache = cache
    this.#publicUrl = publicUrl
    this.#station = station
    this.#sessionCookies = sessionCookies
  }

  get moment(): number {
    return this.#cache.moment
  }

  /** The key of a stranger's reading request; undefined for any other. */
  keyOf({ method, url, headers }: IncomingMessage): string | undefined {
    if ((method !== 'GET' && method !== 'HEAD') || headers.authorization !== undefined)
      return undefined
    const { cookie } = headers
    if (cookie !== undefined && this.#sessionCookies.test(cookie)) return undefined
    const preferences = this.#preferences(cookie, headers['accept-language'])
    const host = this.#publicUrl === null ? originOf(headers.host) : ''
    return `${preferences}|${host}${url ?? ''}`
  }

  /** True when the request has been answered. */
  answer(request: IncomingMessage, response: ServerResponse): boolean {
    const key = this.keyOf(request)
    const page = key === undefined ? undefined : this.#cache.find(key)
    if (!page || key === undefined) return false
    this.answered++
    this.send(key, page, request, response)
    return true
  }

  /** Undefined when the page cannot be kept. `moment` was taken before it was made. */
  keep(key: string, { text, headers, ...answer }: NewAnswer, moment: number): KeptPage | undefined {
    if (!this.#cache.takes(Buffer.byteLength(text), moment)) return undefined
    const body = Buffer.from(text)
    const etag = entityTag(body)
    const plain = { body, headers: lengthened({ ...headers, etag }, body) }
    const page: KeptPage = { ...answer, headers, etag, plain }
    this.#cache.keep(key, page, moment)
    return page
  }

  /** Writes a kept page past the framework. */
  send(key: string, page: KeptPage, request: IncomingMessage, response: ServerResponse): void {
    const isWorth = page.plain.body.byteLength >= MIN_COMPRESSED
    const coding = isWorth ? this.#encoding.choose(request.headers['accept-encoding']) : undefined
    const known = request.headers['if-none-match']
    if (known !== undefined) {
      const etag = tagInCoding(page.etag, coding)
      if (namesTag(known, etag)) {
        response.writeHead(304, { ...page.headers, etag })
        response.end()
        return
      }
    }
    const { body, headers } = this.#inCoding(key, page, coding)
    response.writeHead(page.status, headers)
    response.end(request.method === 'HEAD' ? undefined : body)
  }

  #inCoding(key: string, page: KeptPage, coding: Coding | undefined): KeptBytes {
    if (coding === undefined) return page.plain
    const made = page[coding]
    if (made) return made
    const body = COMPRESS[coding](page.plain.body)
    const etag = tagInCoding(page.etag, coding)
    const headers = lengthened({ ...page.headers, etag, 'content-encoding': coding }, body)
    const twin: KeptBytes = { body, headers }
    page[coding] = twin
    this.#cache.grow(key, body.byteLength)
    return twin
  }

  #preferences(cookie: string | undefined, languages: string | undefined): string {
    const cookies = cookie === undefined ? {} : preferenceCookies(cookie)
    return preferenceKey(preferencesOf(cookies, languages, this.#station.locale))
  }
}

function preferenceKey({ locale, theme, flavour, textSize, motion }: Preferences): string {
  return `${locale}|${theme}|${flavour}|${textSize}|${motion}`
}

/** Values of our own preference cookies are plain words, so no decoding is needed. */
function preferenceCookies(header: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [, name, value] of header.matchAll(/(?:^|; )(quark-[a-z]+)=([a-z]+)/g)) {
    if (name !== undefined && value !== undefined) found[name] = value
  }
  return found
}

const COMPRESS: Readonly<Record<Coding, (body: Buffer) => Buffer>> = {
  br: (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (body) => gzipSync(body),
}

function lengthened(headers: Record<string, string>, body: Buffer): Record<string, string> {
  return { ...headers, 'content-length': String(body.byteLength) }
}
