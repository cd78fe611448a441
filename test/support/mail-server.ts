import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'

export interface ReceivedLetter {
  readonly recipients: readonly string[]
  readonly raw: string
  readonly parsed: ParsedMail
  readonly html: string
}

/** A real SMTP server on a port of its own that keeps what it is given. */
export class MailServer implements AsyncDisposable {
  readonly received: ReceivedLetter[] = []
  /** Answers to the next letters, by SMTP status; then everything is taken. */
  readonly refusals: number[] = []
  readonly #server: SMTPServer
  #port = 0

  constructor() {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, session, done) => void this.#take(stream, session, done),
    })
  }

  static async open(): Promise<MailServer> {
    const made = new MailServer()
    await new Promise<void>((resolve) => {
      made.#server.listen(0, '127.0.0.1', resolve)
    })
    made.#port = (made.#server.server.address() as AddressInfo).port
    return made
  }

  /** For `SMTP_URL`. */
  get url(): string {
    return `smtp://127.0.0.1:${this.#port}`
  }

  /** The one letter that has come. @throws Error when there are more or none. */
  get only(): ReceivedLetter {
    const [letter, ...others] = this.received
    if (!letter || others.length > 0) throw new Error(`${this.received.length} letters came`)
    return letter
  }

  async #take(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    done: (error?: Error) => void,
  ): Promise<void> {
    const raw = await buffer(stream)
    const status = this.refusals.shift()
    if (status !== undefined) {
      done(Object.assign(new Error('Not now'), { responseCode: status }))
      return
    }
    const parsed = await simpleParser(raw)
    const html = typeof parsed.html === 'string' ? parsed.html : ''
    const recipients = session.envelope.rcptTo.map(({ address }) => address)
    this.received.push({ recipients, raw: raw.toString(), parsed, html })
    done()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(resolve)
    })
  }
}
