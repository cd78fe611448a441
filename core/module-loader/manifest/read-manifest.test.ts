import assert from 'node:assert/strict'
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { PLAIN_MANIFEST } from '../../../test/support/module-folder.ts'
import { manifestJsonSchema } from './manifest.ts'
import { ManifestError, readManifest } from './read-manifest.ts'

const home = mkdtempSync(join(tmpdir(), 'quark-manifest-'))
after(() => rmSync(home, { recursive: true, force: true }))

const GOOD = {
  id: 'seo',
  name: { en: 'SEO', ru: 'СЕО' },
  description: { en: 'Scores', ru: 'Оценки' },
  ...PLAIN_MANIFEST,
}

function complaint(source: string): string {
  const dir = join(home, 'seo')
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, 'module.json'), source)
  try {
    readManifest(dir)
    return ''
  } catch (error) {
    assert.ok(error instanceof ManifestError)
    return error.message
  }
}

const json = (change: object): string => JSON.stringify({ ...GOOD, ...change }, null, 2)

test('a good manifest is read', () => {
  assert.equal(complaint(json({})), '')
})

test('an unknown key is named with its line and remedy', () => {
  const message = complaint(json({ permisions: [] }))
  assert.match(message, /module\.json:\d+: \/permisions: .*Remove "permisions"/)
})

test('a wrong value is named with the line it stands on', () => {
  assert.match(complaint(json({ version: 'one' })), /module\.json:11: \/version/)
})

test('a missing key, a foreign id, an api of the future and a bad range are named', () => {
  const { license: _license, ...unlicensed } = GOOD
  assert.match(complaint(JSON.stringify(unlicensed)), /Add "license"/)
  assert.match(complaint(json({ id: 'other' })), /The id is other, but the folder is seo/)
  assert.match(complaint(json({ api: '^2.0' })), /Needs the contract \^2\.0/)
  const requires = { modules: { blog: 'newest' }, optional: {} }
  assert.match(complaint(json({ requires })), /newest is not a semver range/)
})

test('broken JSON and a missing file are said plainly', () => {
  assert.match(complaint('{ "id": '), /Not valid JSON/)
  assert.throws(() => readManifest(join(home, 'nowhere')), /There is no module\.json/)
})

test('the published schema is the one the code checks with', () => {
  const published = new URL('../../../docs/modules/module-1.schema.json', import.meta.url)
  assert.equal(readFileSync(published, 'utf8'), manifestJsonSchema())
})
