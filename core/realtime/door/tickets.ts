import { createHash, randomBytes } from 'node:crypto'
import type { Database } from '../../../db/index.ts'
import type { Clock } from '../../app.ts'

const TICKET_MS = 30_000

export interface Ticket {
  /** 256 random bits; opens one socket. */
  readonly ticket: string
  /** ISO 8601, UTC */
  readonly expiresAt: string
}

/** Passes for clients that have a bearer token and no cookies; good on every process. */
export class Tickets {
  readonly #database: Database
  readonly #clock: Clock

  constructor(database: Database, clock: Clock) {
    this.#database = database
    this.#clock = clock
  }

  async issue(sessionId: string): Promise<Ticket> {
    const ticket = randomBytes(32).toString('base64url')
    const now = this.#clock.now()
    const expiresAt = new Date(now.getTime() + TICKET_MS).toISOString()
    await this.#database.transaction(async ({ session }) => {
      await session.run('delete from realtime_tickets where expires_at <= ?', [now.toISOString()])
      await session.run(
        'insert into realtime_tickets (hash, session_id, expires_at) values (?, ?, ?)',
        [hashOf(ticket), sessionId, expiresAt],
      )
    })
    return { ticket, expiresAt }
  }

  /** The session whose ticket this is, to one asker alone. */
  async redeem(ticket: string): Promise<string | null> {
    const rows = await this.#database.transaction(({ session }) =>
      session.all(
        'delete from realtime_tickets where hash = ? and expires_at > ? returning session_id',
        [hashOf(ticket), this.#clock.now().toISOString()],
      ),
    )
    const [row] = rows
    return row ? String(row['session_id']) : null
  }
}

function hashOf(ticket: string): string {
  return createHash('sha256').update(ticket).digest('base64url')
}
