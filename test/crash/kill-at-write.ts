import { DatabaseSync, StatementSync } from 'node:sqlite'

/**
 * Loaded before the program (`--import`). Counts every statement that may change the database and
 * kills the process at the `QUARK_TEST_KILL_AT`-th, before or after it (`QUARK_TEST_KILL_SIDE`), as
 * a power cut would: no handler runs, nothing is flushed.
 */
const killAt = Number(process.env['QUARK_TEST_KILL_AT'])
const isBefore = process.env['QUARK_TEST_KILL_SIDE'] === 'before'
const READS = /^\s*(?:select|with|pragma)\b/i
let writes = 0

function die(): void {
  process.kill(process.pid, 'SIGKILL')
}

function counted<Result>(run: () => Result): Result {
  writes++
  Reflect.set(globalThis, 'quarkTestWrites', writes)
  if (writes === killAt && isBefore) die()
  const result = run()
  if (writes === killAt && !isBefore) die()
  return result
}

const { exec } = DatabaseSync.prototype
DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string): void {
  return counted(() => exec.call(this, sql))
}

const { run, all } = StatementSync.prototype
StatementSync.prototype.run = function (this: StatementSync, ...values) {
  return counted(() => Reflect.apply(run, this, values) as ReturnType<typeof run>)
} as typeof run
StatementSync.prototype.all = function (this: StatementSync, ...values) {
  const read = (): ReturnType<typeof all> =>
    Reflect.apply(all, this, values) as ReturnType<typeof all>
  return READS.test(this.sourceSQL) ? read() : counted(read)
} as typeof all
