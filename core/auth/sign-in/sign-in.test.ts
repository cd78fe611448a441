import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { CodedError } from '../../errors.ts'
import type { StationAuth } from '../auth.ts'
import { PasswordHasher } from '../password/password-hasher.ts'
import { CLIENT, openTestAuth, passwordOf } from '../../../test/support/auth.ts'

async function refusal(auth: StationAuth, login: string, password: string): Promise<CodedError> {
  try {
    await auth.verifyLogin({ login, password }, CLIENT)
  } catch (error) {
    assert.ok(error instanceof CodedError)
    return error
  }
  return assert.fail('signed in')
}

for (const dialect of DIALECTS) {
  describe(`signing in on ${dialect}`, () => {
    test('the user name and the address lead to the same account', async () => {
      await using t = await openTestAuth(dialect)
      const { id } = await t.person('alice')
      for (const login of ['alice', ' ALICE', 'Alice@Example.org']) {
        const found = await t.auth.verifyLogin({ login, password: passwordOf('alice') }, CLIENT)
        assert.equal(found.id, id)
      }
    })

    test('an unknown login, a wrong password and an absurd one are refused alike', async () => {
      await using t = await openTestAuth(dialect)
      await t.person('alice')
      const refusals = [
        await refusal(t.auth, 'alice', 'not her password'),
        await refusal(t.auth, 'alice@example.org', 'not her password'),
        await refusal(t.auth, 'nobody', 'not her password'),
        await refusal(t.auth, 'nobody@example.org', 'not her password'),
        await refusal(t.auth, 'it\'s "not" <a> name', 'not her password'),
        await refusal(t.auth, 'alice', ''),
        await refusal(t.auth, 'alice', 'x'.repeat(100_000)),
      ]
      for (const { code, entry, details } of refusals) {
        assert.equal(code, 'QL_AUTH_WRONG_CREDENTIALS')
        assert.equal(entry.status, 401)
        assert.deepEqual(details, {})
      }
    })

    test('an unknown login is hashed against as a wrong password is', async (context) => {
      await using t = await openTestAuth(dialect)
      await t.person('alice')
      const pretend = context.mock.method(PasswordHasher.prototype, 'pretend')
      const matches = context.mock.method(PasswordHasher.prototype, 'matches')
      await refusal(t.auth, 'alice', 'not her password')
      assert.deepEqual([matches.mock.callCount(), pretend.mock.callCount()], [1, 0])
      await refusal(t.auth, 'nobody', 'not her password')
      assert.deepEqual([matches.mock.callCount(), pretend.mock.callCount()], [1, 1])
    })

    test('a sixth attempt for one login from one address has to wait', async () => {
      await using t = await openTestAuth(dialect, { rateLimits: true })
      await t.person('alice')
      for (let count = 0; count < 5; count++) {
        assert.equal((await refusal(t.auth, 'alice', 'wrong')).code, 'QL_AUTH_WRONG_CREDENTIALS')
      }
      const limited = await refusal(t.auth, 'alice', passwordOf('alice'))
      assert.equal(limited.code, 'QL_AUTH_TOO_MANY_ATTEMPTS')
      assert.equal(limited.details.retryAfterS, 900)
      assert.match(limited.text('ru'), /через 15 мин/)
      assert.ok(t.securityEvents.some(({ type }) => type === 'login.limited'))

      const elsewhere = { ...CLIENT, ip: '198.51.100.1' }
      const alice = { login: 'alice', password: passwordOf('alice') }
      assert.ok(await t.auth.verifyLogin(alice, elsewhere))
      t.clock.advance({ minutes: 16 })
      assert.ok(await t.auth.verifyLogin(alice, CLIENT))
    })

    test('a hundred parallel guesses are stopped before they are hashed', async () => {
      await using t = await openTestAuth(dialect, { rateLimits: true })
      await t.person('alice')
      const refusals = await Promise.all(
        Array.from({ length: 100 }, () => refusal(t.auth, 'alice', 'wrong')),
      )
      const hashed = refusals.filter(({ code }) => code === 'QL_AUTH_WRONG_CREDENTIALS')
      assert.equal(hashed.length, 5)
    })

    test('a blocked person learns of it only with the right password', async () => {
      await using t = await openTestAuth(dialect)
      const { id } = await t.person('alice')
      await t.database.transaction((tx) =>
        tx.session.run(`update identities set status = 'blocked' where id = ?`, [id]),
      )
      assert.equal((await refusal(t.auth, 'alice', 'wrong')).code, 'QL_AUTH_WRONG_CREDENTIALS')
      const known = await refusal(t.auth, 'alice', passwordOf('alice'))
      assert.equal(known.code, 'QL_AUTH_BLOCKED')
    })

    test('a changed cost or pepper is taken over at the next sign-in', async () => {
      await using t = await openTestAuth(dialect)
      await t.person('alice')
      const pepper = { kid: 'later', key: Buffer.alloc(32, 7) }
      const both = { ...t.secrets, peppers: [...t.secrets.peppers, pepper] }
      const alice = { login: 'alice', password: passwordOf('alice') }
      const stricter = t.restarted({ auth: { bcryptCost: 5 } }, both)
      await stricter.verifyLogin(alice, CLIENT)
      const sql = 'select password_hash, pepper_kid from identities'
      const [row] = await t.database.reader.all(sql)
      assert.match(String(row?.['password_hash']), /^\$2b\$05\$/)
      assert.equal(row?.['pepper_kid'], 'later')
      assert.ok(await stricter.verifyLogin(alice, CLIENT))

      const withoutIt = t.restarted({}, { ...t.secrets })
      assert.equal(
        (await refusal(withoutIt, 'alice', passwordOf('alice'))).code,
        'QL_AUTH_WRONG_CREDENTIALS',
      )
    })
  })
}
