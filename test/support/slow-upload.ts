import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { MULTIPART_TYPE } from './visitor.ts'
import type { Visitor } from './visitor.ts'

/** A form with a file over a bare connection, sent so far as the test likes. */
export class SlowUpload {
  readonly #socket: Socket
  #answer = ''

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (bytes: Buffer) => (this.#answer += bytes.toString()))
    socket.on('error', () => undefined)
  }

  /** @param bytes how much is promised; undefined: in chunks, without a promise. */
  static async begin(url: string, who: Visitor, path: string, bytes?: number): Promise<SlowUpload> {
    const { host, port } = new URL(url)
    const socket = connect(Number(port), '127.0.0.1')
    await once(socket, 'connect')
    const cookie = [...who.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const head = [
      `POST ${path} HTTP/1.1`,
      `host: ${host}`,
      `origin: http://${host}`,
      `cookie: ${cookie}`,
      `content-type: ${MULTIPART_TYPE}`,
      bytes === undefined ? 'transfer-encoding: chunked' : `content-length: ${bytes}`,
    ]
    socket.write(`${head.join('\r\n')}\r\n\r\n`)
    return new SlowUpload(socket)
  }

  /** Sends a part of a promised body. */
  write(bytes: Buffer): void {
    this.#socket.write(bytes)
  }

  /** Sends a part of a body that comes in chunks; an empty one is the last. */
  writeChunk(bytes: Buffer): void {
    this.#socket.write(`${bytes.byteLength.toString(16)}\r\n`)
    this.#socket.write(bytes)
    this.#socket.write('\r\n')
  }

  /** The status of the answer, as soon as it is there. @throws Error when the connection ends before. */
  async status(): Promise<number> {
    for (;;) {
      const [, status] = /^HTTP\/1\.1 (\d+)/.exec(this.#answer) ?? []
      if (status !== undefined) return Number(status)
      if (this.#socket.destroyed) throw new Error('The connection ended without an answer')
      await Promise.race([once(this.#socket, 'data'), once(this.#socket, 'close')])
    }
  }

  cut(): void {
    this.#socket.destroy()
  }
}
