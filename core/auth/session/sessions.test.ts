import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { CodedError } from '../../errors.ts'
import type { StartedSession } from './session.ts'
import { CLIENT, jarOf, openTestAuth, type TestAuth } from '../../../test/support/auth.ts'

const isInvalid = (error: unknown) =>
  error instanceof CodedError && error.code === 'QL_AUTH_REFRESH_INVALID'

/** Who the station sees behind an access token. */
async function bearer({ auth }: TestAuth, { accessToken }: StartedSession): Promise<string | null> {
  const authorization = `Bearer ${accessToken}`
  const { actor } = await auth.authenticate({ cookies: {}, authorization, client: CLIENT })
  return actor?.username ?? null
}

function refreshCookie(session: StartedSession): string {
  return jarOf(session)['quark-refresh'] ?? ''
}

for (const dialect of DIALECTS) {
  describe(`sessions on ${dialect}`, () => {
    test('a browser and a program are recognised by the same session', async () => {
      await using t = await openTestAuth(dialect)
      const alice = await t.person('alice')
      const session = await t.session(alice)
      assert.equal(await bearer(t, session), 'alice')
      const { actor, cookies } = await t.auth.authenticate({
        cookies: jarOf(session),
        client: CLIENT,
      })
      assert.deepEqual(actor, session.actor)
      assert.equal(cookies, undefined)
    })

    test('two tabs that renew at once get the same successor', async () => {
      await using t = await openTestAuth(dialect)
      const first = await t.session(await t.person('alice'))
      const [one, two] = await Promise.all([
        t.auth.refresh(jarOf(first), CLIENT),
        t.auth.refresh(jarOf(first), CLIENT),
      ])
      t.clock.advance({ seconds: 9 })
      const late = await t.auth.refresh(jarOf(first), CLIENT)
      assert.notEqual(refreshCookie(one), refreshCookie(first))
      assert.equal(refreshCookie(two), refreshCookie(one))
      assert.equal(refreshCookie(late), refreshCookie(one))
      for (const session of [first, one, two, late]) assert.equal(await bearer(t, session), 'alice')
      assert.ok(await t.auth.refresh(jarOf(one), CLIENT))
      assert.deepEqual(
        t.securityEvents.map(({ type }) => type),
        ['session.opened'],
      )
    })

    test('a refresh token used again later ends the session at once', async () => {
      await using t = await openTestAuth(dialect)
      const first = await t.session(await t.person('alice'))
      const second = await t.auth.refresh(jarOf(first), CLIENT)
      t.clock.advance({ seconds: 15 })
      await assert.rejects(t.auth.refresh(jarOf(first), CLIENT), isInvalid)
      await assert.rejects(t.auth.refresh(jarOf(second), CLIENT), isInvalid)
      assert.equal(await bearer(t, second), null)
      assert.deepEqual(t.securityEvents.slice(1), [
        {
          type: 'session.refresh_reuse',
          userId: first.actor.id,
          sessionId: first.actor.sessionId,
          ip: CLIENT.ip,
        },
      ])
    })

    test('even the oldest used token is recognised', async () => {
      await using t = await openTestAuth(dialect)
      const first = await t.session(await t.person('alice'))
      const second = await t.auth.refresh(jarOf(first), CLIENT)
      const third = await t.auth.refresh(jarOf(second), CLIENT)
      await assert.rejects(t.auth.refresh(jarOf(first), CLIENT), isInvalid)
      assert.equal(await bearer(t, third), null)
    })

    test('a page asked for after ten minutes renews the session on the way', async () => {
      await using t = await openTestAuth(dialect)
      const session = await t.session(await t.person('alice'))
      t.clock.advance({ minutes: 11 })
      assert.equal(await bearer(t, session), null)
      const answer = await t.auth.authenticate({ cookies: jarOf(session), client: CLIENT })
      assert.equal(answer.actor?.username, 'alice')
      const renewed = jarOf({ cookies: answer.cookies ?? [] })
      assert.notEqual(renewed['quark-refresh'], refreshCookie(session))
      const next = await t.auth.authenticate({ cookies: renewed, client: CLIENT })
      assert.equal(next.actor?.username, 'alice')
      assert.equal(next.cookies, undefined)
    })

    test('a browser is told to forget cookies that are worth nothing', async () => {
      await using t = await openTestAuth(dialect)
      const jar = { 'quark-access': 'nonsense', 'quark-refresh': 'nonsense' }
      const { actor, cookies } = await t.auth.authenticate({ cookies: jar, client: CLIENT })
      assert.equal(actor, null)
      assert.deepEqual(cookies, t.auth.farewell)
    })

    test('a bad bearer token is not made good by cookies', async () => {
      await using t = await openTestAuth(dialect)
      const cookies = jarOf(await t.session(await t.person('alice')))
      const asked = { cookies, client: CLIENT }
      const bad = await t.auth.authenticate({ ...asked, authorization: 'Bearer nonsense' })
      assert.deepEqual(bad, { actor: null })
      const proxy = await t.auth.authenticate({ ...asked, authorization: 'Basic YTpi' })
      assert.equal(proxy.actor?.username, 'alice')
    })

    test('signing out ends the session everywhere', async () => {
      await using t = await openTestAuth(dialect)
      const alice = await t.person('alice')
      const session = await t.session(alice)
      const other = await t.session(alice)
      await t.auth.endSession(session.actor.sessionId)
      assert.equal(await bearer(t, session), null)
      await assert.rejects(t.auth.refresh(jarOf(session), CLIENT), isInvalid)
      assert.equal(await bearer(t, other), 'alice')
    })

    test('a blocked account and a raised epoch end every session at once', async () => {
      await using t = await openTestAuth(dialect)
      for (const change of [`status = 'blocked'`, 'epoch = epoch + 1']) {
        const person = await t.person(change.startsWith('status') ? 'alice' : 'bob')
        const session = await t.session(person)
        assert.equal(await bearer(t, session), person.username)
        await t.database.transaction((tx) =>
          tx.session.run(`update identities set ${change} where id = ?`, [person.id]),
        )
        assert.equal(await bearer(t, session), null)
        await assert.rejects(t.auth.refresh(jarOf(session), CLIENT), isInvalid)
      }
    })

    test('the role of a request is the one in the row, not the one in the token', async () => {
      await using t = await openTestAuth(dialect)
      const alice = await t.person('alice')
      const session = await t.session(alice)
      await t.database.transaction((tx) =>
        tx.session.run(`update identities set role = 'moderator' where id = ?`, [alice.id]),
      )
      const { actor } = await t.auth.authenticate({ cookies: jarOf(session), client: CLIENT })
      assert.equal(actor?.role, 'moderator')
    })

    test('a session ends after thirty days without use', async () => {
      await using t = await openTestAuth(dialect)
      const session = await t.session(await t.person('alice'))
      t.clock.advance({ hours: 24 * 30 - 1 })
      const renewed = await t.auth.refresh(jarOf(session), CLIENT)
      t.clock.advance({ hours: 24 * 30 + 1 })
      await assert.rejects(t.auth.refresh(jarOf(renewed), CLIENT), isInvalid)
    })

    test('a session in use ends after ninety days', async () => {
      await using t = await openTestAuth(dialect)
      let session = await t.session(await t.person('alice'))
      for (let weeks = 0; weeks < 12; weeks++) {
        t.clock.advance({ hours: 24 * 7 })
        session = await t.auth.refresh(jarOf(session), CLIENT)
      }
      t.clock.advance({ hours: 24 * 6 + 1 })
      await assert.rejects(t.auth.refresh(jarOf(session), CLIENT), isInvalid)
    })

    test('nothing in the database is a refresh token', async () => {
      await using t = await openTestAuth(dialect)
      const session = await t.session(await t.person('alice'))
      const rows = await t.database.reader.all('select * from sessions')
      assert.equal(rows.length, 1)
      assert.ok(!JSON.stringify(rows).includes(refreshCookie(session).slice(30)))
    })
  })
}

test('cookies are bound to the host where people come by https', async () => {
  await using t = await openTestAuth('sqlite')
  const alice = await t.person('alice')
  const secure = t.restarted({ server: serverOf('https://example.org') })
  const opened = await t.database.transaction((tx) => secure.openSession(tx, alice, CLIENT))
  const { cookies } = await secure.startSession(opened)
  assert.deepEqual(
    cookies.map(({ name, maxAgeS }) => [name, maxAgeS]),
    [
      ['__Host-quark-access', 600],
      ['__Host-quark-refresh', 30 * 24 * 3600],
      ['__Host-quark-device', 400 * 24 * 3600],
    ],
  )
  assert.ok(secure.sessionCookies.test('a=b; __Host-quark-refresh=x'))
  assert.ok(!secure.sessionCookies.test('quark-refresh=x; quark-theme=dark'))
  const { actor } = await secure.authenticate({ cookies: jarOf({ cookies }), client: CLIENT })
  assert.equal(actor?.username, 'alice')
})

function serverOf(publicUrl: string) {
  return { host: '127.0.0.1', port: 0, publicUrl, trustProxy: [], drainMs: 0 }
}
