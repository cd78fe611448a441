import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Authenticator } from '../../../test/support/authenticator.ts'
import { CLIENT, openTestAuth, passwordOf, type TestAuth } from '../../../test/support/auth.ts'
import { DIALECTS } from '../../../test/support/databases.ts'
import { isCoded } from '../../../test/support/coded.ts'
import type { Identity } from '../identity/identity.ts'
import type { AccountNotice } from '../notices.ts'

interface Guarded {
  readonly person: Identity
  readonly app: Authenticator
  readonly codes: readonly string[]
}

/** A person who signs in with a code. Half a minute has passed since the first one. */
async function guarded(t: TestAuth, username: string): Promise<Guarded> {
  const person = await t.person(username)
  const { secret, ticket } = await t.auth.factors.offer(person)
  const app = new Authenticator(secret)
  const code = app.code(t.clock.now())
  const codes = await t.auth.factors.confirm(person.id, { ticket, code })
  t.clock.advance({ seconds: 30 })
  return { person, app, codes }
}

function login(t: TestAuth, username: string, code?: string) {
  const input = { login: username, password: passwordOf(username) }
  return t.auth.verifyLogin(code === undefined ? input : { ...input, code }, CLIENT)
}

/** How many of so many attempts at the same moment succeed. */
async function successes(attempt: () => Promise<unknown>, count = 20): Promise<number> {
  const all = await Promise.allSettled(Array.from({ length: count }, attempt))
  return all.filter(({ status }) => status === 'fulfilled').length
}

for (const dialect of DIALECTS) {
  suite(`a second factor on ${dialect}`, () => {
    test('is asked for after the right password only', async () => {
      await using t = await openTestAuth(dialect)
      await guarded(t, 'alice')
      await assert.rejects(login(t, 'alice'), isCoded('QL_AUTH_CODE_NEEDED'))
      const wrong = { login: 'alice', password: 'something else', code: '123456' }
      await assert.rejects(t.auth.verifyLogin(wrong, CLIENT), isCoded('QL_AUTH_WRONG_CREDENTIALS'))
    })

    test('takes each code once, and none of a step before it', async () => {
      await using t = await openTestAuth(dialect)
      const { app, person } = await guarded(t, 'alice')
      const now = t.clock.now()
      const later = app.code(now, 1)
      assert.equal((await login(t, 'alice', later)).id, person.id)
      for (const used of [later, app.code(now), app.code(now, -1)]) {
        await assert.rejects(login(t, 'alice', used), isCoded('QL_AUTH_CODE_WRONG'))
      }
    })

    test('forgives clocks that differ by half a minute, no more', async () => {
      await using t = await openTestAuth(dialect)
      const { app } = await guarded(t, 'alice')
      t.clock.advance({ minutes: 10 })
      const now = t.clock.now()
      for (const steps of [-2, 2]) {
        await assert.rejects(login(t, 'alice', app.code(now, steps)), isCoded('QL_AUTH_CODE_WRONG'))
      }
      for (const steps of [-1, 0, 1]) await login(t, 'alice', app.code(now, steps))
    })

    test('takes nobody else’s codes', async () => {
      await using t = await openTestAuth(dialect)
      await guarded(t, 'alice')
      const bob = await guarded(t, 'bob')
      const foreign = [bob.app.code(t.clock.now()), bob.codes[0] ?? '']
      for (const code of foreign) {
        await assert.rejects(login(t, 'alice', code), isCoded('QL_AUTH_CODE_WRONG'))
      }
      for (const code of foreign) await login(t, 'bob', code)
    })

    test('lets one of twenty with the same code in, by app and by paper', async () => {
      await using t = await openTestAuth(dialect)
      const { person, app, codes } = await guarded(t, 'alice')
      const code = app.code(t.clock.now())
      assert.equal(
        await successes(() => t.auth.factors.confirm(person.id, { ticket: '', code })),
        0,
      )
      assert.equal(await successes(() => login(t, 'alice', code)), 1)
      assert.equal(await successes(() => login(t, 'alice', codes[3])), 1)
      const { recoveryCodesLeft } = await t.auth.factors.stateOf(person.id)
      assert.equal(recoveryCodesLeft, 9)
    })

    test('is put in force once by twenty first codes at a time', async () => {
      await using t = await openTestAuth(dialect)
      const alice = await t.person('alice')
      const { secret, ticket } = await t.auth.factors.offer(alice)
      const code = new Authenticator(secret).code(t.clock.now())
      assert.equal(await successes(() => t.auth.factors.confirm(alice.id, { ticket, code })), 1)
      assert.equal((await t.auth.factors.stateOf(alice.id)).recoveryCodesLeft, 10)
    })

    test('is confirmed by its own first code, in time, by the person it was offered to', async () => {
      await using t = await openTestAuth(dialect)
      const alice = await t.person('alice')
      const bob = await t.person('bob')
      const { factors } = t.auth
      const { secret, ticket } = await factors.offer(alice)
      const app = new Authenticator(secret)
      const code = app.code(t.clock.now())
      const wrong = app.wrongCode(t.clock.now())
      const confirm = (userId: string, proof: { ticket: string; code: string }) =>
        factors.confirm(userId, proof)
      await assert.rejects(
        confirm(alice.id, { ticket, code: wrong }),
        isCoded('QL_AUTH_CODE_WRONG'),
      )
      await assert.rejects(confirm(bob.id, { ticket, code }), isCoded('QL_AUTH_OFFER_EXPIRED'))
      assert.equal((await factors.offerOf(alice, ticket))?.secret, secret)
      assert.equal(await factors.offerOf(bob, ticket), null)
      t.clock.advance({ minutes: 16 })
      const late = { ticket, code: app.code(t.clock.now()) }
      await assert.rejects(confirm(alice.id, late), isCoded('QL_AUTH_OFFER_EXPIRED'))
      assert.equal((await factors.stateOf(alice.id)).isOn, false)
      await login(t, 'alice')
    })

    test('moves to another app, after which the app before is worth nothing', async () => {
      await using t = await openTestAuth(dialect)
      const { person, app, codes } = await guarded(t, 'alice')
      const { secret, ticket } = await t.auth.factors.offer(person)
      await login(t, 'alice', app.code(t.clock.now()))
      t.clock.advance({ minutes: 1 })
      const next = new Authenticator(secret)
      await t.auth.factors.confirm(person.id, { ticket, code: next.code(t.clock.now()) })
      t.clock.advance({ minutes: 1 })
      const now = t.clock.now()
      await assert.rejects(login(t, 'alice', app.code(now)), isCoded('QL_AUTH_CODE_WRONG'))
      await assert.rejects(login(t, 'alice', codes[0]), isCoded('QL_AUTH_CODE_WRONG'))
      await login(t, 'alice', next.code(now))
    })

    test('gives ten codes of paper, each of 64 bits or more, kept as digests', async () => {
      await using t = await openTestAuth(dialect)
      const { person, codes } = await guarded(t, 'alice')
      assert.equal(new Set(codes).size, 10)
      for (const code of codes) assert.match(code, /^(?:[2-9a-z]{4}-){3}[2-9a-z]{4}$/)
      assert.ok(16 * Math.log2(30) > 64)
      const rows = JSON.stringify(await t.database.reader.all('select * from recovery_codes'))
      for (const code of codes) assert.ok(!rows.includes(code))
      const others = await t.auth.factors.renewRecoveryCodes(person.id)
      await assert.rejects(login(t, 'alice', codes[0]), isCoded('QL_AUTH_CODE_WRONG'))
      await login(t, 'alice', others[0]?.replaceAll('-', ' ').toUpperCase())
    })

    test('leaves no secret in the database that a copy of it could use', async () => {
      await using t = await openTestAuth(dialect)
      const alice = await t.person('alice')
      const { secret, ticket } = await t.auth.factors.offer(alice)
      const code = new Authenticator(secret).code(t.clock.now())
      await t.auth.factors.confirm(alice.id, { ticket, code })
      const [row] = await t.database.reader.all('select * from second_factors')
      assert.ok(row && !JSON.stringify(row).includes(secret))
      const stolen = t.restarted({}, { ...t.secrets, factorKey: t.secrets.auditKey })
      t.clock.advance({ minutes: 1 })
      const input = { login: 'alice', password: passwordOf('alice') }
      const right = { ...input, code: new Authenticator(secret).code(t.clock.now()) }
      await assert.rejects(stolen.verifyLogin(right, CLIENT), isCoded('QL_AUTH_CODE_WRONG'))
      await t.auth.verifyLogin(right, CLIENT)
    })

    test('is gone with its codes once it is removed, and each change is told', async () => {
      await using t = await openTestAuth(dialect)
      const told: AccountNotice['kind'][] = []
      t.auth.onNotice(async (_tx, _userId, { kind }) => void told.push(kind))
      const { person, codes } = await guarded(t, 'alice')
      await login(t, 'alice', codes[0])
      await t.auth.factors.renewRecoveryCodes(person.id)
      await t.auth.factors.remove(person.id)
      await t.auth.factors.remove(person.id)
      await login(t, 'alice')
      await assert.rejects(
        t.auth.factors.renewRecoveryCodes(person.id),
        isCoded('QL_AUTH_FACTOR_OFF'),
      )
      assert.deepEqual(told, [
        'factor-on',
        'recovery-code-used',
        'recovery-codes-renewed',
        'factor-off',
      ])
    })

    test('can be guessed ten times in all, wherever from, and its person still gets in', async () => {
      await using t = await openTestAuth(dialect, { rateLimits: true })
      const { person, app } = await guarded(t, 'alice')
      const known = { ...CLIENT, device: 'A'.repeat(43) }
      await t.database.transaction((tx) => t.auth.openSession(tx, person, known))
      const wrong = app.wrongCode(t.clock.now())
      const input = { login: 'alice', password: passwordOf('alice') }
      const guess = (host: number) =>
        t.auth.verifyLogin({ ...input, code: wrong }, { ...CLIENT, ip: `10.0.0.${host}` })
      for (let host = 0; host < 10; host++) {
        await assert.rejects(guess(host), isCoded('QL_AUTH_CODE_WRONG'))
      }
      await assert.rejects(guess(11), isCoded('QL_AUTH_TOO_MANY_ATTEMPTS'))
      const right = { ...input, code: app.code(t.clock.now()) }
      await assert.rejects(t.auth.verifyLogin(right, CLIENT), isCoded('QL_AUTH_TOO_MANY_ATTEMPTS'))
      assert.equal((await t.auth.verifyLogin(right, known)).id, person.id)
    })
  })
}
