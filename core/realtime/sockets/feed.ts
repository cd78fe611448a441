import { CROWDED_BYTES, DRAIN_MS, FULL_BYTES, LIMITS, MAX_BEHIND } from '../limits.ts'
import { textFrame, updateFrame, updateTail } from '../frames/outgoing-frame.ts'
import type { Outlet } from './outlet.ts'
import type { Update } from '../log/update.ts'
import type { ToldLog } from '../log/told-log.ts'

const PAGE = 64
/**
 * How long acknowledgements are waited for before a client that reads is told that it lags, and the log
 * before a pong goes ahead of it.
 */
const PATIENCE_MS = 500

export interface FeedParts {
  readonly userId: string
  readonly log: ToldLog
  readonly outlet: Outlet
  now(): number
  /** The log could not be read. */
  failed(error: unknown): void
}

export type Resume = 'ok' | 'gap' | 'reset'

/**
 * - `waiting`: the client has not said hello
 * - `replaying`: what is missing is read from the log
 * - `live`: what is committed goes out from memory
 * - `full`: too many bytes are on the way; waits until they are taken
 * - `unacknowledged`: too many updates are; waits for an `ack`
 * - `lagging`: the client was told; it fetches by `sync.diff` and acknowledges that
 */
type State = 'waiting' | 'replaying' | 'live' | 'full' | 'unacknowledged' | 'lagging'

/** Brings one socket its user's updates, each once and in order, no faster than it takes them. */
export class Feed {
  readonly #parts: FeedParts
  #state: State = 'waiting'
  #stateSince = 0
  /** The newest update there is. */
  #head = 0
  /** Up to here everything is written to the socket, or known to the client. */
  #sent = 0
  #acked = 0
  /** What the client was told it lacks. */
  #lackedUpTo = 0
  #isPulling = false
  #isReading = false
  #afterReading: (() => void)[] = []
  #isAnnounced = true

  constructor(parts: FeedParts) {
    this.#parts = parts
  }

  get head(): number {
    return this.#head
  }

  /** The client has said that it has all there is. */
  get isAcknowledged(): boolean {
    return this.#state === 'live' && this.#acked === this.#head
  }

  get isCrowded(): boolean {
    return this.#parts.outlet.waitingBytes > CROWDED_BYTES
  }

  /** Decides how a client goes on that was here before; {@link start} follows the answer to it. */
  async resume(from: number | null): Promise<Resume> {
    const { pts, floor } = await this.#parts.log.head(this.#parts.userId)
    this.#head = Math.max(this.#head, pts)
    const isKnown = from !== null && from <= pts && from >= floor && pts - from <= MAX_BEHIND
    this.#sent = isKnown ? from : pts
    this.#acked = this.#sent
    if (!isKnown) return 'reset'
    return from === pts ? 'ok' : 'gap'
  }

  start(): void {
    this.#isAnnounced = false
    this.#replay()
  }

  /** There is an update `pts`; called after its commit, in any order. */
  offer(pts: number, frame: () => Buffer): void {
    if (pts <= this.#head) return
    this.#head = pts
    if (this.#state !== 'live') return
    if (pts === this.#sent + 1 && this.#hasRoom()) this.#write(pts, frame())
    else if (this.#state === 'live') this.#replay()
  }

  /** The log goes up to `pts`, as somebody else has written it. */
  reach(pts: number): void {
    if (pts <= this.#head) return
    this.#head = pts
    if (this.#state === 'live') this.#replay()
  }

  /** The client has everything up to `pts`. */
  acknowledge(pts: number): void {
    if (pts > this.#head) return
    this.#acked = Math.max(this.#acked, pts)
    this.#sent = Math.max(this.#sent, pts)
    const isRead = this.#sent - this.#acked <= LIMITS.win / 2
    if (this.#state === 'unacknowledged' && isRead) this.#replay()
    if (this.#state !== 'lagging') return
    if (pts >= this.#lackedUpTo || (isRead && !this.#isPulling)) this.#replay()
  }

  /** The client fetches what it lacks by itself. */
  pull(): void {
    this.#isPulling = this.#state === 'lagging'
  }

  /** Bytes have been taken. */
  drained(): void {
    if (this.#state === 'full' && !this.isCrowded) this.#tellLag()
  }

  /** Does it once the socket has been told what is read from the log at this moment; soon in any case. */
  onceRead(run: () => void): void {
    if (this.#isReading) this.#afterReading.push(run)
    else run()
  }

  /** Each second. @returns false when the socket has been full for too long. */
  tick(): boolean {
    const elapsed = this.#parts.now() - this.#stateSince
    this.drained()
    if (elapsed >= PATIENCE_MS) this.#goOn()
    if (this.#state === 'unacknowledged' && elapsed >= PATIENCE_MS) this.#tellLag()
    return this.#state !== 'full' || elapsed < DRAIN_MS
  }

  stop(): void {
    this.#enter('waiting')
  }

  #enter(state: State): void {
    this.#state = state
    this.#stateSince = this.#parts.now()
  }

  #hasRoom(): boolean {
    if (this.#parts.outlet.waitingBytes > FULL_BYTES) this.#enter('full')
    else if (this.#sent - this.#acked >= LIMITS.win) this.#enter('unacknowledged')
    else return true
    return false
  }

  #write(pts: number, frame: Buffer): void {
    this.#sent = pts
    this.#parts.outlet.send(frame)
  }

  #tellLag(): void {
    this.#lackedUpTo = this.#head
    this.#isPulling = false
    this.#isAnnounced = false
    this.#enter('lagging')
    this.#parts.outlet.send(textFrame(`{"t":"lag","pts":${this.#head}}`))
  }

  #replay(): void {
    this.#enter('replaying')
    if (this.#isReading) return
    this.#isReading = true
    this.#readOn()
      .catch((error: unknown) => this.#parts.failed(error))
      .finally(() => {
        this.#isReading = false
      })
      /* The state was left and entered again while a page was on its way. */
      .then(() => (this.#state === 'replaying' ? this.#replay() : this.#goOn()))
      .catch(() => undefined)
  }

  #goOn(): void {
    for (const run of this.#afterReading.splice(0)) run()
  }

  async #readOn(): Promise<void> {
    const { log, userId, outlet } = this.#parts
    while (this.#isReplaying() && this.#sent < this.#head) {
      const page = await log.read(userId, this.#sent, PAGE)
      if (!this.#isReplaying()) return
      if (page.length === 0) return this.#tellLag()
      this.#writePage(page)
    }
    if (!this.#isReplaying()) return
    this.#enter('live')
    if (this.#isAnnounced) return
    this.#isAnnounced = true
    outlet.send(textFrame(`{"t":"live","pts":${this.#sent}}`))
  }

  #writePage(page: readonly Update[]): void {
    for (const { pts, type, data } of page) {
      if (pts <= this.#sent) continue
      /* Trimmed meanwhile: by asking, the client learns that it starts afresh. */
      if (pts !== this.#sent + 1) return this.#tellLag()
      if (!this.#hasRoom()) return
      this.#write(pts, updateFrame(pts, updateTail(type, data)))
    }
  }

  #isReplaying(): boolean {
    return this.#state === 'replaying'
  }
}
