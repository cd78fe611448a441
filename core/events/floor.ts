import type { Database, OpenTransaction } from '../../db/index.ts'
import type { ConsumerOptions } from './bus.ts'

/** Acknowledgements without effects are written together, at the latest after this. */
const FLUSH_AFTER_MS = 50
const FLUSH_AFTER_EVENTS = 64
/** So many unclean stops in a row at the same place mean that the next event is the cause. */
const MAX_CRASHES = 5

/**
 * How far one consumer is. What has no effects may be delivered again after a crash, so its
 * acknowledgements are gathered in memory; an acknowledgement with effects is written with them.
 */
export class Floor {
  readonly #database: Database
  readonly #name: string
  value: number
  replayUntil: number
  /** True when the process has died again and again without getting past this place. */
  readonly isPoisoned: boolean
  #written: number
  #timer: NodeJS.Timeout | undefined

  private constructor(database: Database, name: string, row: FloorRow) {
    this.#database = database
    this.#name = name
    this.value = row.floor
    this.#written = row.floor
    this.replayUntil = row.replayUntil
    this.isPoisoned = row.crashes > MAX_CRASHES
  }

  /** Finds or makes the consumer's row, and notes that a run has begun. */
  static async open(database: Database, options: ConsumerOptions, newest: number): Promise<Floor> {
    const start = options.from === 'beginning' ? 0 : newest
    const row = await database.transaction((tx) => beginRun(tx, options, start))
    return new Floor(database, options.name, row)
  }

  advance(seq: number): void {
    this.value = seq
    if (seq - this.#written >= FLUSH_AFTER_EVENTS) {
      this.#schedule(0)
    } else {
      this.#schedule(FLUSH_AFTER_MS)
    }
  }

  /** With the effects of the event, or with the row that remembers its failure. */
  async commitWith(tx: OpenTransaction, seq: number): Promise<void> {
    const next = Math.max(seq, this.value)
    await tx.session.run('update event_consumers set floor = ? where name = ?', [next, this.#name])
    tx.onCommit(() => {
      this.value = Math.max(this.value, next)
      this.#written = Math.max(this.#written, next)
    })
  }

  async rewind(tx: OpenTransaction, floor: number): Promise<void> {
    const replayUntil = Math.max(this.value, this.replayUntil)
    await tx.session.run('update event_consumers set floor = ?, replay_until = ? where name = ?', [
      floor,
      replayUntil,
      this.#name,
    ])
    tx.onCommit(() => {
      this.value = floor
      this.#written = floor
      this.replayUntil = replayUntil
    })
  }

  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const { value } = this
    if (value === this.#written) return
    await this.#database.transaction(async (tx) => {
      await tx.session.run('update event_consumers set floor = ? where name = ?', [
        value,
        this.#name,
      ])
    })
    this.#written = value
  }

  /** An orderly stop: what comes next has not been seen to kill anybody. */
  async close(): Promise<void> {
    await this.flush()
    await this.#database.transaction(async (tx) => {
      await tx.session.run('update event_consumers set crashes = 0 where name = ?', [this.#name])
    })
  }

  #schedule(delayMs: number): void {
    if (delayMs === 0) clearTimeout(this.#timer)
    else if (this.#timer) return
    this.#timer = setTimeout(() => {
      /* A failed flush costs a second delivery of what has no effects. */
      this.flush().catch(() => undefined)
    }, delayMs)
    this.#timer.unref()
  }
}

interface FloorRow {
  readonly floor: number
  readonly replayUntil: number
  readonly crashes: number
}

async function beginRun(
  tx: OpenTransaction,
  { name, type }: ConsumerOptions,
  start: number,
): Promise<FloorRow> {
  await tx.session.run(
    `insert into event_consumers (name, type, floor, replay_until, crashes, start_floor)
     values (?, ?, ?, 0, 0, -1) on conflict (name) do nothing`,
    [name, type, start],
  )
  const [row] = await tx.session.all(
    'select floor, replay_until, crashes, start_floor from event_consumers where name = ?',
    [name],
  )
  const floor = Number(row?.['floor'])
  const crashes = Number(row?.['start_floor']) === floor ? Number(row?.['crashes']) + 1 : 1
  await tx.session.run('update event_consumers set crashes = ?, start_floor = ? where name = ?', [
    crashes,
    floor,
    name,
  ])
  return { floor, replayUntil: Number(row?.['replay_until']), crashes }
}
