import type { Update, World } from '#client'

export interface Position {
  readonly epoch: string
  readonly pts: number
}

export type Difference =
  | { readonly u: readonly Update[]; readonly head: number; readonly more: boolean }
  | { readonly reset: true; readonly epoch: string; readonly pts: number }

export interface UpdateLineParts {
  readonly world: Pick<World, 'later'>
  /** Keeps the effects and the position in one transaction; updates follow one another. */
  apply(updates: readonly Update[], position: Position): Promise<void>
  /** Asks `sync.diff`. */
  difference(from: Position): Promise<Difference>
  /** Everything is fetched afresh; resolves with where the log stood before that. */
  restart(): Promise<Position>
  acknowledge(pts: number): void
}

const GAP_MS = 300
const ACK_EVERY = 32
const ACK_MS = 1_000
const AGAIN_MS = 2_000
const MAX_BUFFERED = 1_000

/**
 * Brings updates into order: applies the next one, drops what is known, keeps what is too early and
 * asks for the rest. Delivery is at least once, the effect exactly once.
 */
export class UpdateLine {
  readonly #parts: UpdateLineParts
  readonly #early = new Map<number, Update>()
  #position: Position | undefined
  #head = 0
  #acked = 0
  #work: Promise<void> = Promise.resolve()
  #isDraining = false
  #isAsking = false
  #cancelGap: (() => void) | undefined
  #cancelAck: (() => void) | undefined

  constructor(parts: UpdateLineParts, position: Position | undefined) {
    this.#parts = parts
    this.#position = position
    this.#head = position?.pts ?? 0
    this.#acked = this.#head
  }

  get position(): Position | undefined {
    return this.#position
  }

  /** Resolves when what has come so far is applied. */
  get settled(): Promise<void> {
    return this.#work
  }

  receive(update: Update): void {
    const local = this.#position?.pts
    this.#head = Math.max(this.#head, update.pts)
    if (local === undefined || update.pts <= local || this.#early.size >= MAX_BUFFERED) return
    this.#early.set(update.pts, update)
    this.#drainSoon()
  }

  /** The station knows updates up to here. */
  headIs(pts: number): void {
    this.#head = Math.max(this.#head, pts)
    if (this.#position && pts > this.#position.pts) this.#drainSoon()
  }

  /** The numbers known here mean nothing any more. */
  restart(): void {
    this.#early.clear()
    this.#enqueue(() => this.#restart())
  }

  #enqueue(step: () => Promise<void>): void {
    this.#work = this.#work.then(step).catch(() => this.#againLater())
  }

  #againLater(): void {
    this.#parts.world.later(() => {
      if (this.#position) this.headIs(this.#head)
      else this.restart()
    }, AGAIN_MS)
  }

  #drainSoon(): void {
    if (this.#isDraining) return
    this.#isDraining = true
    this.#enqueue(async () => {
      this.#isDraining = false
      await this.#drain()
    })
  }

  async #drain(): Promise<void> {
    const position = this.#position
    if (!position) return
    const ready: Update[] = []
    for (let pts = position.pts + 1; ; pts++) {
      const update = this.#early.get(pts)
      if (!update) break
      ready.push(update)
    }
    if (ready.length > 0) await this.#take(ready, position.epoch)
    const local = this.#position?.pts ?? 0
    for (const pts of this.#early.keys()) if (pts <= local) this.#early.delete(pts)
    if (this.#head > local) this.#watchGap()
    else this.#closeGap()
  }

  async #take(updates: readonly Update[], epoch: string): Promise<void> {
    const pts = updates.at(-1)?.pts
    if (pts === undefined) return
    const position = { epoch, pts }
    await this.#parts.apply(updates, position)
    this.#position = position
    this.#acknowledgeSoon()
  }

  #watchGap(): void {
    this.#cancelGap ??= this.#parts.world.later(() => {
      this.#cancelGap = undefined
      if (this.#isAsking) return
      this.#isAsking = true
      this.#enqueue(async () => {
        this.#isAsking = false
        await this.#askDifference()
      })
    }, GAP_MS)
  }

  #closeGap(): void {
    this.#cancelGap?.()
    this.#cancelGap = undefined
  }

  async #askDifference(): Promise<void> {
    for (;;) {
      const position = this.#position
      if (!position || this.#head <= position.pts) return
      const answer = await this.#parts.difference(position)
      if ('reset' in answer) return this.#restart()
      await this.#take(answer.u, position.epoch)
      this.#head = Math.max(this.#head, answer.head)
      if (!answer.more) break
    }
    await this.#drain()
  }

  async #restart(): Promise<void> {
    this.#position = undefined
    this.#closeGap()
    const position = await this.#parts.restart()
    this.#position = position
    this.#acked = position.pts
    this.#parts.acknowledge(position.pts)
    await this.#drain()
  }

  #acknowledgeSoon(): void {
    const pts = this.#position?.pts ?? 0
    if (pts - this.#acked >= ACK_EVERY) return this.#acknowledge()
    this.#cancelAck ??= this.#parts.world.later(() => this.#acknowledge(), ACK_MS)
  }

  #acknowledge(): void {
    this.#cancelAck?.()
    this.#cancelAck = undefined
    const pts = this.#position?.pts ?? 0
    if (pts <= this.#acked) return
    this.#acked = pts
    this.#parts.acknowledge(pts)
  }
}
