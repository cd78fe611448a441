import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { ModuleFolder, type PlantedModule } from '../../../test/support/module-folder.ts'
import { buildTestStation } from '../../../test/support/station.ts'
import { checkModule } from './check-module.ts'

const EXPORT = `app.onUserExport(async () => ({ files: [] }))`
const ERASE = `app.onUserErase(async () => ({ erased: {} }))`
const STORE = `app.store('notes')`

const CASES: readonly (PlantedModule & { readonly what: string; readonly tells: RegExp })[] = [
  {
    what: 'keeps documents and says nothing of people',
    manifest: { collections: ['notes'], personalData: undefined },
    register: [STORE],
    tells: /module\.json: keeper keeps data, but does not say whether it is about people/,
  },
  {
    what: 'keeps data of people and binds nothing',
    manifest: { collections: ['notes'], personalData: true },
    register: [STORE],
    tells: /app\.onUserExport is never bound[\s\S]*app\.onUserErase is never bound/,
  },
  {
    what: 'hands data over, but cannot erase them',
    manifest: { collections: ['notes'], personalData: true },
    register: [STORE, EXPORT],
    tells: /^(?!.*onUserExport is never).*app\.onUserErase is never bound/,
  },
  {
    what: 'binds what it has not declared',
    manifest: { personalData: false },
    register: [EXPORT, ERASE],
    tells: /index\.ts:2: app\.onUserExport is bound but not declared/,
  },
  {
    what: 'binds twice',
    manifest: { personalData: true },
    register: [EXPORT, ERASE, ERASE],
    tells: /index\.ts:4: app\.onUserErase is bound twice/,
  },
]

for (const { what, tells, ...planted } of CASES) {
  test(`a module that ${what} does not run, and is told why`, async () => {
    using folder = new ModuleFolder()
    folder.plant('keeper', planted)
    assert.match((await checkModule(join(folder.dir, 'keeper'))).join('\n'), tells)
    await using t = await buildTestStation({ dialect: 'sqlite', modulesDir: folder.dir })
    const [state] = t.station.loader.modules
    assert.equal(state?.status, 'failed')
    assert.match(state.reason ?? '', tells)
  })
}

test('a module with tables of its own has to say whether they are about people', async () => {
  using folder = new ModuleFolder()
  folder.plant('keeper', { manifest: { level: 'core', personalData: undefined } })
  folder.write('keeper/migrations/index.ts', 'export const migrations = []\n')
  const [problem = ''] = await checkModule(join(folder.dir, 'keeper'))
  assert.match(problem, /keeper keeps data/)
})

test('an isolated module answers for people across a JSON boundary', async () => {
  using folder = new ModuleFolder()
  folder.plant('keeper', {
    manifest: {
      collections: ['notes'],
      personalData: true,
      calls: { provides: { 'keeper.note': { version: 1 } }, uses: {} },
    },
    register: [
      `const notes = app.store('notes')`,
      `app.onUserExport(async ({ userId }) => ({`,
      `  files: [{ path: 'note.json', json: await notes.get(userId) }],`,
      `}))`,
      `app.onUserErase(async ({ userId, tombstone }) => {`,
      `  await notes.delete(userId)`,
      `  return { erased: { [tombstone]: 1 } }`,
      `})`,
      `app.provide('keeper.note', { input: {}, output: {} }, async ({ id }) => {`,
      `  await notes.put(id, { text: 'about a person' })`,
      `  return null`,
      `})`,
    ],
  })
  await using t = await buildTestStation({ dialect: 'sqlite', modulesDir: folder.dir })
  await t.station.calls.call('keeper.note', { id: 'somebody' })
  const { personalData } = t.station
  const parts: unknown[] = []
  for await (const { name, files } of personalData.exports({ userId: 'somebody' })) {
    if (name === 'keeper') parts.push(...files)
  }
  assert.deepEqual(parts, [{ path: 'note.json', json: { text: 'about a person' } }])
  const person = { userId: 'somebody', content: 'delete', tombstone: 'deleted-1' } as const
  for await (const { name, erased } of personalData.erasures(person)) {
    if (name === 'keeper') assert.deepEqual(erased, { 'deleted-1': 1 })
  }
  const rows = await t.station.database.reader.all('select id from module_documents')
  assert.deepEqual(rows, [])
})
