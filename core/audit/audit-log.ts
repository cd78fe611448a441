import type { Database, OpenTransaction, Scope } from '../../db/index.ts'
import type { Clock } from '../app.ts'
import type { Json } from '../port/events.ts'
import { requestContext } from '../request-context.ts'
import type {
  Audit,
  AuditEntry,
  AuditFilter,
  AuditPage,
  AuditRecord,
  Verification,
} from './index.ts'
import { FIRST_SEAL, type Sealable, sealOf } from './seal.ts'
import type { AuditTable, AuditTables } from './tables.ts'
import { verifyChain } from './verify.ts'

export interface AuditParts {
  readonly database: Database
  readonly clock: Clock
  /** 256 bits that are in no database and in no backup of one. */
  readonly key: Buffer
}

const MAX_LIMIT = 100
const MAX_JSON = 8 * 1024
const MAX_TEXT = 300
/** The same lock as the event log's: with two, two processes could wait for each other. */
const TURN = 'select pg_advisory_xact_lock(7316002)'

/** See {@link Audit}. */
export class AuditLog implements Audit {
  readonly #parts: AuditParts
  readonly #tables: Scope<AuditTables>
  /** The newest row this process knows of: a log that ends before it has lost its end. */
  #newest = 0
  #lastVerification: Verification | undefined

  constructor(parts: AuditParts) {
    this.#parts = parts
    this.#tables = parts.database.scope('')
  }

  async record(entry: AuditEntry, tx?: OpenTransaction): Promise<void> {
    const context = requestContext.getStore()
    const write = async (open: OpenTransaction): Promise<void> => {
      await this.#append(open, {
        action: entry.action,
        outcome: entry.outcome,
        actor_id: textOf(entry.actorId ?? context?.actorId),
        subject: textOf(entry.subject),
        ip: textOf(entry.ip ?? context?.ip),
        session_id: textOf(entry.sessionId ?? context?.sessionId),
        before: jsonOf(entry.before),
        after: jsonOf(entry.after),
        removed_through: null,
        removed_seal: null,
      })
    }
    await (tx ? write(tx) : this.#parts.database.transaction(write))
  }

  /** At most 100, newest first. */
  async list(filter: AuditFilter = {}, limit = 50, cursor?: string): Promise<AuditPage> {
    const size = Math.min(Math.max(1, limit), MAX_LIMIT)
    const before = Number(cursor)
    let query = this.#tables.reader.selectFrom('audit_log').selectAll().orderBy('seq', 'desc')
    if (Number.isSafeInteger(before) && before > 0) query = query.where('seq', '<', before)
    for (const [column, operator, value] of conditionsOf(filter)) {
      query = query.where(column, operator, value)
    }
    const rows = await query.limit(size + 1).execute()
    const items = rows.slice(0, size).map(recordOf)
    const last = items.at(-1)
    return { items, nextCursor: rows.length > size && last ? String(last.seq) : null }
  }

  /** Reads the whole log, a thousand rows at a time; others have their turn in between. */
  async verify(): Promise<Verification> {
    const { clock, key } = this.#parts
    const found = await verifyChain(this.#tables.reader, key, this.#newest)
    this.#lastVerification = { ...found, at: clock.now().toISOString() }
    return this.#lastVerification
  }

  /** The last answer of {@link verify} in this process. */
  get lastVerification(): Verification | undefined {
    return this.#lastVerification
  }

  /**
   * Removes rows older than `before`, and leaves a checkpoint that says so and lets the rest be
   * verified. Does nothing where no row is that old.
   *
   * @returns how many rows were removed.
   */
  retain(before: Date): Promise<number> {
    return this.#parts.database.transaction(async (tx) => {
      const { db } = this.#tables.within(tx)
      await this.#turn(tx)
      const [last] = await db
        .selectFrom('audit_log')
        .select(['seq', 'seal'])
        .where('at', '<', before.toISOString())
        .orderBy('seq', 'desc')
        .limit(1)
        .execute()
      if (!last) return 0
      await this.#append(tx, {
        action: 'audit.retained',
        outcome: 'done',
        actor_id: null,
        subject: null,
        ip: null,
        session_id: null,
        before: null,
        after: null,
        removed_through: last.seq,
        removed_seal: last.seal,
      })
      const { numDeletedRows } = await db
        .deleteFrom('audit_log')
        .where('seq', '<=', last.seq)
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    })
  }

  async #append(tx: OpenTransaction, entry: Omit<Sealable, 'seq' | 'at'>): Promise<void> {
    const { db } = this.#tables.within(tx)
    await this.#turn(tx)
    const [newest] = await db
      .selectFrom('audit_log')
      .select(['seq', 'seal'])
      .orderBy('seq', 'desc')
      .limit(1)
      .execute()
    const seq = (newest?.seq ?? 0) + 1
    const row = { seq, at: this.#parts.clock.now().toISOString(), ...entry }
    const seal = sealOf(this.#parts.key, newest?.seal ?? FIRST_SEAL, row)
    await db
      .insertInto('audit_log')
      .values({ ...row, seal })
      .execute()
    tx.onCommit(() => {
      this.#newest = Math.max(this.#newest, seq)
    })
  }

  /** SQLite has one writer; on PostgreSQL who has the turn keeps it until the commit. */
  async #turn(tx: OpenTransaction): Promise<void> {
    if (tx.session.dialect === 'postgres') await tx.session.all(TURN)
  }
}

type Condition = readonly [keyof AuditTable, '=' | 'like' | '>=' | '<', string]

function conditionsOf({ area, outcome, actorId, subject, from, until }: AuditFilter): Condition[] {
  const asked = [
    ['action', 'like', area === undefined ? undefined : `${area}.%`],
    ['outcome', '=', outcome],
    ['actor_id', '=', actorId],
    ['subject', '=', subject],
    ['at', '>=', from],
    ['at', '<', until],
  ] as const
  return asked.flatMap(([column, operator, value]): Condition[] =>
    value === undefined ? [] : [[column, operator, value]],
  )
}

function textOf(text: string | undefined): string | null {
  return text === undefined ? null : text.slice(0, MAX_TEXT)
}

function jsonOf(value: Json | undefined): string | null {
  if (value === undefined) return null
  const text = JSON.stringify(value)
  return text.length <= MAX_JSON ? text : JSON.stringify({ cut: text.slice(0, MAX_JSON) })
}

function recordOf(row: AuditTable): AuditRecord {
  return {
    seq: row.seq,
    at: row.at,
    action: row.action,
    outcome: row.outcome,
    actorId: row.actor_id,
    subject: row.subject,
    ip: row.ip,
    sessionId: row.session_id,
    before: parsed(row.before),
    after:
      row.removed_through === null ? parsed(row.after) : { removedThrough: row.removed_through },
  }
}

/** What somebody has changed behind the station's back need not be JSON. */
function parsed(text: string | null): Json {
  if (text === null) return null
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}
