import type { Static } from 'typebox'
import type { Database, OpenTransaction, Scope } from '../../db/index.ts'
import type { Clock } from '../app.ts'
import type { Json } from '../port/events.ts'
import type { Audit } from '../audit/index.ts'
import type { Bus } from '../events/bus.ts'
import type { EventSchemas } from '../events/schemas.ts'
import type { StationLog } from '../log/log.ts'
import { Type } from '../type.ts'
import type { SettingsActor } from './index.ts'

export interface SettingParts {
  readonly database: Database
  readonly clock: Clock
  readonly log: StationLog
  readonly audit: Audit
  readonly bus: Bus
  readonly schemas: EventSchemas
}

interface SettingTables {
  settings: { owner: string; key: string; value: string }
}

/** The values of one owner that somebody has set, by key. */
export type OwnValues = ReadonlyMap<string, Json>

/** One change of one owner's values. */
export interface SettingChange {
  /** `core` or a module's id. */
  readonly owner: string
  /** `settings/people`, `settings/seo-analyzer` */
  readonly subject: string
  readonly before: Readonly<Record<string, Json>>
  readonly after: Readonly<Record<string, Json>>
  /** Key of a row → its value, or null to remove it. */
  readonly rows: ReadonlyMap<string, Json | undefined>
}

const NONE: OwnValues = new Map()

declare global {
  interface QuarkEvents {
    'settings.changed': Static<typeof SettingsChanged>
  }
}

const SettingsChanged = Type.Object(
  {
    owner: Type.String(),
    /** Names, not values: who may know them asks. */
    keys: Type.Array(Type.String()),
  },
  { additionalProperties: false },
)

/** The rows of the table `settings`, in memory as they are committed. */
export class SettingRows {
  readonly #parts: SettingParts
  readonly #tables: Scope<SettingTables>
  readonly #listeners = new Set<() => void>()
  #owners = new Map<string, Map<string, Json>>()

  constructor(parts: SettingParts) {
    this.#parts = parts
    this.#tables = parts.database.scope('')
    parts.schemas.define('settings.changed', 'core', SettingsChanged)
    parts.bus.onCommitted((event) => {
      if (event.type === 'settings.changed') void this.#reload()
    })
  }

  /** Must follow the migrations; until then everything has its default. */
  async load(): Promise<void> {
    const owners = new Map<string, Map<string, Json>>()
    const rows = await this.#tables.reader.selectFrom('settings').selectAll().execute()
    for (const { owner, key, value } of rows) {
      const own = owners.get(owner) ?? new Map<string, Json>()
      owners.set(owner, own.set(key, JSON.parse(value) as Json))
    }
    this.#owners = owners
  }

  of(owner: string): OwnValues {
    return this.#owners.get(owner) ?? NONE
  }

  onChanged(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Writes it, the audit row and the event; what is read afterwards is the new value. */
  async write(change: SettingChange, actor: SettingsActor): Promise<void> {
    const { owner, subject, before, after, rows } = change
    const { audit, bus, database } = this.#parts
    await database.transaction(async (tx) => {
      /* Before those whom the event tells of it. */
      tx.onCommit(() => this.#apply(owner, rows))
      for (const [key, value] of rows) await this.#writeRow(tx, owner, key, value)
      const entry = { action: 'settings.changed', outcome: 'done', subject, before, after } as const
      await audit.record({ ...entry, actorId: actor.id }, tx)
      const data = { owner, keys: Object.keys(after) }
      const event = { type: 'settings.changed', source: '/core', subject, data, actor: actor.id }
      await bus.publish(tx, event)
    })
  }

  async #writeRow(
    tx: OpenTransaction,
    owner: string,
    key: string,
    value: Json | undefined,
  ): Promise<void> {
    const { db } = this.#tables.within(tx)
    if (value === undefined) {
      await db.deleteFrom('settings').where('owner', '=', owner).where('key', '=', key).execute()
      return
    }
    const text = JSON.stringify(value)
    await db
      .insertInto('settings')
      .values({ owner, key, value: text })
      .onConflict((conflict) => conflict.columns(['owner', 'key']).doUpdateSet({ value: text }))
      .execute()
  }

  #apply(owner: string, rows: SettingChange['rows']): void {
    const own = new Map(this.#owners.get(owner))
    for (const [key, value] of rows) {
      if (value === undefined) own.delete(key)
      else own.set(key, value)
    }
    this.#owners.set(owner, own)
    this.#tell()
  }

  /** Another process may have written it. */
  async #reload(): Promise<void> {
    try {
      const before = digest(this.#owners)
      await this.load()
      if (digest(this.#owners) !== before) this.#tell()
    } catch (error) {
      this.#parts.log.warn('The settings could not be read again', { error: String(error) })
    }
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

function digest(owners: ReadonlyMap<string, OwnValues>): string {
  const all = [...owners].flatMap(([owner, own]) =>
    [...own].map(([key, value]) => `${owner} ${key} ${JSON.stringify(value)}`),
  )
  return all.toSorted().join('\n')
}
