import { AsyncLocalStorage } from 'node:async_hooks'
import { DatabaseError } from './database-error.ts'
import type { Session } from './session.ts'

/** A group is closed after this long, so that its first transaction is answered in time. */
const MAX_GROUP_MS = 10

/** An open transaction. */
export interface OpenTransaction {
  /** @throws DatabaseError `closed-transaction` after its end. */
  readonly session: Session
  readonly isOpen: boolean
  /**
   * Runs after the commit is durable and before the transaction is answered, in the context of who
   * began it; a hook that throws is reported and stops no other.
   *
   * @throws DatabaseError `closed-transaction` after its end.
   */
  onCommit(hook: () => void): void
}

interface Unit {
  /** Runs something in the asynchronous context of who began the transaction. */
  readonly inContext: <R>(run: () => R) => R
  readonly work: (transaction: OpenTransaction) => unknown
  readonly transaction: UnitTransaction
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
  result?: unknown
}

class UnitTransaction implements OpenTransaction {
  readonly #session: Session
  readonly hooks: (() => void)[] = []
  isOpen = true

  constructor(session: Session) {
    this.#session = session
  }

  get session(): Session {
    this.#refuseWhenClosed()
    return this.#session
  }

  onCommit(hook: () => void): void {
    this.#refuseWhenClosed()
    this.hooks.push(hook)
  }

  #refuseWhenClosed(): void {
    if (!this.isOpen) throw new DatabaseError('closed-transaction', 'await what the work begins')
  }
}

/**
 * Group commit over the one writer. Transactions that wait at the same moment run one after the
 * other and share one `commit`, which is what costs. A failing one is rolled back alone: each has
 * its own savepoint, but for the first, which has nobody before it to protect and ends the group.
 * Nobody is answered before the shared commit is on disk.
 */
export class GroupCommit {
  readonly #writer: Session
  readonly #onHookError: (error: unknown) => void
  readonly #current = new AsyncLocalStorage<OpenTransaction | undefined>()
  readonly #inOwnContext = AsyncLocalStorage.snapshot()
  #queue: Unit[] = []
  #alone: (() => Promise<void>)[] = []
  #draining: Promise<void> | undefined

  constructor(writer: Session, onHookError: (error: unknown) => void) {
    this.#writer = writer
    this.#onHookError = onHookError
  }

  /** The transaction this asynchronous context runs in, if any. */
  get current(): OpenTransaction | undefined {
    const transaction = this.#current.getStore()
    return transaction?.isOpen ? transaction : undefined
  }

  /**
   * Runs `work` in a transaction and answers after the commit is durable. Work must not wait for
   * anything but its own queries: every other write waits for it.
   *
   * @throws DatabaseError `nested-transaction` inside another transaction: pass that one on.
   */
  run<R>(work: (transaction: OpenTransaction) => Promise<R> | R): Promise<R> {
    if (this.current) throw new DatabaseError('nested-transaction', 'pass the open one on')
    return new Promise<R>((resolve, reject) => {
      this.#queue.push({
        inContext: AsyncLocalStorage.snapshot(),
        work,
        transaction: new UnitTransaction(this.#writer),
        resolve: resolve as (value: unknown) => void,
        reject,
      })
      this.#draining ??= this.#inOwnContext(() => this.#drain())
    })
  }

  /** Runs `work` between two transactions, with none open. */
  alone<R>(work: () => Promise<R> | R): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      this.#alone.push(async () => {
        try {
          resolve(await work())
        } catch (error) {
          reject(error)
        }
      })
      this.#draining ??= this.#inOwnContext(() => this.#drain())
    })
  }

  /** Answers when everything queued so far has been committed or rejected. */
  async idle(): Promise<void> {
    while (this.#draining) await this.#draining
  }

  async #drain(): Promise<void> {
    while (this.#queue.length + this.#alone.length > 0) {
      /* Everything that arrived together joins the group, and endless writing leaves others a turn. */
      await new Promise(setImmediate)
      for (const work of this.#alone.splice(0)) await work()
      if (this.#queue.length > 0) await this.#commitGroup()
    }
    this.#draining = undefined
  }

  async #commitGroup(): Promise<void> {
    try {
      await this.#writer.exec(this.#writer.dialect === 'sqlite' ? 'begin immediate' : 'begin')
    } catch (error) {
      /* One is answered at a time, so that a broken disk never becomes an endless loop. */
      this.#queue.shift()?.reject(error)
      return
    }
    const group: Unit[] = []
    try {
      if (!(await this.#fillGroup(group))) return
      await this.#writer.exec('commit')
    } catch (error) {
      await this.#abandon(group, error)
      return
    }
    for (const unit of group) this.#settle(unit)
  }

  /** @returns false when the first one failed, which took the whole transaction with it. */
  async #fillGroup(group: Unit[]): Promise<boolean> {
    const deadline = performance.now() + MAX_GROUP_MS
    while (performance.now() < deadline) {
      const unit = this.#queue.shift()
      if (!unit) break
      if (group.length > 0) await this.#runGuarded(unit, group)
      else if (!(await this.#runFirst(unit, group))) return false
    }
    return true
  }

  async #runFirst(unit: Unit, group: Unit[]): Promise<boolean> {
    try {
      await this.#runWork(unit)
      group.push(unit)
      return true
    } catch (error) {
      await this.#rollBack()
      unit.reject(error)
      return false
    }
  }

  async #runGuarded(unit: Unit, group: Unit[]): Promise<void> {
    await this.#writer.exec('savepoint unit')
    try {
      await this.#runWork(unit)
      group.push(unit)
    } catch (error) {
      unit.reject(error)
      await this.#writer.exec('rollback to unit')
    }
    await this.#writer.exec('release unit')
  }

  async #runWork(unit: Unit): Promise<void> {
    const { transaction } = unit
    try {
      unit.result = await unit.inContext(() =>
        this.#current.run(transaction, () => unit.work(transaction)),
      )
    } finally {
      transaction.isOpen = false
    }
  }

  /**
   * The group could not be committed (disk full, I/O error, lost connection): nobody in it was
   * answered yet, so everybody is told. What waits behind is tried afresh.
   */
  async #abandon(group: readonly Unit[], error: unknown): Promise<void> {
    await this.#rollBack()
    for (const unit of group) unit.reject(error)
  }

  async #rollBack(): Promise<void> {
    try {
      await this.#writer.exec('rollback')
    } catch {
      /* SQLite has already rolled back by itself after a full disk or an I/O error. */
    }
  }

  #settle({ inContext, transaction, resolve, result }: Unit): void {
    for (const hook of transaction.hooks) {
      try {
        inContext(hook)
      } catch (error) {
        this.#onHookError(error)
      }
    }
    resolve(result)
  }
}
