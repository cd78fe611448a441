import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildTestStation } from '../../test/support/station.ts'

interface Kit {
  readonly name: string
  readonly files: readonly string[]
}

function kitIn(program: string): Kit {
  const [, json = '{}'] = /^self\.offlineKit = (\{.*\})$/m.exec(program) ?? []
  return JSON.parse(json) as Kit
}

test('the app knows what it is drawn with, and another name makes another store of it', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const stranger = t.stranger()
  const before = kitIn((await stranger.get('/sw.js')).text)
  assert.ok(before.files.length > 0)
  for (const file of before.files) assert.equal((await stranger.get(file)).status, 200, file)
  await t.station.settings.change('station', { name: 'The lighthouse' }, { id: 'owner' })
  const after = kitIn((await stranger.get('/sw.js')).text)
  assert.deepEqual(after.files, before.files)
  assert.notEqual(after.name, before.name)
  assert.match((await stranger.get('/offline')).text, /The lighthouse/)
})

test('the page for offline is nobody’s: the same for all, in both languages, without a script', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const alice = await t.person('alice')
  for (const [language, title] of [
    ['en', /No connection/],
    ['ru', /Нет соединения/],
  ] as const) {
    const headers = { 'accept-language': language }
    const asked = await t.stranger().get('/offline', { headers })
    assert.match(asked.text, title)
    assert.doesNotMatch(asked.text, /<script|<form/)
    assert.match(String(asked.headers['content-security-policy']), /script-src 'none'/)
    assert.doesNotMatch((await alice.get('/offline', { headers })).text, /alice/)
  }
})
