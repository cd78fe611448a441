import assert from 'node:assert/strict'
import { readFileSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import semver from 'semver'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { CHECK_STEPS, type CheckName, runCheck } from '../scripts/check-steps.ts'
import { PlantedTree } from './support/planted-tree.ts'

const ROOT = join(import.meta.dirname, '..')
const SETTINGS = [
  '.gitignore',
  '.oxfmtrc.json',
  '.oxlintrc.json',
  'knip.json',
  'tsconfig.client.json',
  'tsconfig.json',
]

/** The oldest Node whose npm must be able to install the project. */
const OLDEST_NODE = '20.20.0'

const Versions = Type.Record(Type.String(), Type.String())
const Names = Type.Union([Type.String(), Type.Array(Type.String())])
const Package = Type.Object({
  version: Type.Optional(Type.String()),
  dependencies: Type.Optional(Versions),
  devDependencies: Type.Optional(Versions),
  optionalDependencies: Type.Optional(Versions),
  engines: Type.Optional(Versions),
  os: Type.Optional(Names),
  cpu: Type.Optional(Names),
  integrity: Type.Optional(Type.String()),
})
const Lock = Type.Object({ packages: Type.Record(Type.String(), Package) })

/** A tree that every check accepts. */
const CLEAN = {
  'main.ts': "import { greet } from './core/greet.ts'\n\nconsole.log(greet('alice'))\n",
  'core/greet.ts': 'export function greet(name: string): string {\n  return `Hello, ${name}`\n}\n',
  'core/client/theme.ts': "document.documentElement.dataset['theme'] = 'dark'\n",
}

suite('each check sees a planted violation', () => {
  const planted: readonly (readonly [
    what: string,
    check: CheckName,
    file: string,
    text: string,
  ])[] = [
    ['a type error', 'types', 'core/count.ts', "export const count: number = 'one'\n"],
    ['a type error in a browser script', 'types', 'core/client/a.ts', "document.nope('x')\n"],
    ['a construct that Node cannot run', 'types', 'core/mood.ts', 'export enum Mood {\n  A,\n}\n'],
    [
      'a forgotten await',
      'lint',
      'core/late.ts',
      'async function late(): Promise<void> {}\nlate()\n',
    ],
    ['the type any', 'lint', 'core/loose.ts', 'export const loose = (value: any) => value\n'],
    ['a non-null assertion', 'lint', 'core/sure.ts', 'export const sure = (x?: number) => x!\n'],
    ['a default export', 'lint', 'core/thing.ts', 'export default 1\n'],
    ['a console line in the core', 'lint', 'core/loud.ts', "console.log('x')\n"],
    [
      'an import cycle',
      'lint',
      'core/first.ts',
      "import { two } from './second.ts'\nexport const one = (): number => two()\n",
    ],
    ['a file over 300 lines', 'lint', 'core/long.ts', 'globalThis.name\n'.repeat(301)],
    ['an unformatted file', 'format', 'core/wide.ts', 'export const wide = "x";\n'],
    [
      'an unused export',
      'unused',
      'core/greet.ts',
      `${CLEAN['core/greet.ts']}export const x = 1\n`,
    ],
    ['an unused file', 'unused', 'core/lonely.ts', 'export const lonely = 1\n'],
  ]

  for (const [what, check, file, text] of planted) {
    test(`${what}: ${check}`, async () => {
      using tree = plantedProject()
      tree.write(
        'core/second.ts',
        "import { one } from './first.ts'\nexport const two = (): number => one()\n",
      )
      tree.write(file, text)
      const { passed, output } = await runCheck(step(check), tree.root)
      assert.equal(passed, false)
      assert.match(output, new RegExp(file.replace(/.*\//, '').replaceAll('.', '\\.')))
    })
  }

  test('and none sees one in a clean tree', async () => {
    using tree = plantedProject()
    for (const check of ['types', 'lint', 'format', 'unused'] as const) {
      const { passed, output } = await runCheck(step(check), tree.root)
      assert.ok(passed, `${check}: ${output}`)
    }
  })
})

suite('the checks are not blind', () => {
  test('the linter reads this whole tree', async () => {
    const { output } = await runCheck(step('lint'), ROOT)
    const [, files] = / on (\d+) files/.exec(output) ?? []
    assert.ok(Number(files) > 100, output)
  })

  test('the compiler reads this whole tree', async () => {
    const list = {
      name: 'files',
      commands: [['tsc', '-p', 'tsconfig.json', '--listFilesOnly']],
    } as const
    const { output } = await runCheck(list, ROOT)
    const own = output.split('\n').filter((file) => !file.includes('node_modules'))
    assert.ok(own.length > 100, `${own.length} files`)
  })
})

suite('the lock file installs everywhere', () => {
  const lock = Value.Parse(Lock, readJson('package-lock.json'))
  const packages = Object.entries(lock.packages)

  test('it is read at all', () => {
    assert.ok(packages.length > 300, `${packages.length} packages`)
  })

  test('no package for one platform refuses the oldest Node, where npm would leave it out silently', () => {
    const native = packages.filter(([, entry]) => entry.os !== undefined || entry.cpu !== undefined)
    assert.ok(native.length > 0)
    assert.deepEqual(refusing(native), [])
    assert.deepEqual(refusing([['node_modules/x', { engines: { node: '>=22' } }]]), [
      'node_modules/x',
    ])
  })

  test('every optional package of a package is locked, or a clean install would refuse', () => {
    assert.deepEqual(missing(lock), [])
    const torn = {
      packages: { 'node_modules/x': { optionalDependencies: { 'x-linux': '1.0.0' } } },
    }
    assert.deepEqual(missing(torn), ['node_modules/x → x-linux'])
  })

  test('what the project itself asks for is one exact version', () => {
    const manifest = Value.Parse(Package, readJson('package.json'))
    assert.ok(Object.keys(manifest.dependencies ?? {}).length > 0)
    assert.deepEqual(inexact(manifest), [])
    assert.deepEqual(inexact({ dependencies: { a: '^1.0.0', b: '2.0.0' } }), ['a ^1.0.0'])
  })

  test('the locked version is the one asked for, with its integrity', () => {
    const manifest = Value.Parse(Package, readJson('package.json'))
    for (const [name, version] of Object.entries(asked(manifest))) {
      const entry = lock.packages[`node_modules/${name}`]
      assert.equal(entry?.version, version, name)
      assert.ok(entry?.integrity, name)
    }
  })
})

type PackageEntry = Type.Static<typeof Package>

function plantedProject(): PlantedTree {
  const tree = new PlantedTree(tmpdir(), CLEAN)
  for (const file of SETTINGS) tree.write(file, readFileSync(join(ROOT, file), 'utf8'))
  tree.write('package.json', '{\n  "name": "planted",\n  "type": "module"\n}\n')
  symlinkSync(join(ROOT, 'node_modules'), join(tree.root, 'node_modules'))
  return tree
}

function step(name: CheckName): (typeof CHECK_STEPS)[number] {
  const found = CHECK_STEPS.find((candidate) => candidate.name === name)
  assert.ok(found, name)
  return found
}

function refusing(packages: readonly (readonly [path: string, entry: PackageEntry])[]): string[] {
  return packages
    .filter(([, { engines }]) => !semver.satisfies(OLDEST_NODE, engines?.['node'] ?? '*'))
    .map(([path]) => path)
}

function missing(lock: Type.Static<typeof Lock>): string[] {
  return Object.entries(lock.packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !isLocked(lock, path, name))
      .map((name) => `${path} → ${name}`),
  )
}

/** Looks where Node would: below the package itself, then beside each folder above it. */
function isLocked(lock: Type.Static<typeof Lock>, path: string, name: string): boolean {
  const inside = path === '' ? '' : `${path}/`
  if (lock.packages[`${inside}node_modules/${name}`] !== undefined) return true
  return (
    path !== '' && isLocked(lock, path.replace(/\/?node_modules\/(?:@[^/]+\/)?[^/]+$/, ''), name)
  )
}

function inexact(manifest: PackageEntry): string[] {
  return Object.entries(asked(manifest))
    .filter(([, version]) => semver.valid(version) === null)
    .map(([name, version]) => `${name} ${version}`)
}

function asked(manifest: PackageEntry): Record<string, string> {
  return {
    ...manifest.dependencies,
    ...manifest.devDependencies,
    ...manifest.optionalDependencies,
  }
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8'))
}
