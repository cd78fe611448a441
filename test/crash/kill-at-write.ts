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

type Method = (...values: unknown[]) => unknown

/** Puts the count in front of a method of both of SQLite's classes. */
function watch(owner: object, name: string, isRead: (self: object) => boolean): void {
  const original = Reflect.get(owner, name) as Method
  const watched = function (this: object, ...values: unknown[]): unknown {
    const run = (): unknown => Reflect.apply(original, this, values)
    return isRead(this) ? run() : counted(run)
  }
  Reflect.set(owner, name, watched)
}

watch(DatabaseSync.prototype, 'exec', () => false)
watch(StatementSync.prototype, 'run', () => false)
watch(StatementSync.prototype, 'all', (self) => READS.test((self as StatementSync).sourceSQL))
