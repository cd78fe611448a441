import { type CurrentPost, readCurrent, readPost, type Saved, wordsOf } from './answered-post.ts'

/** A draft as the API takes it; compared by content, so the order of the members is fixed. */
export type Draft = {
  readonly title: string
  readonly markdown: string
  readonly tags: readonly string[]
  readonly excerpt: string
  readonly visibility: string
  /** Only when the person wrote the address by hand. */
  readonly slug?: string
}

/**
 * `empty`: nothing was written yet. `saving` is shown from 300 ms on. `held`: a published post,
 * whose changes wait here for the person's word. `offline` and `refused` try again by themselves
 * where that can help; `conflict` waits for the person. In each of them the text is kept here.
 */
export type KeeperState = 'empty' | 'saved' | 'saving' | 'held' | 'offline' | 'refused' | 'conflict'

/** An answer of the API. */
export type Answer = { readonly status: number; readonly body: unknown }

/** Everything the keeper touches outside of itself. */
export interface KeeperWorld {
  now(): number
  /** @returns what cancels it. */
  later(run: () => void, ms: number): () => void
  /** Made by chance for the post to be begun; the station begins one post with it. */
  key(): string | undefined
  /** Rejects when the station cannot be reached. */
  send(method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<Answer>
  /** Writes the copy in this browser. False when there is no room for it. */
  keep(id: string | undefined, rev: number | undefined): boolean
  /** Drops the copy: the station has everything. */
  forget(id: string | undefined): void
  /** Tells what to draw. */
  show(state: KeeperState): void
  /** After each save. */
  saved(saved: Saved): void
  /** Somebody else's change to other paragraphs came back together with ours. */
  merged(title: string, markdown: string): void
}

export type KeeperStart = {
  readonly api: string
  readonly id?: string | undefined
  readonly rev?: number | undefined
  /** The text the page opened with. */
  readonly draft: Draft
  /** Whether the station has that text; not so after a preview or a refused form. */
  readonly isStored: boolean
  /** Whether text is saved while typing: drafts only, a published post changes on purpose. */
  readonly isLive: boolean
}

const PAUSE_MS = 1_000
/** Someone who never pauses is saved all the same. */
const LONGEST_WAIT_MS = 5_000
const SHOW_SAVING_MS = 300
const FIRST_REV = 1
const RETRY_MS = [2_000, 5_000, 15_000, 30_000] as const

/**
 * Keeps a text from being lost: first in this browser, then on the station. One write is under way
 * at a time; each is made on the revision that the one before it returned.
 */
export class DraftKeeper {
  readonly #world: KeeperWorld
  readonly #api: string
  readonly #isLive: boolean
  #id: string | undefined
  #rev: number | undefined
  #draft: Draft
  #stored: string
  #state: KeeperState
  #isKept = true
  #flight: Promise<void> | undefined
  #firstUnsavedAt: number | undefined
  #cancelSave: (() => void) | undefined
  #cancelShow: (() => void) | undefined
  #failures = 0
  /** Sent without an answer: it may have arrived. */
  #unanswered: Draft | undefined
  #isStopped = false

  constructor(world: KeeperWorld, start: KeeperStart) {
    this.#world = world
    this.#api = start.api
    this.#isLive = start.isLive
    this.#id = start.id
    this.#rev = start.rev
    this.#draft = start.draft
    this.#stored = start.isStored ? JSON.stringify(start.draft) : ''
    this.#state = start.id === undefined ? 'empty' : 'saved'
  }

  get state(): KeeperState {
    return this.#state
  }

  get rev(): number | undefined {
    return this.#rev
  }

  /** Whether leaving now would lose words: they are neither on the station nor in this browser. */
  get isAtRisk(): boolean {
    return this.#isDirty && !this.#isKept
  }

  get #isDirty(): boolean {
    return JSON.stringify(this.#draft) !== this.#stored
  }

  /** The text as it is now. The copy in this browser is written before anything else happens. */
  edit(draft: Draft): void {
    this.#draft = draft
    if (!this.#isDirty && this.#flight === undefined && this.#state !== 'conflict') {
      this.#settleDown()
      return
    }
    this.#isKept = this.#world.keep(this.#id, this.#rev)
    this.#plan()
  }

  /** Saves without waiting for a pause: on Ctrl+S, when the network returns, when the page hides. */
  flush(): Promise<void> {
    this.#cancelSave?.()
    if (!this.#isLive || this.#isStopped || this.#state === 'conflict' || !this.#isDirty) {
      return this.#flight ?? Promise.resolve()
    }
    this.#flight ??= this.#save().finally(() => {
      this.#flight = undefined
      if (this.#isDirty && !this.#isWaiting()) this.#plan()
    })
    return this.#flight
  }

  /** Lets the write under way end and begins no other: the form itself is about to be sent. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.#cancelSave?.()
    this.#cancelShow?.()
    await this.#flight
  }

  /** Writing failed and a try is planned, or only the person can help. */
  #isWaiting(): boolean {
    return this.#state === 'offline' || this.#state === 'refused' || this.#state === 'conflict'
  }

  #plan(): void {
    if (this.#isStopped || this.#state === 'conflict') return
    if (!this.#isLive) return this.#become('held')
    const now = this.#world.now()
    this.#firstUnsavedAt ??= now
    const wait = Math.min(PAUSE_MS, Math.max(0, this.#firstUnsavedAt + LONGEST_WAIT_MS - now))
    this.#saveIn(wait)
    if (!this.#isWaiting()) {
      this.#cancelShow ??= this.#world.later(() => this.#become('saving'), SHOW_SAVING_MS)
    }
  }

  #saveIn(ms: number): void {
    this.#cancelSave?.()
    this.#cancelSave = this.#world.later(() => void this.flush(), ms)
  }

  async #save(): Promise<void> {
    const sent = this.#draft
    this.#firstUnsavedAt = undefined
    let answer: Answer
    try {
      answer = await this.#send(sent)
    } catch {
      this.#unanswered = sent
      this.#tryAgain('offline')
      return
    }
    if (answer.status === 200 && this.#id === undefined) return this.#adopt(readPost(answer.body))
    if (answer.status < 300) return this.#accept(readPost(answer.body), sent)
    if (answer.status === 409) return this.#resolve(sent)
    if (answer.status === 429 || answer.status >= 500) return this.#tryAgain('refused')
    this.#become('refused')
  }

  #send({ markdown, tags, ...rest }: Draft): Promise<Answer> {
    const body = { ...rest, tags, content: { markdown } }
    if (this.#id === undefined)
      return this.#world.send('POST', this.#api, { ...body, key: this.#world.key() })
    return this.#world.send('PATCH', this.#path(), { baseRev: this.#rev, ...body })
  }

  #path(): string {
    return `${this.#api}/${this.#id ?? ''}`
  }

  async #accept(post: Saved, sent: Draft): Promise<void> {
    const isMerged = this.#rev !== undefined && post.rev > this.#rev + 1
    const idBefore = this.#id
    this.#unanswered = undefined
    this.#failures = 0
    if (isMerged && !(await this.#takeMerged(post.rev, sent))) return
    this.#id = post.id
    this.#rev = post.rev
    if (!isMerged) this.#stored = JSON.stringify(sent)
    this.#world.saved({ id: post.id, rev: post.rev, slug: post.slug })
    if (idBefore === undefined) this.#world.forget(undefined)
    this.#rest()
  }

  /** Begun before, by a save whose answer got lost: all that is here is a change of its beginning. */
  #adopt(post: Saved): void {
    this.#unanswered = undefined
    this.#failures = 0
    this.#id = post.id
    this.#rev = FIRST_REV
    this.#stored = ''
    this.#world.saved({ ...post, rev: FIRST_REV })
    this.#world.forget(undefined)
    this.#rest()
  }

  /** After a save: what was typed meanwhile is the next one. */
  #rest(): void {
    if (!this.#isDirty) return this.#settleDown()
    this.#isKept = this.#world.keep(this.#id, this.#rev)
    this.#become('saving')
  }

  /** The next save would undo what others wrote, unless their words stand in this text too. */
  async #takeMerged(rev: number, sent: Draft): Promise<boolean> {
    const current = await this.#current()
    if (current === undefined || current.rev !== rev || this.#draft !== sent) {
      this.#become('conflict')
      return false
    }
    const { title, markdown } = current
    this.#draft = { ...sent, title, markdown }
    this.#stored = JSON.stringify(this.#draft)
    this.#world.merged(title, markdown)
    return true
  }

  /**
   * A conflict with a save of our own, whose answer got lost on the way, is none. Browsers also
   * repeat a request by themselves when a connection breaks, so the text just sent counts too.
   */
  async #resolve(sent: Draft): Promise<void> {
    const current = await this.#current()
    const ours = [this.#unanswered, sent].find(
      (draft) => draft && current && wordsOf(draft) === wordsOf(current),
    )
    if (current === undefined || ours === undefined) return this.#become('conflict')
    this.#unanswered = undefined
    this.#rev = current.rev
    this.#stored = JSON.stringify(ours)
    this.#world.saved(current)
    this.#rest()
  }

  async #current(): Promise<CurrentPost | undefined> {
    try {
      const { status, body } = await this.#world.send('GET', `${this.#path()}?format=markdown`)
      return status === 200 ? readCurrent(body) : undefined
    } catch {
      return undefined
    }
  }

  #tryAgain(state: 'offline' | 'refused'): void {
    this.#become(state)
    const wait = RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)] ?? PAUSE_MS
    this.#failures += 1
    if (!this.#isStopped) this.#saveIn(wait)
  }

  #settleDown(): void {
    this.#cancelSave?.()
    this.#firstUnsavedAt = undefined
    this.#isKept = true
    this.#world.forget(this.#id)
    this.#become(this.#id === undefined ? 'empty' : 'saved')
  }

  #become(state: KeeperState): void {
    this.#cancelShow?.()
    this.#cancelShow = undefined
    if (this.#isStopped && state === 'saving') return
    this.#state = state
    this.#world.show(state)
  }
}
