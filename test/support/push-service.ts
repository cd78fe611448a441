import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export interface ReceivedPush {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** A push service on a port of its own, and browsers that can read what is pushed to them. */
export class PushService implements AsyncDisposable {
  readonly received: ReceivedPush[] = []
  /** Path → status it is answered with; 201 otherwise. */
  readonly answers = new Map<string, number>()
  readonly #server: Server
  #port = 0

  private constructor() {
    this.#server = createServer((request, response) => {
      void buffer(request).then((body) => {
        const path = request.url ?? ''
        this.received.push({ path, headers: request.headers, body })
        response.writeHead(this.answers.get(path) ?? 201).end()
        return undefined
      })
    })
  }

  static async open(): Promise<PushService> {
    const made = new PushService()
    await new Promise<void>((resolve) => {
      made.#server.listen(0, '127.0.0.1', resolve)
    })
    made.#port = (made.#server.address() as AddressInfo).port
    return made
  }

  /** For `World.mayPushTo`. */
  readonly isHere = (endpoint: URL): boolean => endpoint.host === `127.0.0.1:${this.#port}`

  /** A browser that subscribes at `path`. */
  browser(path: string): PushBrowser {
    return new PushBrowser(`http://127.0.0.1:${this.#port}${path}`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => {
      this.#server.close(resolve)
    })
  }
}

/** The browser's end of RFC 8291. */
export class PushBrowser {
  readonly endpoint: string
  readonly #pair = createECDH('prime256v1')
  readonly #auth = randomBytes(16)

  constructor(endpoint: string) {
    this.endpoint = endpoint
    this.#pair.generateKeys()
  }

  /** As `PushSubscription.toJSON` gives it. */
  get subscription(): object {
    const p256dh = this.#pair.getPublicKey('base64url')
    const keys = { p256dh, auth: this.#auth.toString('base64url') }
    return { endpoint: this.endpoint, keys, expirationTime: null }
  }

  /** @throws when the message was sealed for somebody else. */
  read({ body }: ReceivedPush): unknown {
    const salt = body.subarray(0, 16)
    const idLength = body.readUInt8(20)
    const sender = body.subarray(21, 21 + idLength)
    const sealed = body.subarray(21 + idLength)
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.#pair.getPublicKey(), sender])
    const shared = this.#pair.computeSecret(sender)
    const secret = Buffer.from(hkdfSync('sha256', shared, this.#auth, info, 32))
    const derived = (what: string, length: number): Buffer =>
      Buffer.from(hkdfSync('sha256', secret, salt, `Content-Encoding: ${what}\0`, length))
    const decipher = createDecipheriv('aes-128-gcm', derived('aes128gcm', 16), derived('nonce', 12))
    decipher.setAuthTag(sealed.subarray(-16))
    const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
    return JSON.parse(padded.subarray(0, padded.lastIndexOf(2)).toString())
  }
}
