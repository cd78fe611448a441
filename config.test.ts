import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ConfigError, readConfig } from './config.ts'

const home = mkdtempSync(join(tmpdir(), 'quark-config-'))
after(() => rmSync(home, { recursive: true, force: true }))

function complaint(environment: Record<string, string>): string {
  try {
    readConfig(environment)
    return ''
  } catch (error) {
    assert.ok(error instanceof ConfigError)
    return error.message
  }
}

test('nothing has to be set', () => {
  const config = readConfig({})
  assert.equal(config.server.port, 8000)
  assert.equal(config.databaseUrl, null)
  assert.equal(config.server.publicUrl, null)
})

test('the environment stands above the file, and the file above what is usual', () => {
  const file = join(home, 'settings.json')
  writeFileSync(file, JSON.stringify({ QUARK_PORT: 9000, QUARK_STATION_NAME: 'Онего' }))
  const config = readConfig({ QUARK_CONFIG: file, QUARK_PORT: '9100' })
  assert.equal(config.server.port, 9100)
  assert.equal(config.station.name, 'Онего')
})

test('an unknown name and every unusable value are named', () => {
  assert.match(complaint({ QUARK_PROT: '1' }), /Unknown setting QUARK_PROT/)
  assert.match(complaint({ QUARK_PORT: '80a' }), /QUARK_PORT is 80a/)
  assert.match(complaint({ QUARK_PORT: '70000' }), /from 0 to 65535/)
  assert.match(complaint({ QUARK_LOCALE: 'de' }), /one of: en, ru/)
  assert.match(complaint({ QUARK_PUBLIC_URL: 'example.org' }), /QUARK_PUBLIC_URL/)
  assert.match(complaint({ QUARK_PUBLIC_URL: 'https://example.org/path' }), /QUARK_PUBLIC_URL/)
  assert.match(complaint({ DATABASE_URL: 'mysql://x' }), /postgres:\/\//)
  assert.match(complaint({ QUARK_BCRYPT_COST: '4' }), /from 10 to 15/)
  assert.match(complaint({ QUARK_CONFIG: join(home, 'none.json') }), /cannot be read/)
})

test('a settings file may hold nothing unknown either', () => {
  const file = join(home, 'wrong.json')
  writeFileSync(file, '{"QUARK_COLOUR":"red"}')
  assert.match(complaint({ QUARK_CONFIG: file }), /QUARK_COLOUR/)
  writeFileSync(file, '[]')
  assert.match(complaint({ QUARK_CONFIG: file }), /one JSON object/)
})
