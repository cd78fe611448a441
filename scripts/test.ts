import { globSync } from 'node:fs'
import { join } from 'node:path'
import { NO_POSTGRES, reachablePostgres } from '../test/support/postgres.ts'
import { runBrowserTests } from './browser-tests.ts'
import { runNodeTests } from './node-tests.ts'
import { TestTally } from './test-tally.ts'
import { testWithoutEach } from './without-modules.ts'

/**
 * `npm test [-- <part of a path>…]`: unit and flow tests, then browser tests. What could not run
 * is named at the end; the exit code is 1 when anything failed or nothing was found.
 * `npm test -- --without-modules [<module>…]`: instead, the tests of each module without the others.
 */
const WITHOUT_MODULES = '--without-modules'
const LONGEST_FIRST = ['test', 'modules', 'core']
const root = process.cwd()
const isWithout = process.argv.includes(WITHOUT_MODULES)
const patterns = process.argv.slice(2).filter((argument) => argument !== WITHOUT_MODULES)
const tally = new TestTally()

const files = isWithout ? [] : found('**/*.test.{ts,tsx}')
const specs = isWithout ? [] : found('e2e/**/*.spec.ts')

if (isWithout) await testWithoutEach(root, patterns, tally, process.stdout)
if (files.length > 0) {
  if ((await reachablePostgres()) === undefined) tally.leaveOut(NO_POSTGRES)
  await runNodeTests(root, files, tally, process.stdout)
}
if (specs.length > 0) await runBrowserTests(root, patterns, tally)
if (tally.isEmpty && !isWithout && files.length + specs.length === 0) {
  process.stdout.write(`No test file matches ${patterns.join(' ') || 'here'}\n`)
}
process.stdout.write(`\n${tally.summary()}\n`)
const ranNothing = isWithout ? tally.isEmpty : files.length + specs.length === 0
process.exitCode = tally.failed > 0 || ranNothing ? 1 : 0

function found(glob: string): string[] {
  const left = new Set(['node_modules', '.cache', '.git', 'data', 'reports', 'test-results'])
  return globSync(glob, { cwd: root, exclude: (path) => left.has(path) })
    .filter((path) => patterns.length === 0 || patterns.some((part) => path.includes(part)))
    .toSorted((a, b) => rankOf(a) - rankOf(b) || a.localeCompare(b))
    .map((path) => join(root, path))
}

/** Tests of the whole take longest and begin first, so that none of them runs alone at the end. */
function rankOf(path: string): number {
  const at = LONGEST_FIRST.indexOf(path.split(/[\\/]/)[0] ?? '')
  return at === -1 ? LONGEST_FIRST.length : at
}
