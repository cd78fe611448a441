import type { Frame, SocketDoor, TestSocket } from './socket.ts'
import type { Visitor } from './visitor.ts'

const WIDTH = 100
/** Of frames that say the same of one number after another only the ends are shown. */
const MOST_ALIKE = 4
/** Numbers of the pings that only wait, and are not written down. */
const WAITING_FROM = 900_000

/** What a client and the station say to each other, written so that people can read it and compare. */
export class Transcript {
  readonly #parts: string[] = []
  readonly #names: [value: string, name: string][] = []

  get text(): string {
    return `${this.#parts.join('\n')}\n`
  }

  /** From now on the value is called so, wherever it stands. */
  name(value: string, name: string): void {
    this.#names.push([value, `<${name}>`])
  }

  /** What happens next, in words. */
  note(text: string): void {
    this.#parts.push('', `# ${text}`)
  }

  write(mark: '→' | '←', said: unknown): void {
    const text = typeof said === 'string' ? said : pretty(said)
    this.#parts.push(`${mark} ${this.#named(text).replaceAll('\n', '\n  ')}`)
  }

  #named(text: string): string {
    return this.#names.reduce((now, [value, name]) => now.replaceAll(value, name), text)
  }
}

/** One socket whose frames stand in the transcript, in the order of the wire. */
export class WrittenSocket implements AsyncDisposable {
  readonly #socket: TestSocket
  readonly #transcript: Transcript
  #written = 0
  #waiting = WAITING_FROM

  private constructor(socket: TestSocket, transcript: Transcript) {
    this.#socket = socket
    this.#transcript = transcript
  }

  static async open(
    transcript: Transcript,
    door: SocketDoor,
    who: Visitor,
  ): Promise<WrittenSocket> {
    const socket = await door.open(who)
    transcript.write('→', 'GET /ws')
    transcript.write('←', '101')
    return new WrittenSocket(socket, transcript)
  }

  /** Opens a socket and greets, of which only so much is written. */
  static async greeted(
    transcript: Transcript,
    door: SocketDoor,
    who: Visitor,
    hello: object,
  ): Promise<WrittenSocket> {
    const socket = await door.open(who)
    await socket.hello(hello)
    await socket.hears('live')
    transcript.write('→', 'GET /ws, hello')
    const written = new WrittenSocket(socket, transcript)
    written.#written = socket.frames.length
    return written
  }

  /** What comes of it is written when {@link settle} or {@link closed} is called. */
  say(frame: object | string): void {
    this.#transcript.write('→', frame)
    if (typeof frame === 'string') this.#socket.webSocket.send(frame)
    else this.#socket.say(frame)
  }

  /** Sends what is too long to be written. */
  sayLong(text: string): void {
    this.#transcript.write('→', `a frame of ${Buffer.byteLength(text)} bytes`)
    this.#socket.webSocket.send(text)
  }

  /** Says something and hears all that follows. */
  async tell(frame: Frame): Promise<void> {
    this.say(frame)
    if (frame.t === 'hello') await this.#socket.hears('live')
    if (frame.t === 'req') await this.#socket.hears('res', ({ id }) => id === frame['id'])
    await this.settle()
  }

  /** Writes down everything the station has said by now. */
  async settle(): Promise<void> {
    await this.#socket.roundTrip(++this.#waiting)
    this.#writeNew()
  }

  /** Answers the first frame of a kind; it is written with what else has come. */
  async hears(kind: string, fits?: (frame: Frame) => boolean): Promise<Frame> {
    const frame = await this.#socket.hears(kind, fits)
    await this.settle()
    return frame
  }

  async closed(): Promise<void> {
    const code = await this.#socket.closed()
    this.#writeNew()
    this.#transcript.write('←', `closed with ${code}`)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#socket[Symbol.asyncDispose]()
  }

  #writeNew(): void {
    const fresh = this.#socket.frames
      .slice(this.#written)
      .filter(({ t, n }) => t !== 'pong' || Number(n) < WAITING_FROM)
    this.#written = this.#socket.frames.length
    for (const alike of runsOf(fresh)) {
      const isLong = alike.length > MOST_ALIKE
      for (const [index, frame] of alike.entries()) {
        const isEnd = index < 1 || index >= alike.length - 1
        if (!isLong || isEnd) this.#transcript.write('←', frame)
        else if (index === 1) this.#transcript.write('←', `… ${alike.length - 2} more of these`)
      }
    }
  }
}

/** Frames that follow one another and differ in nothing but their number. */
function runsOf(frames: readonly Frame[]): Frame[][] {
  const runs: Frame[][] = []
  for (const frame of frames) {
    const [first] = runs.at(-1) ?? []
    const isAlike = first !== undefined && bare(first) === bare(frame)
    if (isAlike) runs.at(-1)?.push(frame)
    else runs.push([frame])
  }
  return runs
}

function bare({ pts: _pts, ...rest }: Frame): string {
  return JSON.stringify(rest)
}

/** JSON in one line where that fits, otherwise one member in each. */
function pretty(value: unknown, margin = ''): string {
  const line = JSON.stringify(value)
  if (margin.length + line.length <= WIDTH || typeof value !== 'object' || value === null)
    return line
  const inner = `${margin}  `
  const isList = Array.isArray(value)
  const members = Object.entries(value).map(([key, member]) => {
    const text = pretty(member, inner)
    return `${inner}${isList ? '' : `${JSON.stringify(key)}: `}${text}`
  })
  return `${isList ? '[' : '{'}\n${members.join(',\n')}\n${margin}${isList ? ']' : '}'}`
}
