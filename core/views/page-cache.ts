import { createHash } from 'node:crypto'
import type { CloudEvent } from '../app.ts'

/** A page as it was sent to a stranger. */
export interface KeptPage {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly etag: string
  /** Made at the first request that accepts it. */
  gzip?: Buffer
  brotli?: Buffer
  readonly shows: readonly string[]
}

/**
 * Bytes of anonymous pages, bounded in bytes, the longest unused leaving first. An event drops
 * every page that shows its subject or one it touches, before whoever caused it is answered.
 */
export class PageCache {
  readonly #maxBytes: number
  readonly #pages = new Map<string, KeptPage>()
  readonly #keysBySubject = new Map<string, Set<string>>()
  #bytes = 0
  #drops = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Taken before a page is rendered and given to {@link takes} and {@link keep} with it. */
  get moment(): number {
    return this.#drops
  }

  find(key: string): KeptPage | undefined {
    const page = this.#pages.get(key)
    if (!page) return undefined
    this.#pages.delete(key)
    this.#pages.set(key, page)
    return page
  }

  /** False if anything was dropped since `moment`: a page made since may show what was before. */
  takes(bytes: number, moment: number): boolean {
    return moment === this.#drops && bytes * 4 <= this.#maxBytes
  }

  /** Keeps nothing that it does not {@link takes | take}. */
  keep(key: string, page: KeptPage, moment: number): void {
    if (!this.takes(page.body.byteLength, moment)) return
    this.#forget(key)
    this.#pages.set(key, page)
    this.#bytes += page.body.byteLength
    for (const subject of page.shows) {
      const keys = this.#keysBySubject.get(subject) ?? new Set()
      this.#keysBySubject.set(subject, keys.add(key))
    }
    this.#makeRoom()
  }

  /** Compressed twins count as well. */
  grow(key: string, bytes: number): void {
    if (!this.#pages.has(key)) return
    this.#bytes += bytes
    this.#makeRoom()
  }

  onEvent(event: CloudEvent): void {
    this.#drops++
    const subjects = [event.subject, ...(event.touches?.split(' ') ?? [])]
    for (const subject of subjects) this.drop(subject)
  }

  drop(subject: string): void {
    this.#drops++
    for (const key of this.#keysBySubject.get(subject) ?? []) this.#forget(key)
  }

  clear(): void {
    this.#drops++
    this.#pages.clear()
    this.#keysBySubject.clear()
    this.#bytes = 0
  }

  #makeRoom(): void {
    for (const oldest of this.#pages.keys()) {
      if (this.#bytes <= this.#maxBytes) break
      this.#forget(oldest)
    }
  }

  #forget(key: string): void {
    const page = this.#pages.get(key)
    if (!page) return
    this.#pages.delete(key)
    this.#bytes -=
      page.body.byteLength + (page.gzip?.byteLength ?? 0) + (page.brotli?.byteLength ?? 0)
    for (const subject of page.shows) {
      const keys = this.#keysBySubject.get(subject)
      keys?.delete(key)
      if (keys?.size === 0) this.#keysBySubject.delete(subject)
    }
  }
}

/** Strong, by content (RFC 9110 §8.8.3). */
export function etagOf(body: Buffer): string {
  return `"${createHash('sha1').update(body).digest('base64url')}"`
}
