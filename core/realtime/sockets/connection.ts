import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { Locale } from '../../port/requests.ts'
import { coreErrors } from '../../errors.ts'
import { asCoded } from '../../http/answers/problem.ts'
import { Allowance } from './allowance.ts'
import { CLOSE, type CloseCode, LATE } from './close-codes.ts'
import { Feed } from './feed.ts'
import { type HelloFrame, readFrame, type RequestFrame } from '../frames/incoming-frame.ts'
import { FULL_BYTES, HEARTBEAT_MS, HELLO_MS, LIMITS, SILENCE_MS } from '../limits.ts'
import { textFrame } from '../frames/outgoing-frame.ts'
import { type Flusher, Outlet } from './outlet.ts'
import { requestFailure } from '../frames/request-failure.ts'
import type { ToldLog } from '../log/told-log.ts'
import { TopicFeed } from './topic-feed.ts'
import type { Topics } from './topics.ts'

const VERSION = 1
/** The oldest client that may stay; older ones reload. */
const MIN_CLIENT = '1.0.0'
const BURST = { size: 240, perS: 60 }
/** Acknowledgements come in bursts while somebody catches up, and cost next to nothing. */
const ACK_COST = 0.25
const MAX_REQUESTS_AT_ONCE = 16
/** How long the other side may take to answer our close frame. */
const CLOSING_MS = 1_000

/** Who is at the other end. */
export interface Bearer {
  readonly userId: string
  readonly sessionId: string
  readonly ip: string
  readonly locale: Locale
  readonly origin: string
}

export interface ConnectionParts {
  readonly bearer: Bearer
  readonly socket: Duplex
  readonly webSocket: WebSocket
  readonly flusher: Flusher
  readonly updates: ToldLog
  readonly topics: Topics
  readonly epoch: string
  /** False: a flood is let through, for load tests. */
  readonly isLimited: boolean
  now(): number
  /** Asks a method; null when the session has ended. @throws what the method throws. */
  ask(name: string, input: unknown): Promise<object | null>
  /** Whether the session may still be used. */
  isAlive(): Promise<boolean>
  greeted(connection: Connection): void
  closed(connection: Connection): void
  failed(error: unknown): void
  count(what: 'in' | 'dropped'): void
}

/** One socket of one person: what it may say, and what it is told. */
export class Connection {
  readonly bearer: Bearer
  readonly #parts: ConnectionParts
  readonly #outlet: Outlet
  readonly #feed: Feed
  readonly #topics: TopicFeed
  #held: Readonly<Record<string, number>> = {}
  readonly #allowance: Allowance
  readonly #openedAt: number
  #heardAt: number
  #state: 'new' | 'greeting' | 'open' | 'closed' = 'new'
  #requests = 0
  device: string | null = null

  constructor(parts: ConnectionParts) {
    const { webSocket, socket, flusher, bearer, updates, topics } = parts
    this.#parts = parts
    this.bearer = bearer
    this.#outlet = new Outlet(socket, flusher)
    this.#openedAt = parts.now()
    this.#heardAt = this.#openedAt
    this.#allowance = new Allowance(BURST, this.#openedAt)
    const common = {
      userId: bearer.userId,
      outlet: this.#outlet,
      now: () => parts.now(),
      failed: (error: unknown) => this.#fail(error),
    }
    this.#feed = new Feed({ ...common, log: updates })
    this.#topics = new TopicFeed({ ...common, topics })
    socket.on('drain', () => this.#drained())
    webSocket.on('message', (data: Buffer, isBinary) => this.#hear(data, isBinary))
    webSocket.on('ping', (data) => this.#echo(data))
    webSocket.on('error', () => this.#endSoon())
    webSocket.on('close', () => this.#gone())
  }

  get isOpen(): boolean {
    return this.#state !== 'closed'
  }

  /** See {@link Feed.isAcknowledged}. */
  get hasHeardAll(): boolean {
    return this.#state === 'open' && this.#feed.isAcknowledged
  }

  /** Requests that are being answered. */
  get isBusy(): boolean {
    return this.#requests > 0
  }

  /** See {@link TopicFeed.ask}. */
  askTopics(): void {
    this.#topics.ask()
  }

  /** See {@link Feed.offer}. */
  offer(pts: number, frame: () => Buffer): void {
    this.#feed.offer(pts, frame)
  }

  /** See {@link Feed.reach}. */
  reach(pts: number): void {
    this.#feed.reach(pts)
  }

  /** What may be lost is lost first. */
  signal(frame: Buffer): void {
    if (this.#state !== 'open') return
    if (this.#feed.isCrowded) this.#parts.count('dropped')
    else this.#outlet.send(frame)
  }

  /** Asks the client to come back a little later, which it does when the socket is closed. */
  sayGoodbye(text: string): void {
    if (this.isOpen) this.#say(text)
  }

  /** Each second. */
  tick(): void {
    const now = this.#parts.now()
    const isMute = this.#state === 'new' && now - this.#openedAt >= HELLO_MS
    if (isMute) return this.close(CLOSE.protocol, LATE)
    if (now - this.#heardAt >= SILENCE_MS) return this.close(CLOSE.timeout)
    if (!this.#feed.tick() || !this.#topics.tick()) this.close(CLOSE.slow)
  }

  /** At once: nothing more is told, and nothing that was held back. */
  close(code: CloseCode, reason = ''): void {
    if (!this.isOpen) return
    if (code === CLOSE.revoked) this.#outlet.shut()
    this.#outlet.flush()
    this.#gone()
    this.#parts.webSocket.close(code, reason)
    this.#endSoon()
  }

  /** Closes, and answers when it is closed. */
  async leave(code: CloseCode): Promise<void> {
    const closed = once(this.#parts.webSocket, 'close')
    this.close(code)
    await closed
  }

  #endSoon(): void {
    setTimeout(() => this.#parts.webSocket.terminate(), CLOSING_MS).unref()
  }

  #gone(): void {
    if (!this.isOpen) return
    this.#state = 'closed'
    this.#feed.stop()
    this.#topics.stop()
    this.#outlet.shut()
    this.#parts.closed(this)
  }

  #fail(error: unknown): void {
    this.#parts.failed(error)
    this.close(CLOSE.failure)
  }

  #drained(): void {
    if (!this.isOpen) return
    this.#feed.drained()
    this.#topics.tick()
    this.#parts.webSocket.resume()
  }

  #say(text: string): void {
    this.#outlet.send(textFrame(text))
    /* Who asks and does not read is not listened to meanwhile. */
    if (this.#outlet.waitingBytes > FULL_BYTES) this.#parts.webSocket.pause()
  }

  #isFlood(cost: number): boolean {
    const now = this.#parts.now()
    this.#heardAt = now
    if (!this.#parts.isLimited || this.#allowance.take(cost, now)) return false
    this.close(CLOSE.flood)
    return true
  }

  /** The library's own answer would let through any number of them, or end without a word. */
  #echo(data: Buffer): void {
    if (this.isOpen && !this.#isFlood(1)) this.#parts.webSocket.pong(data)
  }

  #hear(data: Buffer, isBinary: boolean): void {
    if (!this.isOpen) return
    this.#parts.count('in')
    const frame = isBinary ? null : readFrame(data.toString())
    if (this.#isFlood(frame?.t === 'ack' ? ACK_COST : 1)) return
    if (!frame) return this.close(CLOSE.protocol)
    if (frame.t === 'hello') return this.#greet(frame)
    if (this.#state === 'new') return this.close(CLOSE.protocol)
    if (frame.t === 'ack') this.#feed.acknowledge(frame.pts)
    else if (frame.t === 'ping') this.#feed.onceRead(() => this.#pong(frame.n))
    else if (frame.t === 'req') void this.#answer(frame)
  }

  /** Comes behind the updates it counts, or the client would ask for what is on its way. */
  #pong(n: number): void {
    if (!this.isOpen) return
    const now = this.#parts.now()
    this.#say(`{"t":"pong","n":${n},"pts":${this.#feed.head},"now":${now}}`)
  }

  #greet({ v: [from = 0, to = 0], device, resume, chats = {} }: HelloFrame): void {
    const isSpoken = from <= VERSION && VERSION <= to
    if (this.#state !== 'new' || !isSpoken) return this.close(CLOSE.protocol)
    this.#state = 'greeting'
    this.device = device ?? null
    this.#held = chats
    this.#parts.greeted(this)
    const isOurs = resume !== undefined && resume.epoch === this.#parts.epoch
    this.#welcome(isOurs ? resume.pts : null).catch((error: unknown) => this.#fail(error))
  }

  async #welcome(from: number | null): Promise<void> {
    /* It may have ended between the handshake and this socket's being known to who ends it. */
    if (!(await this.#parts.isAlive())) return this.close(CLOSE.revoked)
    const resume = await this.#feed.resume(from)
    if (!this.isOpen) return
    this.#state = 'open'
    const welcome = {
      t: 'welcome',
      v: VERSION,
      user: this.bearer.userId,
      epoch: this.#parts.epoch,
      resume,
      pts: this.#feed.head,
      now: this.#parts.now(),
      hb: HEARTBEAT_MS,
      limits: LIMITS,
      min_client: MIN_CLIENT,
    }
    this.#say(JSON.stringify(welcome))
    this.#feed.start()
    this.#topics.start(this.#held)
  }

  async #answer({ id, m, p }: RequestFrame): Promise<void> {
    if (this.#requests >= MAX_REQUESTS_AT_ONCE) {
      const error = coreErrors.QL_BUSY({ retryAfterS: 1 })
      return this.#say(requestFailure(id, error, this.bearer.locale))
    }
    this.#requests++
    try {
      if (m === 'sync.diff') this.#feed.pull()
      const answer = await this.#parts.ask(m, p ?? {})
      if (!this.isOpen) return
      if (answer === null) this.close(CLOSE.revoked)
      else this.#say(`{"t":"res","id":${id},"ok":true,"r":${JSON.stringify(answer)}}`)
    } catch (error) {
      const coded = asCoded(error)
      if (coded.entry.report) this.#parts.failed(coded.details.cause ?? coded)
      if (this.isOpen) this.#say(requestFailure(id, coded, this.bearer.locale))
    } finally {
      this.#requests--
    }
  }
}
