import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { CodedError } from '../../errors.ts'
import { loadSecrets } from './secrets.ts'

function folder(t: { after(fn: () => void): void }): string {
  const dir = mkdtempSync(join(tmpdir(), 'quark-secrets-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

const code = (expected: string) => (error: unknown) =>
  error instanceof CodedError && error.code === expected

test('the first start makes secrets only their owner can read, later ones find the same', (t) => {
  const dir = join(folder(t), 'data')
  const made = loadSecrets(dir)
  assert.equal(statSync(join(dir, 'secrets.json')).mode & 0o777, 0o600)
  assert.deepEqual(readdirSync(dir), ['secrets.json'])
  const found = loadSecrets(dir)
  assert.equal(found.stationId, made.stationId)
  assert.deepEqual(found.peppers, made.peppers)
  assert.deepEqual(found.refreshKey, made.refreshKey)
  assert.equal(made.refreshKey.length, 32)
  assert.ok(
    made.signingKeys[0]?.privateKey.equals(found.signingKeys[0]?.privateKey ?? assert.fail()),
  )
})

test('two stations have nothing in common', (t) => {
  const [one, two] = [loadSecrets(folder(t)), loadSecrets(folder(t))]
  assert.notEqual(one.stationId, two.stationId)
  assert.notDeepEqual(one.peppers, two.peppers)
  assert.notDeepEqual(one.refreshKey, two.refreshKey)
})

test('programs that start for the first time together agree on the secrets', async (t) => {
  const dir = folder(t)
  const source = `import { loadSecrets } from ${JSON.stringify(import.meta.resolve('./secrets.ts'))}
    process.stdout.write(loadSecrets(${JSON.stringify(dir)}).stationId)`
  const start = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', source])
  const ids = await Promise.all([start(), start(), start()])
  assert.equal(new Set(ids.map(({ stdout }) => stdout)).size, 1)
  assert.equal(ids[0].stdout, loadSecrets(dir).stationId)
})

test('a file others can read is refused with the command that mends it', (t) => {
  const dir = folder(t)
  loadSecrets(dir)
  const file = join(dir, 'secrets.json')
  chmodSync(file, 0o644)
  assert.throws(
    () => loadSecrets(dir),
    (error: unknown) => {
      assert.ok(code('QL_SECRETS_EXPOSED')(error))
      assert.ok(String(error).includes(`chmod 600 ${file}`))
      return true
    },
  )
})

test('a damaged file is named, never replaced, and never quoted', (t) => {
  const dir = folder(t)
  loadSecrets(dir)
  const file = join(dir, 'secrets.json')
  const whole = readFileSync(file, 'utf8')
  const { refreshKey } = JSON.parse(whole) as { refreshKey: string }
  const damages = [
    '',
    whole.slice(0, -20),
    '{}',
    whole.replace('"Ed25519"', '"X25519"'),
    whole.replace('"peppers"', '"papers"'),
    whole.replace(refreshKey, 'short'),
  ]
  for (const damaged of damages) {
    writeFileSync(file, damaged)
    assert.throws(
      () => loadSecrets(dir),
      (error: unknown) => {
        assert.ok(code('QL_SECRETS_BROKEN')(error), damaged)
        assert.ok(error instanceof Error)
        assert.equal(error.cause, undefined)
        assert.ok(!error.message.includes(refreshKey))
        return true
      },
    )
    assert.equal(readFileSync(file, 'utf8'), damaged)
  }
})

test('a folder that cannot be made is named', (t) => {
  const dir = folder(t)
  writeFileSync(join(dir, 'file'), '')
  assert.throws(() => loadSecrets(join(dir, 'file', 'data')), code('QL_SECRETS_UNWRITABLE'))
})
