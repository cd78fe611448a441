import type { Database } from '../../../db/index.ts'
import type { Clock } from '../../app.ts'
import type { Bus } from '../../events/bus.ts'
import type { StationLog } from '../../log/log.ts'
import type { PageCache } from '../../views/page-cache.ts'
import { type ActOfDestruction, writeAct } from './act-of-destruction.ts'
import type { ErasureLedger } from './erasure-ledger.ts'
import type { ErasedContent } from '../index.ts'
import type { PersonalData } from '../personal-data.ts'
import { tombstoneOf } from './tombstone.ts'

export interface EraserParts {
  readonly database: Database
  readonly clock: Clock
  readonly log: StationLog
  readonly bus: Bus
  readonly cache: PageCache
  readonly personalData: PersonalData
  readonly ledger: ErasureLedger
  readonly dataDir: string
  readonly operator: string
  readonly station: string
}

export interface Erasing {
  readonly userId: string
  readonly content: ErasedContent
  readonly reason: string
  /** ISO 8601 */
  readonly requestedAt: string
}

/**
 * Erases people for good. The ledger is written first: from then on every start of the station
 * goes on with the erasure until it is done, whatever happens in between.
 */
export class Eraser {
  readonly #parts: EraserParts

  constructor(parts: EraserParts) {
    this.#parts = parts
  }

  /** Safe to repeat. {@link finish} must follow, once for any number of people. */
  async erase({ userId, content, reason, requestedAt }: Erasing): Promise<void> {
    const { clock, ledger, personalData, dataDir, station, operator, log } = this.#parts
    const words = await this.#wordsOf(userId)
    const lines = [{ at: requestedAt, what: `asked for: ${reason}` }]
    const note = (what: string): void => void lines.push({ at: clock.now().toISOString(), what })
    ledger.append({ userId, content, at: clock.now().toISOString() })
    note('entered into the ledger of erasures')
    const categories: Record<string, Readonly<Record<string, number>>> = {}
    const person = { userId, content, tombstone: tombstoneOf(userId) }
    for await (const { name, erased } of personalData.erasures(person)) {
      categories[name] = erased
      note(`${name}: ${JSON.stringify(erased)}`)
    }
    const removed = await log.redact(words)
    categories['logs'] = { lines: removed }
    note(`logs: ${removed} lines`)
    await this.#announce(userId, content)
    const act: ActOfDestruction = {
      format: 'quark-act-of-destruction/1',
      operator,
      station,
      subject: userId,
      categories,
      carriers: [this.#carrier, 'the folders media, exports and logs of the data folder'],
      method: 'deleted, overwritten in the database file, files removed; backups by the ledger',
      reason,
      requestedAt,
      destroyedAt: clock.now().toISOString(),
      responsible: 'the station itself, by its daily job',
      log: lines,
    }
    writeAct(dataDir, act, ledger.sealingKey)
  }

  /** Leaves no erased bytes in the database file, its log and its free pages; drops kept pages. */
  async finish(): Promise<void> {
    this.#parts.cache.clear()
    const isClean = await this.#parts.database.compact()
    if (!isClean) {
      this.#parts.log.warn('Somebody else reads the database: erased bytes leave its log later')
    }
  }

  get #carrier(): string {
    return this.#parts.database.dialect === 'sqlite'
      ? 'the file quark.db of the data folder'
      : 'the PostgreSQL database (its own files are overwritten by its vacuum)'
  }

  /** How the person is called in the log. */
  async #wordsOf(userId: string): Promise<string[]> {
    const [row] = await this.#parts.database.reader.all(
      `select username, email from identities where id = ? and status <> 'deleted'`,
      [userId],
    )
    if (!row) return [userId]
    const name = String(row['username'])
    return [userId, String(row['email']), `"${name}"`, `/user/${name}"`, `/user/${name}/`]
  }

  async #announce(userId: string, content: ErasedContent): Promise<void> {
    const { database, bus } = this.#parts
    await database.transaction((tx) =>
      bus.publish(tx, {
        type: 'user.deleted',
        source: '/core',
        subject: `user/${userId}`,
        data: { id: userId, content },
        touches: ['people', 'posts', 'home', `blog/${userId}`],
      }),
    )
  }
}
