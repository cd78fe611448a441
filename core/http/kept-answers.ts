import type { IncomingMessage, ServerResponse } from 'node:http'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Locale } from '../app.ts'
import { etagOf, type KeptPage, type PageCache } from '../views/page-cache.ts'
import { type Preferences, preferencesOf } from './preferences.ts'
import { originOf } from './request-facts.ts'

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
  readonly #fallback: Locale
  readonly #publicUrl: string | null
  readonly #sessionCookies: RegExp
  answered = 0

  constructor(
    cache: PageCache,
    publicUrl: string | null,
    fallback: Locale,
    sessionCookies: RegExp,
  ) {
    this.#cache = cache
    this.#publicUrl = publicUrl
    this.#fallback = fallback
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
    const etag = etagOf(body)
    const page: KeptPage = { ...answer, headers: { ...headers, etag }, body, etag }
    this.#cache.keep(key, page, moment)
    return page
  }

  /** Writes a kept page past the framework. */
  send(key: string, page: KeptPage, request: IncomingMessage, response: ServerResponse): void {
    if (request.headers['if-none-match'] === page.etag) {
      response.writeHead(304, page.headers)
      response.end()
      return
    }
    const { body, encoding } = this.#encoded(key, page, request.headers['accept-encoding'])
    response.writeHead(page.status, {
      ...page.headers,
      ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
      'content-length': body.byteLength,
    })
    response.end(request.method === 'HEAD' ? undefined : body)
  }

  #encoded(
    key: string,
    page: KeptPage,
    accepts: string | string[] | undefined,
  ): { body: Buffer; encoding?: 'br' | 'gzip' } {
    if (accepts === undefined || page.body.byteLength < MIN_COMPRESSED) return { body: page.body }
    if (accepts.includes('br')) {
      page.brotli ??= this.#grown(key, brotli(page.body))
      return { body: page.brotli, encoding: 'br' }
    }
    if (accepts.includes('gzip')) {
      page.gzip ??= this.#grown(key, gzipSync(page.body))
      return { body: page.gzip, encoding: 'gzip' }
    }
    return { body: page.body }
  }

  #grown(key: string, twin: Buffer): Buffer {
    this.#cache.grow(key, twin.byteLength)
    return twin
  }

  #preferences(cookie: string | undefined, languages: string | undefined): string {
    const cookies = cookie === undefined ? {} : preferenceCookies(cookie)
    return preferenceKey(preferencesOf(cookies, languages, this.#fallback))
  }
}

function preferenceKey({ locale, theme, flavour }: Preferences): string {
  return `${locale}|${theme}|${flavour}`
}

/** Values of our own preference cookies are plain words, so no decoding is needed. */
function preferenceCookies(header: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [, name, value] of header.matchAll(/(?:^|; )(quark-[a-z]+)=([a-z]+)/g)) {
    if (name !== undefined && value !== undefined) found[name] = value
  }
  return found
}

function brotli(body: Buffer): Buffer {
  return brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
}
