import { AsyncLocalStorage } from 'node:async_hooks'
import { DatabaseError } from './database-error.ts'
import type { Session } from './session.ts'

/** A group is closed after this many transactions or this long, so that none waits for ever. */
const MAX_GROUP = 256
const MAX_GROUP_MS = 10

/** An open transaction. */
export interface OpenTransaction {
  readonly session: Session
  readonly isOpen: boolean
  /** Runs after the commit is durable; a hook that throws is reported and stops no other. */
  onCommit(hook: () => void): void
}

interface Unit {
  /** Runs the work in the caller's own asynchronous context. */
  readonly work: (transaction: Unit['transaction']) => Promise<unknown>
  readonly transaction: UnitTransaction
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
  result?: unknown
}

class UnitTransaction implements OpenTransaction {
  readonly session: Session
  readonly hooks: (() => void)[] = []
  isOpen = true

  constructor(session: Session) {
    this.session = session
  }

  onCommit(hook: () => void): void {
    this.hooks.push(hook)
  }
}

/**
 * Group commit over the one writer. Transactions that wait at the same moment run one after the
 * other, each in its own savepoint, and share one `commit`, which is what costs: a failing one is
 * rolled back alone, and nobody is answered before the shared commit is on disk.
 */
export class GroupCommit {
  readonly #writer: Session
  readonly #onHookError: (error: unknown) => void
  readonly #current = new AsyncLocalStorage<OpenTransaction | undefined>()
  #queue: Unit[] = []
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
    const inCallersContext = AsyncLocalStorage.snapshot()
    return new Promise<R>((resolve, reject) => {
      this.#queue.push({
        work: (transaction) =>
          inCallersContext(() => this.#current.run(transaction, async () => work(transaction))),
        transaction: new UnitTransaction(this.#writer),
        resolve: resolve as (value: unknown) => void,
        reject,
      })
      this.#draining ??= this.#current.run(undefined, () => this.#drain())
    })
  }

  /** Answers when everything queued so far has been committed or rejected. */
  async idle(): Promise<void> {
    while (this.#draining) await this.#draining
  }

  async #drain(): Promise<void> {
    /* One turn of the event loop lets everything that arrived together join the first group. */
    await Promise.resolve()
    while (this.#queue.length > 0) await this.#commitGroup()
    this.#draining = undefined
  }

  async #commitGroup(): Promise<void> {
    const group: Unit[] = []
    try {
      await this.#writer.exec(this.#writer.dialect === 'sqlite' ? 'begin immediate' : 'begin')
      const deadline = performance.now() + MAX_GROUP_MS
      while (group.length < MAX_GROUP && performance.now() < deadline) {
        const unit = this.#queue.shift()
        if (!unit) break
        const isAlone = group.length === 0
        if (await this.#runUnit(unit, isAlone)) group.push(unit)
        else if (isAlone) return
      }
      await this.#writer.exec('commit')
    } catch (error) {
      await this.#abandon(group, error)
      return
    }
    for (const unit of group) this.#settle(unit)
  }

  /**
   * True when the unit belongs to the group; a failed one has been rolled back and answered. The
   * first of a group needs no savepoint: while it runs, the whole transaction is its own.
   */
  async #runUnit(unit: Unit, isAlone: boolean): Promise<boolean> {
    if (!isAlone) await this.#writer.exec('savepoint unit')
    try {
      unit.result = await unit.work(unit.transaction)
      unit.transaction.isOpen = false
      if (!isAlone) await this.#writer.exec('release unit')
      return true
    } catch (error) {
      unit.transaction.isOpen = false
      unit.reject(error)
      await this.#writer.exec(isAlone ? 'rollback' : 'rollback to unit')
      if (!isAlone) await this.#writer.exec('release unit')
      return false
    }
  }

  /**
   * The group could not be committed (disk full, I/O error, lost connection): nobody in it was
   * answered yet, so everybody is told. What waits behind is tried afresh; if even `begin` fails,
   * the first in line is answered so that a broken disk never becomes an endless loop.
   */
  async #abandon(group: readonly Unit[], error: unknown): Promise<void> {
    try {
      await this.#writer.exec('rollback')
    } catch {
      /* SQLite has already rolled back by itself after a full disk or an I/O error. */
    }
    const waiting = group.length > 0 ? [] : [this.#queue.shift()]
    for (const unit of [...group, ...waiting]) unit?.reject(error)
  }

  #settle(unit: Unit): void {
    for (const hook of unit.transaction.hooks) {
      try {
        hook()
      } catch (error) {
        this.#onHookError(error)
      }
    }
    unit.resolve(unit.result)
  }
}
