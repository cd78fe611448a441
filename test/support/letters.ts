import type { QueuedLetter } from '../../core/mail/index.ts'
import type { MailServer } from './mail-server.ts'
import type { TestStation } from './station.ts'

/** The letters that wait because nobody carries any, newest first. */
export async function lettersTo(t: TestStation, address: string): Promise<QueuedLetter[]> {
  await t.settle()
  const letters = await t.station.mail.letters()
  return letters.filter(({ to }) => to === address)
}

/** The token of the link in the newest letter that waits for this address. */
export async function tokenFor(t: TestStation, address: string, kind = 'reset'): Promise<string> {
  const letter = (await lettersTo(t, address)).find((one) => one.kind === kind)
  return tokenIn(letter?.link ?? '')
}

/** Of the newest letter that has arrived at this address. */
export function tokenSent(server: MailServer, address: string): string {
  const letter = server.received.findLast(({ recipients }) => recipients.includes(address))
  return tokenIn(letter?.parsed.text ?? '')
}

function tokenIn(text: string): string {
  const token = /\?token=([\w-]+)/.exec(text)?.[1]
  if (token === undefined) throw new Error(`No link stands in ${text}`)
  return token
}

/** How many of the answers have which status. */
export function statuses(answers: readonly { readonly status: number }[]): Record<number, number> {
  const counted: Record<number, number> = {}
  for (const { status } of answers) counted[status] = (counted[status] ?? 0) + 1
  return counted
}
