import { Connection } from '../../../client/protocol/connection.ts'
import type { Told } from '../../../client/protocol/frames.ts'
import { openSocket } from '../../../client/protocol/open-socket.ts'
import { browserWorld } from '../../../client/protocol/world.ts'
import { tellShell } from '../../../client/shell-news.ts'
import { SessionEnded } from './session-ended.ts'

const NAME = 'quark-live'
/** A page that nobody looks at lets go of the socket. */
const REST_MS = 30_000
/** Well below what may go unacknowledged (`win`). */
const ACK_EVERY = 64
const ANY_NEWS: readonly Told[] = [{ k: 'notification' }]

type Word =
  | { readonly t: 'told'; readonly events: readonly Told[] }
  | { readonly t: 'ended' }
  /** Somebody is signed in here, perhaps anew. */
  | { readonly t: 'opened'; readonly userId: string | undefined; readonly pts: number | undefined }

/** Of a browser's pages one that is looked at holds a socket, and the others hear from it. */
export class Live {
  readonly #channel = new BroadcastChannel(NAME)
  readonly #session = new SessionEnded()
  readonly #connection: Connection
  #waiting: AbortController | undefined
  #letGo: (() => void) | undefined
  #rest: ReturnType<typeof setTimeout> | undefined
  #acknowledged = 0
  /** What the socket has told up to; undefined before the first one is open. */
  #head: number | undefined

  constructor() {
    this.#connection = new Connection({
      world: browserWorld,
      device: crypto.randomUUID(),
      open: openSocket,
      position: () => undefined,
      chats: () => ({}),
      timeIs: () => undefined,
      welcomed: ({ pts }) => this.#welcomed(pts),
      updated: ({ pts, e }) => this.#updated(pts, e),
      followed: () => undefined,
      signalled: () => undefined,
      headIs: (pts) => this.#headIs(pts),
      caughtUp: () => undefined,
      changed: (state) => {
        if (state === 'ended') void this.#ended()
        /* A door that does not open may be one that this session has no key to any more. */
        if (state === 'waiting') void this.#session.look()
      },
    })
  }

  start(): void {
    this.#channel.addEventListener('message', ({ data }: MessageEvent<Word>) => this.#hear(data))
    document.addEventListener('visibilitychange', () => this.#turn())
    addEventListener('online', () => this.#connection.wake())
    const { userId, pts } = this.#session
    this.#channel.postMessage({ t: 'opened', userId, pts } satisfies Word)
    if (document.visibilityState === 'visible') this.#hold()
  }

  #turn(): void {
    clearTimeout(this.#rest)
    if (document.visibilityState !== 'visible') {
      this.#rest = setTimeout(() => this.#release(), REST_MS)
      return
    }
    this.#hold()
    this.#connection.wake()
    void this.#session.look()
  }

  /** Waits for its turn; the lock goes with the page. */
  #hold(): void {
    if (this.#waiting) return
    const waiting = new AbortController()
    this.#waiting = waiting
    const hold = (): Promise<void> => {
      this.#connection.start()
      return new Promise((resolve) => (this.#letGo = resolve))
    }
    if (!('locks' in navigator)) void hold()
    else
      navigator.locks.request(NAME, { signal: waiting.signal }, hold).catch(() => {
        /* Somebody looked elsewhere before it was this page's turn. */
      })
  }

  #release(): void {
    this.#waiting?.abort()
    this.#waiting = undefined
    this.#connection.stop()
    this.#letGo?.()
    this.#letGo = undefined
  }

  #say(word: Word): void {
    this.#channel.postMessage(word)
    this.#hear(word)
  }

  #hear(word: Word): void {
    const { isOver, userId } = this.#session
    if (word.t === 'told') tellShell(word.events)
    else if (word.t === 'ended' || isOver || word.userId !== userId) void this.#session.look()
    else if ((this.#head ?? 0) > (word.pts ?? Infinity)) this.#say({ t: 'told', events: ANY_NEWS })
  }

  /** What happened since the page was made, or while there was no socket, is not told one by one. */
  #welcomed(pts: number): void {
    this.#acknowledged = pts
    const known = this.#head ?? this.#session.pts ?? pts
    this.#head = pts
    if (pts !== known) this.#say({ t: 'told', events: ANY_NEWS })
  }

  #updated(pts: number, e: Told): void {
    this.#head = pts
    if (e.k.startsWith('notification')) this.#say({ t: 'told', events: [e] })
    if (pts - this.#acknowledged > ACK_EVERY) this.#acknowledge(pts)
  }

  #headIs(pts: number): void {
    const isBehind = pts > (this.#head ?? pts)
    this.#head = pts
    if (isBehind) this.#say({ t: 'told', events: ANY_NEWS })
    if (pts - this.#acknowledged > ACK_EVERY) this.#acknowledge(pts)
  }

  /** All but the newest: this page shows no message, so the browser is still pushed to. */
  #acknowledge(pts: number): void {
    this.#acknowledged = pts - 1
    this.#connection.acknowledge(pts - 1)
  }

  /** The station has closed the socket for good; perhaps only to give the session another name. */
  async #ended(): Promise<void> {
    this.#channel.postMessage({ t: 'ended' } satisfies Word)
    if (!(await this.#session.look())) return
    this.#connection.stop()
    this.#connection.start()
  }
}
