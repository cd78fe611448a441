import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

const TEXT = 0x81
const CLOSE = 0x88
const MASKED = 0x80
const TWO_BYTES = 126
const EIGHT_BYTES = 127
/** Where a frame of the station says that it is an update: `{"t":"u"`. */
const KIND_AT = 6
const UPDATE = 'u'.charCodeAt(0)
const QUOTE = '"'.charCodeAt(0)
/** As the protocol asks of clients. */
const ACK_EVERY = 32

/** The station has answered, and opens no socket. */
export class Refused extends Error {
  readonly status: number

  constructor(head: string) {
    super(`Refused: ${head.slice(0, 200)}`)
    this.status = Number(head.slice(PROTOCOL.length, PROTOCOL.length + 3))
  }
}

const PROTOCOL = 'HTTP/1.1 '

/**
 * One WebSocket, as cheap as it can be: updates are counted and not parsed, so that a thousand of
 * them on one core do not measure themselves.
 */
export class Wire {
  updates = 0
  bytes = 0
  isClosed = false
  /** A frame that is no update, as text. */
  onFrame: (text: string) => void = () => undefined
  onUpdate: () => void = () => undefined
  readonly #socket: Socket
  #rest: Buffer = Buffer.alloc(0)
  #unacknowledged = 0

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => this.#take(chunk))
    socket.on('close', () => (this.isClosed = true))
  }

  /** @throws Refused, or another error when nobody answers. */
  static async open(url: string, token?: string): Promise<Wire> {
    const { hostname, port } = new URL(url)
    const socket = connect({ host: hostname, port: Number(port), noDelay: true })
    socket.on('error', () => socket.destroy())
    const bearer = token === undefined ? '' : `authorization: Bearer ${token}\r\n`
    socket.write(
      `GET /ws HTTP/1.1\r\nhost: ${hostname}:${port}\r\nconnection: Upgrade\r\nupgrade: websocket\r\n` +
        `sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n${bearer}\r\n`,
    )
    let head = Buffer.alloc(0)
    for (;;) {
      const [chunk] = (await once(socket, 'data', {
        signal: AbortSignal.timeout(30_000),
      })) as [Buffer]
      head = Buffer.concat([head, chunk])
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) continue
      if (!head.toString('latin1').startsWith(`${PROTOCOL}101`)) {
        socket.destroy()
        throw new Refused(head.toString())
      }
      const wire = new Wire(socket)
      wire.#take(head.subarray(end + 4))
      return wire
    }
  }

  /** @param text what is said; masked with zeros, which is as good as any mask. */
  say(text: string): void {
    const bytes = Buffer.byteLength(text)
    const header = bytes < TWO_BYTES ? 6 : 8
    const frame = Buffer.alloc(header + bytes)
    frame[0] = TEXT
    if (bytes < TWO_BYTES) frame[1] = MASKED | bytes
    else {
      frame[1] = MASKED | TWO_BYTES
      frame.writeUInt16BE(bytes, 2)
    }
    frame.write(text, header)
    this.#socket.write(frame)
  }

  /** Reads nothing from now on. */
  pause(): void {
    this.#socket.pause()
  }

  /** Takes so many bytes each second from now on. */
  slowDown(bytesPerS: number): void {
    const socket = this.#socket
    socket.removeAllListeners('data').pause()
    const timer = setInterval(() => {
      const chunk = socket.read(bytesPerS) as Buffer | null
      if (chunk) this.#take(chunk)
    }, 1_000)
    socket.on('close', () => clearInterval(timer))
  }

  end(): void {
    this.#socket.destroy()
  }

  #take(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    let at = 0
    for (;;) {
      const end = frameEnd(bytes, at)
      if (end === undefined || end > bytes.length) break
      if (bytes[at] === TEXT) this.#hear(bytes.subarray(payloadAt(bytes, at), end))
      else if (bytes[at] === CLOSE) this.#socket.end()
      at = end
    }
    this.#rest = bytes.subarray(at)
  }

  #hear(payload: Buffer): void {
    const isUpdate = payload[KIND_AT] === UPDATE && payload[KIND_AT + 1] === QUOTE
    if (!isUpdate) return this.onFrame(payload.toString())
    this.updates++
    this.bytes += payload.length
    this.onUpdate()
    if (++this.#unacknowledged < ACK_EVERY) return
    this.#unacknowledged = 0
    const [, pts] = /^\{"t":"u","pts":(\d+)/.exec(payload.toString('latin1', 0, 40)) ?? []
    if (pts !== undefined) this.say(`{"t":"ack","pts":${pts}}`)
  }
}

function payloadAt(bytes: Buffer, at: number): number {
  const length = bytes[at + 1] ?? 0
  if (length < TWO_BYTES) return at + 2
  return length === EIGHT_BYTES ? at + 10 : at + 4
}

/** @returns undefined while the header is not complete. */
function frameEnd(bytes: Buffer, at: number): number | undefined {
  if (bytes.length < at + 2) return undefined
  const start = payloadAt(bytes, at)
  if (bytes.length < start) return undefined
  const length = bytes[at + 1] ?? 0
  if (length < TWO_BYTES) return start + length
  return start + (length === EIGHT_BYTES ? bytes.readUInt32BE(at + 6) : bytes.readUInt16BE(at + 2))
}
