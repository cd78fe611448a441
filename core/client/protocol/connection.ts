import { Backoff } from './backoff.ts'
import { CLIENT_VERSION, isOlder } from './client-version.ts'
import { CLOSED, type Incoming, LATE, readFrame, Refused, type Told, Unanswered } from './frames.ts'
import type { Update, Welcome } from './frames.ts'
import { Pulse } from './pulse.ts'
import type { World } from './world.ts'

/** The part of a WebSocket that is used here. */
export interface Wire {
  send(text: string): void
  close(): void
}

/** What a socket tells the one who opened it. */
export interface WireEnd {
  opened(): void
  heard(text: string): void
  closed(code: number, reason: string): void
}

/**
 * `ended`: the session is over; nobody comes back with it. `outdated`: the station asks for a newer
 * page, or does not understand this one, so that it hears and asks nothing more.
 */
export type LinkState =
  | 'off'
  | 'connecting'
  | 'updating'
  | 'live'
  | 'waiting'
  | 'ended'
  | 'outdated'

export interface ConnectionParts {
  readonly world: World
  readonly device: string
  open(end: WireEnd): Wire
  /** Where the own log stands here; undefined before the first time. */
  position(): { readonly epoch: string; readonly pts: number } | undefined
  /** Large chats that are held here, and the last event known of each. */
  chats(): Readonly<Record<string, number>>
  welcomed(welcome: Welcome): void
  /** The station has said what time it is, in milliseconds. */
  timeIs(stationMs: number): void
  updated(update: Update): void
  /** Something in a large chat, which has numbers of its own. */
  followed(e: Told): void
  signalled(e: Told): void
  /** There is an update with this number. */
  headIs(pts: number): void
  /** Everything that was missed has been sent. */
  caughtUp(): void
  changed(state: LinkState): void
}

interface Waiting {
  resolve(answer: unknown): void
  reject(error: Error): void
  cancel(): void
}

const ANSWER_MS = 10_000
const GREETING_MS = 10_000

/** One socket in `ql.rt/1`, opened again as often as it breaks. */
export class Connection {
  readonly #parts: ConnectionParts
  readonly #backoff: Backoff
  readonly #waiting = new Map<number, Waiting>()
  #wire: Wire | undefined
  #pulse: Pulse | undefined
  #state: LinkState = 'off'
  #nextId = 1
  #cancelTimer: () => void = () => undefined

  constructor(parts: ConnectionParts) {
    this.#parts = parts
    this.#backoff = new Backoff(parts.world)
  }

  get state(): LinkState {
    return this.#state
  }

  get isOpen(): boolean {
    return this.#state === 'live' || this.#state === 'updating'
  }

  start(): void {
    if (this.#state === 'off') this.#connect()
  }

  stop(): void {
    this.#enter('off')
    this.#drop('The connection was closed here')
  }

  /** Looks at once whether the station is there, instead of waiting. */
  wake(): void {
    if (this.isOpen) this.#pulse?.force()
    else if (this.#state === 'waiting') this.#connect()
  }

  /** @throws Refused when the answer is no, Unanswered when there is none within 10 s. */
  ask(method: string, input: object): Promise<unknown> {
    if (!this.isOpen) return Promise.reject(new Unanswered('There is no connection'))
    const id = this.#nextId++
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const cancel = this.#parts.world.later(() => {
      this.#waiting.delete(id)
      reject(new Unanswered(`${method} was not answered`))
    }, ANSWER_MS)
    this.#waiting.set(id, { resolve, reject, cancel })
    this.#say({ t: 'req', id, m: method, p: input })
    return promise
  }

  acknowledge(pts: number): void {
    if (this.isOpen) this.#say({ t: 'ack', pts })
  }

  #connect(): void {
    this.#cancelTimer()
    this.#drop('The connection is opened anew')
    this.#enter('connecting')
    const wire = this.#parts.open({
      opened: () => this.#wire === wire && this.#greet(),
      heard: (text) => this.#wire === wire && this.#hear(text),
      closed: (code, reason) => this.#wire === wire && this.#closed(code, reason),
    })
    this.#wire = wire
    this.#cancelTimer = this.#parts.world.later(() => this.#lost(), GREETING_MS)
  }

  #greet(): void {
    const resume = this.#parts.position()
    const { device } = this.#parts
    const chats = this.#parts.chats()
    const client = `web/${CLIENT_VERSION}`
    this.#say({ t: 'hello', v: [1, 1], client, device, ...(resume && { resume }), chats })
  }

  #hear(text: string): void {
    const frame = readFrame(text)
    if (frame) this.#take(frame)
  }

  #take(frame: Incoming): void {
    const parts = this.#parts
    switch (frame.t) {
      case 'welcome':
        return this.#welcome(frame)
      case 'u':
        if (frame.pts === undefined) return parts.followed(frame.e)
        return parts.updated({ pts: frame.pts, e: frame.e })
      case 'live':
        parts.headIs(frame.pts)
        this.#enter('live')
        return parts.caughtUp()
      case 'eph':
        return parts.signalled(frame.e)
      case 'res':
        return this.#answered(frame)
      case 'pong':
        this.#pulse?.heard(frame.n)
        parts.timeIs(frame.now)
        return parts.headIs(frame.pts)
      case 'lag':
        return parts.headIs(frame.pts)
      case 'bye':
        if (frame.retry_ms) this.#backoff.ask(frame.retry_ms)
    }
  }

  #welcome(welcome: Welcome): void {
    if (isOlder(CLIENT_VERSION, welcome.min_client)) return this.#outdated()
    this.#cancelTimer()
    this.#parts.timeIs(welcome.now)
    this.#backoff.live()
    this.#pulse = new Pulse({
      world: this.#parts.world,
      everyMs: welcome.hb,
      ping: (n) => this.#say({ t: 'ping', n }),
      dead: () => this.#lost(),
    })
    this.#enter('updating')
    this.#parts.welcomed(welcome)
  }

  #answered(frame: Extract<Incoming, { t: 'res' }>): void {
    const waiting = this.#waiting.get(frame.id)
    if (!waiting) return
    this.#waiting.delete(frame.id)
    waiting.cancel()
    if (frame.ok) waiting.resolve(frame.r)
    else waiting.reject(new Refused(frame.e))
  }

  #closed(code: number, reason: string): void {
    if (code === CLOSED.revoked) {
      this.#drop('The session has ended')
      this.#enter('ended')
    } else if (code === CLOSED.protocol && reason !== LATE) this.#outdated()
    else this.#lost()
  }

  /** Coming back would end the same way. */
  #outdated(): void {
    this.#drop('The station asks for a newer page')
    this.#enter('outdated')
  }

  /** The socket is of no use any more, whether or not it knows it. */
  #lost(): void {
    this.#drop('The connection was lost')
    this.#enter('waiting')
    this.#cancelTimer = this.#parts.world.later(() => this.#connect(), this.#backoff.next())
  }

  #drop(why: string): void {
    this.#cancelTimer()
    this.#pulse?.stop()
    this.#pulse = undefined
    const wire = this.#wire
    this.#wire = undefined
    wire?.close()
    for (const waiting of this.#waiting.values()) {
      waiting.cancel()
      waiting.reject(new Unanswered(why))
    }
    this.#waiting.clear()
  }

  #enter(state: LinkState): void {
    if (this.#state === state) return
    this.#state = state
    this.#parts.changed(state)
  }

  #say(frame: object): void {
    this.#wire?.send(JSON.stringify(frame))
  }
}
