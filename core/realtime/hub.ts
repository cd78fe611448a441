import type { Database, OpenTransaction } from '../../db/index.ts'
import type { Clock, Log } from '../app.ts'
import { readEpoch } from './epoch.ts'
import type { Realtime, UpdateData } from './index.ts'
import { dataText } from './update.ts'
import { UpdateLog } from './update-log.ts'

export interface HubParts {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
}

/** Keeps the log of what each person should know, and tells their open sockets. */
export class RealtimeHub implements Realtime {
  readonly updates: UpdateLog
  readonly #parts: HubParts
  #epoch = ''

  constructor(parts: HubParts) {
    this.#parts = parts
    this.updates = new UpdateLog(parts.database, parts.clock)
  }

  /** Must follow the migrations. */
  async start(): Promise<void> {
    this.#epoch = await readEpoch(this.#parts.database)
  }

  get epoch(): string {
    return this.#epoch
  }

  async push(tx: OpenTransaction, userId: string, type: string, data: UpdateData): Promise<void> {
    await this.pushAll(tx, [userId], type, data)
  }

  async pushAll(
    tx: OpenTransaction,
    userIds: readonly string[],
    type: string,
    data: UpdateData,
  ): Promise<void> {
    const text = dataText(type, data)
    for (const userId of new Set(userIds)) {
      await this.updates.append(tx, userId, { type, data: text })
    }
  }

  signal(userIds: readonly string[], type: string, data: UpdateData): void {
    if (userIds.length > 0) dataText(type, data)
  }
}
