import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import { runNodeTests } from './node-tests.ts'
import type { TestTally } from './test-tally.ts'

/** What a station and the tests of its modules are made of. */
const TREE = ['package.json', 'config.ts', 'core', 'db', 'templates', 'static', 'test/support']
/** Tests of a noun alone say the same whoever its neighbours are. */
const NEEDS_STATION = /\/test\/support\/(?:station|module-folder)\.ts'|'#testkit'/
/** So do those of one module's log alone, under faults and random deeds. */
const OF_ITSELF = /[/\\](?:kill|model)\.test\.ts$/

/**
 * For each folder of `modules/`: a copy of the project without it, in which the tests of all other
 * modules must pass, on SQLite. Tests that `needs(…)` the missing module are skipped by name.
 *
 * @param chosen only these modules are left out, each in turn; all of them when empty.
 */
export async function testWithoutEach(
  root: string,
  chosen: readonly string[],
  tally: TestTally,
  out: NodeJS.WritableStream,
): Promise<void> {
  process.env['QUARK_TEST_POSTGRES'] = ''
  process.env['QUARK_TEST_DIALECTS'] = 'sqlite'
  for (const gone of modulesOf(root)) {
    if (chosen.length > 0 && !chosen.includes(gone)) continue
    const copy = join(root, '.cache', 'without', gone)
    copyWithout(root, gone, copy)
    out.write(`without ${gone}\n`)
    const files = globSync('modules/**/*.test.{ts,tsx}', { cwd: copy })
      .map((path) => join(copy, path))
      .filter((path) => !OF_ITSELF.test(path))
      .filter((path) => NEEDS_STATION.test(readFileSync(path, 'utf8')))
      .toSorted()
    if (files.length > 0) await runNodeTests(copy, files, tally, out)
    rmSync(copy, { recursive: true, force: true })
  }
}

function modulesOf(root: string): string[] {
  return globSync('modules/*/module.json', { cwd: root })
    .map((path) => basename(join(path, '..')))
    .toSorted()
}

function copyWithout(root: string, gone: string, copy: string): void {
  rmSync(copy, { recursive: true, force: true })
  mkdirSync(copy, { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
  const modules = modulesOf(root).filter((id) => id !== gone)
  for (const path of [...TREE, ...modules.map((id) => join('modules', id))]) {
    if (existsSync(join(root, path)))
      cpSync(join(root, path), join(copy, path), { recursive: true })
  }
}
