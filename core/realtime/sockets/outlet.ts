import type { Duplex } from 'node:stream'

/** Under pressure what comes so soon after the last write goes out in one piece with it. */
const QUIET_MS = 4
/** So many writes in that time are no pressure. */
const FEW_WRITES = 32

/** Gathers the outlets that hold something back, and lets them all write at once. */
export class Flusher {
  #now: Outlet[] = []
  #soon: Outlet[] = []
  #writes = 0
  #countedFrom = 0
  #joined: { readonly frames: readonly Buffer[]; readonly bytes: Buffer } | undefined

  /** Frames in one piece; those who hear the same share it. */
  join(frames: readonly Buffer[]): Buffer {
    const known = this.#joined
    if (known?.frames.length === frames.length) {
      if (known.frames.every((frame, index) => frame === frames[index])) return known.bytes
    }
    const bytes = Buffer.concat(frames)
    this.#joined = { frames, bytes }
    return bytes
  }

  /** At the end of this turn of the loop, when all that was committed together has been said. */
  later(outlet: Outlet, wroteAt: number): void {
    const isPressed = this.#writes >= FEW_WRITES && performance.now() - wroteAt < QUIET_MS
    if (isPressed) {
      if (this.#soon.push(outlet) === 1) setTimeout(() => this.#flush('soon'), QUIET_MS)
    } else if (this.#now.push(outlet) === 1) setImmediate(() => this.#flush('now'))
  }

  wrote(now: number): void {
    if (now - this.#countedFrom >= QUIET_MS) {
      this.#countedFrom = now
      this.#writes = 0
    }
    this.#writes++
  }

  #flush(when: 'now' | 'soon'): void {
    const waiting = when === 'now' ? this.#now : this.#soon
    if (when === 'now') this.#now = []
    else this.#soon = []
    for (const outlet of waiting) outlet.flush()
    this.#joined = undefined
  }
}

/**
 * The sending half of a socket. Writing is what costs: frames of one turn of the loop go out in one
 * piece, and under pressure those of four milliseconds.
 *
 * Frames are whole and unmasked and go around the WebSocket library, which writes its own control
 * frames in one piece as well: without compression neither ever cuts into the other.
 */
export class Outlet {
  readonly #socket: Duplex
  readonly #flusher: Flusher
  /** What is held back until the flush: mostly one frame, and then without a list of them. */
  #first: Buffer | undefined
  #more: Buffer[] | undefined
  #heldBytes = 0
  #wroteAt = 0
  /** The socket has next to nothing waiting after the last write: below its own mark, 64 KiB. */
  #isTaken = true
  #isOpen = true

  constructor(socket: Duplex, flusher: Flusher) {
    this.#socket = socket
    this.#flusher = flusher
  }

  /** Bytes that the other side has not taken yet, as far as this process knows. */
  get waitingBytes(): number {
    return this.#isTaken ? this.#heldBytes : this.#socket.writableLength + this.#heldBytes
  }

  send(frame: Buffer): void {
    if (!this.#isOpen) return
    this.#heldBytes += frame.length
    if (this.#first) {
      this.#more ??= []
      this.#more.push(frame)
      return
    }
    this.#first = frame
    this.#flusher.later(this, this.#wroteAt)
  }

  flush(): void {
    if (!this.#isOpen || !this.#first) return
    const bytes = this.#more ? this.#flusher.join([this.#first, ...this.#more]) : this.#first
    this.#drop()
    this.#wroteAt = performance.now()
    this.#flusher.wrote(this.#wroteAt)
    if (this.#socket.writable) this.#isTaken = this.#socket.write(bytes)
  }

  /** Nothing more is written; what is held back is dropped. */
  shut(): void {
    this.#isOpen = false
    this.#drop()
  }

  #drop(): void {
    this.#first = undefined
    this.#more = undefined
    this.#heldBytes = 0
  }
}
