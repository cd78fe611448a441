import assert from 'node:assert/strict'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import { passwordOf, type Visitor } from '../../../test/support/visitor.ts'
import { loadSecrets, rotateKeys, secretsFile } from './secrets.ts'
import { AccessTokens } from '../session/tokens.ts'

function kidOf(visitor: Visitor): string {
  const [header = ''] = (visitor.cookies.get('quark-access') ?? '').split('.')
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string }
  return kid
}

function rotate(t: TestStation, pepper = false): ReturnType<typeof rotateKeys> {
  const done = rotateKeys(t.station.config.dataDir, { now: t.clock.now(), pepper })
  /* The running station looks at the file each second. */
  t.clock.advance({ seconds: 1 })
  return done
}

async function bearer(t: TestStation, token: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}` }
  return (await t.stranger().get('/api/v1/me', { headers })).status
}

for (const dialect of DIALECTS) {
  suite(`rotated keys on ${dialect}`, () => {
    test('sign at once in a running station, and nobody is signed out', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const old = alice.cookies.get('quark-access') ?? ''
      const { signs, verify, removed } = rotate(t)
      assert.deepEqual([verify, removed], [[kidOf(alice)], []])
      assert.equal(await bearer(t, old), 200)
      assert.equal(kidOf(await t.person('bob')), signs)
      t.clock.advance({ minutes: 10 })
      assert.equal(await bearer(t, old), 401)
      assert.equal((await alice.get('/api/v1/me')).status, 200)
      assert.equal(kidOf(alice), signs)
    })

    test('let whoever has stolen the old one make no token that outlives it', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const stolen = new AccessTokens(loadSecrets(t.station.config.dataDir), t.clock)
      rotate(t)
      const actor = await t.station.auth.sessionActor(await sessionOf(alice))
      assert.ok(actor)
      t.clock.advance({ minutes: 2 })
      assert.equal(await bearer(t, (await stolen.sign(actor)).accessToken), 401)
      t.clock.advance({ hours: 2 })
      assert.equal(rotate(t).removed.length, 1)
    })

    test('leave passwords as they are until their people sign in', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const kids = async (): Promise<unknown[]> => {
        const rows = await t.station.database.reader.all('select pepper_kid from identities')
        return rows.map((row) => row['pepper_kid'])
      }
      const [before] = await kids()
      const { pepper } = rotate(t, true)
      assert.notEqual(pepper, before)
      assert.deepEqual(await kids(), [before])
      const json = { login: 'alice', password: passwordOf('alice') }
      assert.equal((await alice.post('/api/v1/auth/login', json)).status, 200)
      assert.deepEqual(await kids(), [pepper])
      assert.equal((await t.stranger().post('/api/v1/auth/login', json)).status, 200)
    })

    test('stand in the file whole, for its owner alone, and a broken one changes nothing', async () => {
      await using t = await buildTestStation({ dialect })
      const file = secretsFile(t.station.config.dataDir)
      rotate(t)
      assert.equal(statSync(file).mode & 0o777, 0o600)
      assert.equal((JSON.parse(readFileSync(file, 'utf8')) as { version: number }).version, 1)
      const alice = await t.person('alice')
      writeFileSync(file, '{')
      t.clock.advance({ seconds: 2 })
      assert.equal((await alice.get('/api/v1/me')).status, 200)
      assert.equal((await t.person('bob')).username, 'bob')
    })
  })
}

async function sessionOf(visitor: Visitor): Promise<string> {
  const { items } = (await visitor.get('/api/v1/me/sessions')).json<{ items: { id: string }[] }>()
  return items[0]?.id ?? ''
}
