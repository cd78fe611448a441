import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { buildAssets } from '../core/views/assets.ts'
import { runNodeTests } from './node-tests.ts'
import type { TestTally } from './test-tally.ts'

/** What a station and the tests of its modules are made of. */
const TREE = ['package.json', 'config.ts', 'core', 'db', 'templates', 'static', 'test/support']
/** Tests of a noun alone say the same whoever its neighbours are. */
const NEEDS_STATION = /\/test\/support\/(?:station|module-folder)\.ts'|'#testkit'/
/** So do those of one module's log alone, under faults and random deeds, and its whole demo. */
const OF_ITSELF = /[/\\](?:kill|model|demo[/\\]fill)\.test\.ts$/

/**
 * Each module where it is alone, but for those it requires; and without each module in turn, those
 * that name it in their manifests: so no module is tested beside another only. Each time in a copy
 * of the project, on SQLite. Tests that `needs(…)` a missing module are skipped by name.
 *
 * @param chosen only these modules are alone, and left out, each in turn; all when empty.
 */
export async function testWithoutEach(
  root: string,
  chosen: readonly string[],
  tally: TestTally,
  out: NodeJS.WritableStream,
): Promise<void> {
  process.env['QUARK_TEST_POSTGRES'] = ''
  process.env['QUARK_TEST_DIALECTS'] = 'sqlite'
  const all = modulesOf(root)
  const ids = all.map(({ id }) => id)
  for (const { id, required } of all) {
    if (chosen.length > 0 && !chosen.includes(id)) continue
    const naming = all.filter(({ optional }) => optional.includes(id)).map((module) => module.id)
    const crews: Crew[] = [
      { name: `${id} alone`, present: [id, ...required], tested: [id] },
      { name: `without ${id}`, present: ids.filter((other) => other !== id), tested: naming },
    ]
    for (const crew of crews) await testCrew(root, crew, tally, out)
  }
}

interface Crew {
  readonly name: string
  readonly present: readonly string[]
  readonly tested: readonly string[]
}

async function testCrew(
  root: string,
  { name, present, tested }: Crew,
  tally: TestTally,
  out: NodeJS.WritableStream,
): Promise<void> {
  /* The same place for all: what was compiled for one crew is found again by the next. */
  const copy = join(root, '.cache', 'crew')
  const files = tested
    .flatMap((id) => globSync(`modules/${id}/**/*.test.{ts,tsx}`, { cwd: root }))
    .filter((path) => !OF_ITSELF.test(path))
    .filter((path) => NEEDS_STATION.test(readFileSync(join(root, path), 'utf8')))
    .toSorted()
    .map((path) => join(copy, path))
  if (files.length === 0) return
  copyWith(root, present, copy)
  await buildAssets({ root: copy })
  out.write(`${name}\n`)
  await runNodeTests(copy, files, tally, out)
  rmSync(copy, { recursive: true, force: true })
}

interface ModuleNames {
  readonly id: string
  readonly required: readonly string[]
  readonly optional: readonly string[]
}

function modulesOf(root: string): ModuleNames[] {
  const manifests = globSync('modules/*/module.json', { cwd: root }).toSorted()
  return manifests.map((path) => {
    const { id, requires } = JSON.parse(readFileSync(join(root, path), 'utf8')) as {
      id: string
      requires: { modules: Record<string, string>; optional: Record<string, string> }
    }
    const { modules, optional } = requires
    return { id, required: Object.keys(modules), optional: Object.keys(optional) }
  })
}

function copyWith(root: string, modules: readonly string[], copy: string): void {
  rmSync(copy, { recursive: true, force: true })
  mkdirSync(copy, { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
  for (const path of [...TREE, ...modules.map((id) => join('modules', id))]) {
    if (existsSync(join(root, path)))
      cpSync(join(root, path), join(copy, path), { recursive: true })
  }
}
