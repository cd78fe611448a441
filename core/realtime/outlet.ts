import type { Duplex } from 'node:stream'

/** A socket that was written to so recently gets what comes next in one piece. */
const QUIET_MS = 4

/** Gathers the outlets that hold something back, and lets them all write at once. */
export class Flusher {
  #waiting: Outlet[] = []
  #timer: NodeJS.Timeout | undefined

  later(outlet: Outlet): void {
    this.#waiting.push(outlet)
    this.#timer ??= setTimeout(() => this.flush(), QUIET_MS)
  }

  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const waiting = this.#waiting
    this.#waiting = []
    for (const outlet of waiting) outlet.flush()
  }
}

/**
 * The sending half of a socket. Writing is what costs, so a frame goes out at once while the socket
 * is quiet, and together with its neighbours within four milliseconds when they come faster.
 *
 * Frames are whole and unmasked and go around the WebSocket library, which writes its own control
 * frames in one piece as well: without compression neither ever cuts into the other.
 */
export class Outlet {
  readonly #socket: Duplex
  readonly #flusher: Flusher
  #held: Buffer[] = []
  #heldBytes = 0
  #wroteAt = 0
  #isOpen = true

  constructor(socket: Duplex, flusher: Flusher) {
    this.#socket = socket
    this.#flusher = flusher
  }

  /** Bytes that the other side has not taken yet, as far as this process knows. */
  get waitingBytes(): number {
    return this.#socket.writableLength + this.#heldBytes
  }

  send(frame: Buffer): void {
    if (!this.#isOpen) return
    this.#held.push(frame)
    this.#heldBytes += frame.length
    if (this.#held.length > 1) return
    if (performance.now() - this.#wroteAt >= QUIET_MS) this.flush()
    else this.#flusher.later(this)
  }

  flush(): void {
    if (!this.#isOpen || this.#held.length === 0) return
    const [first] = this.#held
    const bytes = this.#held.length === 1 && first ? first : Buffer.concat(this.#held)
    this.#held = []
    this.#heldBytes = 0
    this.#wroteAt = performance.now()
    if (this.#socket.writable) this.#socket.write(bytes)
  }

  /** Nothing more is written; what is held back is dropped. */
  shut(): void {
    this.#isOpen = false
    this.#held = []
    this.#heldBytes = 0
  }
}
