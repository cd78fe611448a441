import type { Database, OpenTransaction, Row } from '../../db/index.ts'
import type { ConsumerOptions } from './bus.ts'

/**
 * Another process, or a replay, has moved this consumer meanwhile. What was about to be written is
 * rolled back, so that no effect is committed twice; the consumer reads its place afresh.
 */
export class OvertakenError extends Error {
  override readonly name = 'OvertakenError'
}

/** How far one consumer is. Every write names the place it starts from. */
export class Cursor {
  readonly #name: string
  #generation = 0
  #written = 0
  #floor = 0
  #replayUntil = 0

  constructor(name: string) {
    this.#name = name
  }

  /** Everything up to here has been handled, though perhaps not written down yet. */
  get floor(): number {
    return this.#floor
  }

  get generation(): number {
    return this.#generation
  }

  get isWritten(): boolean {
    return this.#floor === this.#written
  }

  isReplay(seq: number): boolean {
    return seq <= this.#replayUntil
  }

  async load(database: Database): Promise<void> {
    const [row] = await database.reader.all(
      'select floor, generation, replay_until from event_consumers where name = ?',
      [this.#name],
    )
    if (row) this.#take(row)
  }

  advance(seq: number): void {
    this.#floor = seq
  }

  /** @throws OvertakenError */
  async write(tx: OpenTransaction, seq: number): Promise<void> {
    const { changes } = await tx.session.run(
      'update event_consumers set floor = ? where name = ? and floor = ? and generation = ?',
      [seq, this.#name, this.#written, this.#generation],
    )
    if (changes === 0) throw new OvertakenError(this.#name)
    tx.onCommit(() => {
      this.#written = seq
      this.#floor = Math.max(this.#floor, seq)
    })
  }

  async markClean(tx: OpenTransaction): Promise<void> {
    await tx.session.run('update event_consumers set is_clean = 1 where name = ?', [this.#name])
  }

  #take(row: Row): void {
    this.#generation = Number(row['generation'])
    this.#written = Number(row['floor'])
    this.#floor = this.#written
    this.#replayUntil = Number(row['replay_until'])
  }
}

/** Makes the row of a consumer seen for the first time. */
export async function register(
  tx: OpenTransaction,
  { name, type, from }: ConsumerOptions,
): Promise<void> {
  const [row] = await tx.session.all('select max(seq) as seq from events')
  const newest = Number(row?.['seq'] ?? 0)
  await tx.session.run(
    `insert into event_consumers (name, type, floor, generation, replay_until, is_clean)
     values (?, ?, ?, 0, 0, 1) on conflict (name) do nothing`,
    [name, type, from === 'beginning' ? 0 : newest],
  )
}

/** Notes that a run begins. @returns false when the one before it did not end in order. */
export async function beginRun(tx: OpenTransaction, name: string): Promise<boolean> {
  const { changes } = await tx.session.run(
    'update event_consumers set is_clean = 0 where name = ? and is_clean = 1',
    [name],
  )
  return changes > 0
}

/**
 * Goes back, so that everything from `fromSeq` on is delivered once more, whatever became of it.
 *
 * @param reached how far the consumer is, where it runs: ahead of what is written.
 */
export async function rewind(
  tx: OpenTransaction,
  name: string,
  { fromSeq, reached }: { fromSeq: number; reached: number },
): Promise<void> {
  const [row] = await tx.session.all(
    'select floor, replay_until from event_consumers where name = ?',
    [name],
  )
  if (!row) throw new Error(`There is no consumer ${name}`)
  const floor = Number(row['floor'])
  await tx.session.run('delete from event_deliveries where consumer = ? and seq >= ?', [
    name,
    fromSeq,
  ])
  await tx.session.run(
    `update event_consumers set floor = ?, replay_until = ?, generation = generation + 1
     where name = ?`,
    [
      Math.min(Math.max(0, fromSeq - 1), floor),
      Math.max(floor, reached, Number(row['replay_until'])),
      name,
    ],
  )
}
