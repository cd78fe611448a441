import type { CloudEvent } from '../port/events.ts'

/** The bytes of one coding with all that is sent before them. */
export interface KeptBytes {
  readonly body: Buffer
  readonly headers: Readonly<Record<string, string>>
}

/** A page as it was sent to a stranger. */
export interface KeptPage {
  readonly status: number
  /** Of every coding. */
  readonly headers: Readonly<Record<string, string>>
  /** Of the plain bytes. */
  readonly etag: string
  readonly plain: KeptBytes
  /** Made at the first request that accepts it. */
  gzip?: KeptBytes
  br?: KeptBytes
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
    if (!this.takes(page.plain.body.byteLength, moment)) return
    this.#forget(key)
    this.#pages.set(key, page)
    this.#bytes += page.plain.body.byteLength
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
    for (const kept of [page.plain, page.gzip, page.br]) this.#bytes -= kept?.body.byteLength ?? 0
    for (const subject of page.shows) {
      const keys = this.#keysBySubject.get(subject)
      keys?.delete(key)
      if (keys?.size === 0) this.#keysBySubject.delete(subject)
    }
  }
}
