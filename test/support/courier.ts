import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { WebSocket } from 'ws'

const FIRST_WAIT_MS = 100
const MAX_WAIT_MS = 1_000
const ACK_EVERY = 32

interface Order {
  readonly cid: string
  readonly chat: string
  readonly text: string
}

interface TestFrame {
  readonly t: string
  readonly id?: number
  readonly ok?: boolean
  readonly r?: { readonly seq: number; readonly dup: boolean }
  readonly pts?: number
  readonly epoch?: string
  readonly resume?: string
  readonly e?: {
    readonly k?: string
    readonly final?: boolean
    readonly m?: { readonly seq: number; readonly text: string; readonly cid: string }
  }
}

/** What one client has heard and what it was promised. */
export interface Heard {
  /** Message number → text. */
  readonly texts: Map<number, string>
  /** Own messages that were acknowledged, by `cid`. */
  readonly acknowledged: Map<string, number>
  /** Answers that said the message had come before. */
  dups: number
  resets: number
  /** Updates that were not the next one, or that came twice with another content. */
  readonly faults: string[]
}

/**
 * A client of `ql.rt/1` that nobody attends to: it keeps its messages until they are answered, sends
 * one at a time, comes back by itself and asks for what it has missed.
 */
export class Courier {
  readonly heard: Heard = {
    texts: new Map(),
    acknowledged: new Map(),
    dups: 0,
    resets: 0,
    faults: [],
  }
  liveAt = 0
  readonly #url: string
  readonly #cookie: string
  readonly #queue: Order[] = []
  #pts = 0
  #epoch: string | undefined
  #socket: WebSocket | undefined
  #request = 0
  #isLive = false
  #isStopped = false
  #waiting: number | undefined

  constructor(url: string, cookie: string) {
    this.#url = url
    this.#cookie = cookie
  }

  get isIdle(): boolean {
    return this.#queue.length === 0
  }

  get isLive(): boolean {
    return this.#isLive
  }

  get pts(): number {
    return this.#pts
  }

  /** Comes and comes back until it is stopped. */
  async stay(): Promise<void> {
    for (let n = 0; !this.#isStopped; n++) {
      const isOpen = await this.#open()
      if (isOpen) {
        n = 0
        if (this.#socket) await once(this.#socket, 'close')
      }
      this.#isLive = false
      this.#waiting = undefined
      if (!this.#isStopped) {
        await pause(Math.random() * Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** n))
      }
    }
  }

  stop(): void {
    this.#isStopped = true
    this.#socket?.terminate()
  }

  write(order: Order): void {
    this.#queue.push(order)
    this.#send()
  }

  async #open(): Promise<boolean> {
    const socket = new WebSocket(`${this.#url.replace('http', 'ws')}/ws`, {
      perMessageDeflate: false,
      headers: { cookie: this.#cookie, origin: this.#url },
    })
    socket.on('error', () => undefined)
    socket.on('message', (data: Buffer) => this.#hear(JSON.parse(data.toString()) as TestFrame))
    try {
      await once(socket, 'open')
    } catch {
      return false
    }
    this.#socket = socket
    const resume = this.#epoch === undefined ? undefined : { epoch: this.#epoch, pts: this.#pts }
    this.#say({ t: 'hello', v: [1, 1], ...(resume ? { resume } : {}) })
    return true
  }

  #say(frame: object): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame))
  }

  #send(): void {
    const [order] = this.#queue
    if (!order || !this.#isLive || this.#waiting !== undefined) return
    this.#waiting = ++this.#request
    this.#say({ t: 'req', id: this.#waiting, m: 'msg.send', p: order })
  }

  #hear(frame: TestFrame): void {
    if (frame.t === 'welcome') {
      if (frame.resume === 'reset' && this.#epoch !== undefined) this.heard.resets++
      if (frame.resume === 'reset') this.#pts = frame.pts ?? 0
      this.#epoch = frame.epoch
    } else if (frame.t === 'live') {
      this.#isLive = true
      this.liveAt = performance.now()
      this.#send()
    } else if (frame.t === 'u') this.#apply(frame)
    else if (frame.t === 'res' && frame.id === this.#waiting) this.#answered(frame)
  }

  #apply({ pts = 0, e }: TestFrame): void {
    if (pts <= this.#pts) return
    if (pts !== this.#pts + 1) this.heard.faults.push(`${pts} after ${this.#pts}`)
    this.#pts = pts
    if (pts % ACK_EVERY === 0) this.#say({ t: 'ack', pts })
    if (e?.k !== 'msg.new' || !e.m) return
    const known = this.heard.texts.get(e.m.seq)
    if (known !== undefined) this.heard.faults.push(`${e.m.seq} came twice`)
    this.heard.texts.set(e.m.seq, e.m.text)
  }

  #answered({ ok, r, e }: TestFrame): void {
    this.#waiting = undefined
    const [order] = this.#queue
    if (ok && r && order) {
      this.#queue.shift()
      this.heard.acknowledged.set(order.cid, r.seq)
      if (r.dup) this.heard.dups++
    } else if (e?.final) this.heard.faults.push(`refused: ${JSON.stringify(e)}`)
    if (!ok) setTimeout(() => this.#send(), FIRST_WAIT_MS)
    else this.#send()
  }
}
