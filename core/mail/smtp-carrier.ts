import { hostname } from 'node:os'
import type { Transporter } from 'nodemailer'
import { type Carrier, RefusedForGoodError } from './carrier.ts'
import type { Letter } from './index.ts'

export interface Sender {
  /** `Name <address>` or an address. */
  readonly from: string
  /** Right of the @ in message ids. */
  readonly domain: string
}

/** Together they stay far below the lease of a letter. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }
const MAX_CONNECTIONS = 2
const MAX_SUBJECT = 200

/** Mail by SMTP. The library is loaded with the first letter. */
export class SmtpCarrier implements Carrier {
  readonly #url: string
  readonly #sender: Sender
  #transport: Promise<Transporter> | undefined

  constructor(url: string, sender: Sender) {
    this.#url = url
    this.#sender = sender
  }

  async carry(id: string, letter: Letter): Promise<void> {
    this.#transport ??= openTransport(this.#url)
    const transport = await this.#transport
    try {
      await transport.sendMail(this.#messageOf(id, letter))
    } catch (error) {
      throw isForGood(error) ? new RefusedForGoodError(String(error), { cause: error }) : error
    }
  }

  close(): void {
    void this.#transport?.then((transport) => transport.close())
    this.#transport = undefined
  }

  #messageOf(id: string, letter: Letter): Parameters<Transporter['sendMail']>[0] {
    const { to, subject, text, html, locale, unsubscribeUrl } = letter
    return {
      from: this.#sender.from,
      /* As an object the address is not parsed: it can never become two. */
      to: { name: '', address: to },
      subject: oneLine(subject).slice(0, MAX_SUBJECT),
      text,
      html,
      messageId: `<${id}@${this.#sender.domain}>`,
      headers: {
        'Auto-Submitted': 'auto-generated',
        'Content-Language': locale,
        ...(unsubscribeUrl === undefined
          ? {}
          : {
              'List-Unsubscribe': { prepared: true, value: `<${new URL(unsubscribeUrl).href}>` },
              'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
            }),
      },
      /* A letter is text of ours: it never makes the program read a file or an address. */
      disableFileAccess: true,
      disableUrlAccess: true,
    }
  }
}

async function openTransport(url: string): Promise<Transporter> {
  const { createTransport } = await import('nodemailer')
  return createTransport({
    url,
    pool: true,
    maxConnections: MAX_CONNECTIONS,
    name: hostname(),
    ...TIMEOUTS,
  } as Parameters<typeof createTransport>[0])
}

/** Control characters end a header; a name that came from a person must not. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}

/** 5xx about the letter itself; a refused sign-in is the operator's to mend, so it is tried again. */
function isForGood(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }
  if (code !== 'EENVELOPE' && code !== 'EMESSAGE') return false
  return typeof responseCode === 'number' && responseCode >= 500
}
