import type { Calls } from '../../calls/calls.ts'
import { CodedError } from '../../errors.ts'
import { dataText, MAX_TOLD_BYTES, type StoredUpdate, type Update, VOID } from './update.ts'
import type { Head, UpdateLog } from './update-log.ts'

/**
 * Logs as their people are told them: lines that refer to something are made anew by whoever wrote
 * them, with the rights and the state of this moment.
 */
export class ToldLog {
  readonly #log: Pick<UpdateLog, 'head' | 'read'>
  readonly #calls: Pick<Calls, 'call'>

  constructor(log: Pick<UpdateLog, 'head' | 'read'>, calls: Pick<Calls, 'call'>) {
    this.#log = log
    this.#calls = calls
  }

  head(userId: string): Promise<Head> {
    return this.#log.head(userId)
  }

  /** Updates of a person after `pts`, oldest first. */
  async read(userId: string, pts: number, limit: number): Promise<Update[]> {
    const lines = await this.#log.read(userId, pts, limit)
    const told = new Map<number, Pick<Update, 'type' | 'data'>>()
    for (const by of new Set(lines.map(({ toldBy }) => toldBy))) {
      if (by === null) continue
      const own = lines.filter(({ toldBy }) => toldBy === by)
      const answers = await this.#ask(by, userId, own)
      for (const [index, line] of own.entries()) told.set(line.pts, saidBy(answers[index]))
    }
    return lines.map((line) => ({
      pts: line.pts,
      ...(told.get(line.pts) ?? { type: line.type, data: line.data }),
    }))
  }

  async #ask(by: string, userId: string, lines: readonly StoredUpdate[]): Promise<unknown[]> {
    const references = lines.map(({ data }) => JSON.parse(data) as unknown)
    try {
      return (await this.#calls.call(by, { userId, references })) as unknown[]
    } catch (error) {
      /* The module that wrote them is gone, and what they were about with it. */
      if (error instanceof CodedError && error.code === 'QL_CALL_UNAVAILABLE') return []
      throw error
    }
  }
}

function saidBy(answer: unknown): Pick<Update, 'type' | 'data'> {
  if (typeof answer !== 'object' || answer === null || !('k' in answer)) return VOID
  const { k, ...data } = answer
  return { type: String(k), data: dataText(String(k), data, MAX_TOLD_BYTES) }
}
