import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import {
  CLIENT,
  jarOf,
  openTestAuth,
  passwordOf,
  type TestAuth,
} from '../../../test/support/auth.ts'
import { isCoded } from '../../../test/support/coded.ts'
import { DIALECTS } from '../../../test/support/databases.ts'
import type { Client, StartedSession } from './session.ts'
import type { Identity } from '../identity/identity.ts'
import type { AccountNotice } from '../notices.ts'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36'

async function at(t: TestAuth, person: Identity, client: Client): Promise<StartedSession> {
  const opened = await t.database.transaction((tx) => t.auth.openSession(tx, person, client))
  return t.auth.startSession(opened)
}

for (const dialect of DIALECTS) {
  suite(`one’s own sessions on ${dialect}`, () => {
    test('are listed by last use, the current one first, with where they are used', async () => {
      await using t = await openTestAuth(dialect)
      const alice = await t.person('alice')
      const home = await at(t, alice, { ip: '192.0.2.1', userAgent: FIREFOX })
      t.clock.advance({ minutes: 1 })
      const phone = await at(t, alice, { ip: '192.0.2.1', userAgent: 'curl/8' })
      t.clock.advance({ minutes: 1 })
      const library = await at(t, alice, { ip: '203.0.113.9', userAgent: CHROME })
      await t.session(await t.person('bob'))
      t.clock.advance({ minutes: 11 })
      await t.auth.refresh(jarOf(phone), { ip: '198.51.100.4', userAgent: 'curl/9' })
      const list = await t.auth.sessions.list(home.actor)
      assert.deepEqual(
        list.map(({ id, device, ip, isCurrent, isUnusual }) => [
          id,
          device.browser,
          ip,
          isCurrent,
          isUnusual,
        ]),
        [
          [home.actor.sessionId, 'Firefox', '192.0.2.1', true, false],
          [phone.actor.sessionId, 'curl', '198.51.100.4', false, true],
          [library.actor.sessionId, 'Chrome', '203.0.113.9', false, true],
        ],
      )
      t.clock.advance({ hours: 24 * 20 })
      assert.equal((await t.auth.sessions.list(home.actor)).length, 3)
      t.clock.advance({ hours: 24 * 11 })
      assert.equal((await t.auth.sessions.list(home.actor)).length, 0)
    })

    test('end at once, but only one’s own', async () => {
      await using t = await openTestAuth(dialect)
      const alice = await t.person('alice')
      const mine = await t.session(alice)
      const other = await t.session(alice)
      const bobs = await t.session(await t.person('bob'))
      const { sessions } = t.auth
      for (const id of [bobs.actor.sessionId, 'nothing', '']) {
        await assert.rejects(sessions.end(mine.actor, id), isCoded('QL_AUTH_SESSION_NOT_FOUND'))
      }
      assert.ok(await t.auth.sessionActor(bobs.actor.sessionId))
      await sessions.end(mine.actor, other.actor.sessionId)
      assert.equal(await t.auth.sessionActor(other.actor.sessionId), null)
      const twice = sessions.end(mine.actor, other.actor.sessionId)
      await assert.rejects(twice, isCoded('QL_AUTH_SESSION_NOT_FOUND'))
      assert.ok(await t.auth.sessionActor(mine.actor.sessionId))
    })

    test('end all but the current one, and nobody else’s', async () => {
      await using t = await openTestAuth(dialect)
      const alice = await t.person('alice')
      const mine = await t.session(alice)
      const others = [await t.session(alice), await t.session(alice)]
      const bobs = await t.session(await t.person('bob'))
      assert.equal(await t.auth.sessions.endOthers(mine.actor), 2)
      for (const { actor } of others) assert.equal(await t.auth.sessionActor(actor.sessionId), null)
      assert.ok(await t.auth.sessionActor(mine.actor.sessionId))
      assert.ok(await t.auth.sessionActor(bobs.actor.sessionId))
      assert.equal(await t.auth.sessions.endOthers(mine.actor), 0)
    })

    test('of admins end after twelve hours without use', async () => {
      await using t = await openTestAuth(dialect)
      const alice = await t.person('alice')
      await t.auth.residents.setRole('operator', alice.id, 'admin')
      const session = await t.session({ ...alice, role: 'admin' })
      t.clock.advance({ hours: 11 })
      const next = await t.auth.refresh(jarOf(session), CLIENT)
      t.clock.advance({ hours: 12, minutes: 1 })
      await assert.rejects(t.auth.refresh(jarOf(next), CLIENT), isCoded('QL_AUTH_REFRESH_INVALID'))
    })

    test('are told of when they begin in a browser never used before', async () => {
      await using t = await openTestAuth(dialect)
      const told: AccountNotice[] = []
      t.auth.onNotice(async (_tx, _userId, notice) => void told.push(notice))
      const alice = await t.person('alice')
      const bob = await t.person('bob')
      const first = await t.database.transaction((tx) => t.auth.openSession(tx, alice, CLIENT))
      const known = { ...CLIENT, device: first.device }
      await at(t, alice, known)
      await at(t, bob, known)
      assert.equal(told.length, 0)
      await at(t, alice, { ip: '203.0.113.9', userAgent: CHROME })
      await at(t, alice, { ...CLIENT, device: 'forged' })
      assert.deepEqual(
        told.map((notice) => notice.kind === 'new-device' && [notice.device.browser, notice.ip]),
        [
          ['Chrome', '203.0.113.9'],
          ['Test', CLIENT.ip],
        ],
      )
    })

    test('are told of when a refresh token was used twice', async () => {
      await using t = await openTestAuth(dialect)
      const told: string[] = []
      t.auth.onNotice(async (_tx, userId, { kind }) => void told.push(`${kind} ${userId}`))
      const alice = await t.person('alice')
      const session = await t.session(alice)
      await t.auth.refresh(jarOf(session), CLIENT)
      t.clock.advance({ seconds: 15 })
      await assert.rejects(
        t.auth.refresh(jarOf(session), CLIENT),
        isCoded('QL_AUTH_REFRESH_INVALID'),
      )
      assert.deepEqual(told, [`token-reused ${alice.id}`])
    })

    test('twenty renewals at a time make one successor', async () => {
      await using t = await openTestAuth(dialect)
      const session = await t.session(await t.person('alice'))
      const all = await Promise.all(
        Array.from({ length: 20 }, () => t.auth.refresh(jarOf(session), CLIENT)),
      )
      assert.equal(new Set(all.map((next) => jarOf(next)['quark-refresh'])).size, 1)
      const [row] = await t.database.reader.all('select generation from sessions')
      assert.equal(Number(row?.['generation']), 1)
    })
  })

  suite(`a fresh proof on ${dialect}`, () => {
    test('is given by signing in, lasts fifteen minutes, and is given anew by the password', async () => {
      await using t = await openTestAuth(dialect)
      const alice = await t.person('alice')
      const { actor } = await t.session(alice)
      const other = await t.session(alice)
      const { stepUp } = t.auth
      assert.equal(await stepUp.isFresh(actor.sessionId), true)
      t.clock.advance({ minutes: 15 })
      assert.equal(await stepUp.isFresh(actor.sessionId), false)
      const wrong = stepUp.prove(actor, { password: 'a guess' }, CLIENT)
      await assert.rejects(wrong, isCoded('QL_AUTH_PASSWORD_WRONG'))
      const empty = stepUp.prove(actor, {}, CLIENT)
      await assert.rejects(empty, isCoded('QL_AUTH_PASSWORD_WRONG'))
      assert.equal(await stepUp.isFresh(actor.sessionId), false)
      await stepUp.prove(actor, { password: passwordOf('alice') }, CLIENT)
      assert.equal(await stepUp.isFresh(actor.sessionId), true)
      assert.equal(await stepUp.isFresh(other.actor.sessionId), false)
      assert.equal(await stepUp.isFresh('nothing'), false)
    })

    test('is not given by renewing a session', async () => {
      await using t = await openTestAuth(dialect)
      const session = await t.session(await t.person('alice'))
      t.clock.advance({ minutes: 20 })
      await t.auth.refresh(jarOf(session), CLIENT)
      assert.equal(await t.auth.stepUp.isFresh(session.actor.sessionId), false)
    })

    test('cannot be guessed without end', async () => {
      await using t = await openTestAuth(dialect, { rateLimits: true })
      const { actor } = await t.session(await t.person('alice'))
      const prove = (password: string) => t.auth.stepUp.prove(actor, { password }, CLIENT)
      for (let guess = 0; guess < 5; guess++) {
        await assert.rejects(prove('a guess'), isCoded('QL_AUTH_PASSWORD_WRONG'))
      }
      await assert.rejects(prove(passwordOf('alice')), isCoded('QL_AUTH_TOO_MANY_ATTEMPTS'))
    })
  })
}
