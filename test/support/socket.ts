import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { TestStation } from './station.ts'
import type { Visitor } from './visitor.ts'

/** What comes at all comes long before, also beside everything else on a busy machine. */
const PATIENCE_MS = 60_000

/** A frame of the station, parsed. */
export interface Frame {
  readonly t: string
  readonly pts?: number
  readonly [member: string]: unknown
}

export interface SocketOptions {
  readonly headers?: Readonly<Record<string, string>>
  /** Default: the station's own. Empty: none is sent. */
  readonly origin?: string
  readonly query?: string
}

/** A `ql.rt/1` client that hides nothing: it keeps every frame and answers none by itself. */
export class TestSocket implements AsyncDisposable {
  readonly frames: Frame[] = []
  readonly webSocket: WebSocket
  closeCode: number | undefined
  closeReason: string | undefined
  #request = 0
  readonly #watchers = new Set<() => void>()

  constructor(webSocket: WebSocket) {
    this.webSocket = webSocket
    webSocket.on('message', (data: Buffer) => {
      this.frames.push(JSON.parse(data.toString()) as Frame)
      this.#look()
    })
    webSocket.on('close', (code, reason) => {
      this.closeCode = code
      this.closeReason = reason.toString()
      this.#look()
    })
    webSocket.on('error', () => undefined)
  }

  get updates(): { pts: number; e: { k: string; [member: string]: unknown } }[] {
    return this.frames.filter(({ t }) => t === 'u') as never
  }

  say(frame: object): void {
    this.webSocket.send(JSON.stringify(frame))
  }

  /** Says hello and answers the welcome. */
  hello(more: object = {}): Promise<Frame> {
    this.say({ t: 'hello', v: [1, 1], ...more })
    return this.hears('welcome')
  }

  /** Answers the first frame of a kind, as soon as it is there. @throws Error when the socket closes before. */
  hears(t: string, fits: (frame: Frame) => boolean = () => true): Promise<Frame> {
    return this.#when(() => this.frames.find((frame) => frame.t === t && fits(frame)), t)
  }

  /** Answers when the update with this number is there. */
  hearsUpTo(pts: number): Promise<Frame> {
    return this.hears('u', (frame) => frame.pts === pts)
  }

  async ask(m: string, p: object = {}): Promise<Frame> {
    const id = ++this.#request
    this.say({ t: 'req', id, m, p })
    return this.hears('res', (frame) => frame['id'] === id)
  }

  /** Says ping and answers when the pong is there, and with it all that it counts. */
  async roundTrip(n: number = ++this.#request): Promise<Frame> {
    this.say({ t: 'ping', n })
    return this.hears('pong', (frame) => frame['n'] === n)
  }

  closed(): Promise<number> {
    return this.#when(() => this.closeCode, 'close', true)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.closeCode !== undefined) return
    this.webSocket.terminate()
    await this.closed()
  }

  #look(): void {
    for (const watch of this.#watchers) watch()
  }

  #when<R>(find: () => R | undefined, what: string, isEnd = false): Promise<R> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer)
        this.#watchers.delete(look)
      }
      const fail = (why: string): void => {
        end()
        const last = JSON.stringify(this.frames.slice(-5))
        reject(new Error(`No ${what}: ${why}; the last frames: ${last}`))
      }
      const look = (): void => {
        const found = find()
        if (found !== undefined) {
          end()
          resolve(found)
        } else if (this.closeCode !== undefined && !isEnd) fail(`closed with ${this.closeCode}`)
      }
      const timer = setTimeout(() => fail('it took too long'), PATIENCE_MS)
      this.#watchers.add(look)
      look()
    })
  }
}

/** Opens sockets of a station that listens at a port of its own. */
export class SocketDoor {
  readonly url: string

  constructor(url: string) {
    this.url = url
  }

  static async of(t: TestStation): Promise<SocketDoor> {
    return new SocketDoor(await t.station.listen())
  }

  /** @throws Error with the status of a refused handshake. */
  async open(visitor: Visitor | null, options: SocketOptions = {}): Promise<TestSocket> {
    const webSocket = this.#begin(visitor, options)
    const socket = new TestSocket(webSocket)
    await once(webSocket, 'open')
    return socket
  }

  /** The status a handshake is answered with; 101 when it opens. */
  async status(visitor: Visitor | null, options: SocketOptions = {}): Promise<number> {
    const webSocket = this.#begin(visitor, options)
    webSocket.on('error', () => undefined)
    return new Promise((resolve) => {
      webSocket.on('upgrade', ({ statusCode }) => resolve(statusCode ?? 0))
      webSocket.on('unexpected-response', (request, { statusCode }) => {
        resolve(statusCode ?? 0)
        request.destroy()
      })
      webSocket.on('open', () => webSocket.terminate())
    })
  }

  #begin(visitor: Visitor | null, { headers, origin, query = '' }: SocketOptions): WebSocket {
    const cookie = [...(visitor?.cookies ?? [])].map(([name, value]) => `${name}=${value}`)
    const from = origin ?? this.url
    return new WebSocket(`${this.url.replace('http', 'ws')}/ws${query}`, {
      perMessageDeflate: false,
      headers: {
        ...(cookie.length > 0 ? { cookie: cookie.join('; ') } : {}),
        ...(from === '' ? {} : { origin: from }),
        ...headers,
      },
    })
  }
}
