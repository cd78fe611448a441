import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { CodedError } from '../../errors.ts'
import { CLIENT, openTestAuth, passwordOf, type TestAuth } from '../../../test/support/auth.ts'
import { PasswordHasher } from '../password/password-hasher.ts'

const code = (expected: string) => (error: unknown) =>
  error instanceof CodedError && error.code === expected

async function hashOf({ database }: TestAuth, username: string): Promise<string> {
  const sql = 'select password_hash from identities where username = ?'
  const [row] = await database.reader.all(sql, [username])
  return String(row?.['password_hash'])
}

for (const dialect of DIALECTS) {
  describe(`accounts on ${dialect}`, () => {
    test('a user name and an address are kept in one spelling', async () => {
      await using t = await openTestAuth(dialect)
      const prepared = await t.auth.prepare({
        username: ' Alice ',
        email: 'Alice.B@Пример.РФ ',
        password: passwordOf('alice'),
      })
      assert.equal(prepared.username, 'alice')
      assert.equal(prepared.email, 'alice.b@xn--e1afmkfd.xn--p1ai')
    })

    test('everything wrong with a form is named at once', async () => {
      await using t = await openTestAuth(dialect)
      const form = { username: 'admin', email: 'nowhere', password: 'short' }
      await assert.rejects(t.auth.prepare(form), (error: unknown) => {
        assert.ok(error instanceof CodedError)
        assert.equal(error.code, 'QL_VALIDATION')
        assert.deepEqual(
          error.details.errors?.map(({ path, code: what }) => [path, what]),
          [
            ['/username', 'QL_AUTH_USERNAME_RESERVED'],
            ['/email', 'QL_AUTH_EMAIL_INVALID'],
            ['/password', 'QL_AUTH_PASSWORD_SHORT'],
          ],
        )
        return true
      })
    })

    test('one wrong field answers with its own code', async () => {
      await using t = await openTestAuth(dialect)
      await t.person('alice')
      const alice = { username: 'alice', email: 'other@example.org', password: passwordOf('bob') }
      await assert.rejects(t.auth.prepare(alice), code('QL_AUTH_USERNAME_TAKEN'))
      const mail = { username: 'bob', email: 'ALICE@example.org', password: passwordOf('bob') }
      await assert.rejects(t.auth.prepare(mail), code('QL_AUTH_EMAIL_TAKEN'))
    })

    test('of twenty who register one name at the same moment, one gets it', async () => {
      await using t = await openTestAuth(dialect)
      const attempts = await Promise.allSettled(
        Array.from({ length: 20 }, async (_, index) => {
          const email = `carol${index}@example.org`
          const prepared = await t.auth.prepare({
            username: 'carol',
            email,
            password: passwordOf('carol'),
          })
          return t.database.transaction((tx) => t.auth.create(tx, prepared))
        }),
      )
      const refused = attempts.filter((attempt) => attempt.status === 'rejected')
      assert.equal(attempts.length - refused.length, 1)
      for (const { reason } of refused) assert.ok(code('QL_AUTH_USERNAME_TAKEN')(reason))
    })

    test('of twenty who set the station up at the same moment, one becomes its owner', async () => {
      await using t = await openTestAuth(dialect)
      const attempts = await Promise.allSettled(
        Array.from({ length: 20 }, async (_, index) => {
          await t.auth.requireSetupToken(t.auth.setupToken)
          const username = `owner${index}`
          const prepared = await t.auth.prepare({
            username,
            email: `${username}@example.org`,
            password: passwordOf('the founder'),
            role: 'owner',
          })
          return t.database.transaction((tx) => t.auth.create(tx, prepared))
        }),
      )
      const owners = attempts.filter((attempt) => attempt.status === 'fulfilled')
      assert.equal(owners.length, 1)
      assert.equal(owners[0]?.value.role, 'owner')
      for (const attempt of attempts) {
        if (attempt.status === 'rejected') assert.ok(code('QL_AUTH_SETUP_CLOSED')(attempt.reason))
      }
      assert.equal(await t.auth.hasOwner(), true)
      const late = t.auth.requireSetupToken(t.auth.setupToken)
      await assert.rejects(late, code('QL_AUTH_SETUP_CLOSED'))
    })

    test('a set-up token is another at every start, and no other text is one', async () => {
      await using t = await openTestAuth(dialect)
      const later = t.restarted({})
      for (const wrong of [t.auth.setupToken, '', `${later.setupToken}A`]) {
        await assert.rejects(later.requireSetupToken(wrong), code('QL_AUTH_SETUP_CLOSED'))
      }
      assert.ok(Buffer.from(later.setupToken, 'base64url').length >= 32)
    })

    test('an owner needs a longer password than a member', async () => {
      await using t = await openTestAuth(dialect)
      const owner = {
        username: 'alice',
        email: 'a@example.org',
        password: 'fourteen chars',
      } as const
      await assert.rejects(
        t.auth.prepare({ ...owner, role: 'owner' }),
        code('QL_AUTH_PASSWORD_SHORT'),
      )
      assert.equal((await t.auth.prepare(owner)).role, 'member')
    })

    test('letters behind the 72nd byte of a password count', async () => {
      await using t = await openTestAuth(dialect)
      const passphrase = 'п'.repeat(36)
      await t.person('alice', `${passphrase}А1`)
      const login = (password: string) => t.auth.verifyLogin({ login: 'alice', password }, CLIENT)
      await assert.rejects(login(`${passphrase}Б2`), code('QL_AUTH_WRONG_CREDENTIALS'))
      assert.equal((await login(`${passphrase}А1`)).username, 'alice')
    })

    test('sixty-four Cyrillic letters are a password', async () => {
      await using t = await openTestAuth(dialect)
      const password = 'щ'.repeat(64)
      const { id } = await t.person('bob', password)
      assert.equal((await t.auth.verifyLogin({ login: 'bob', password }, CLIENT)).id, id)
    })

    test('the stored hash is plain bcrypt of the configured cost', async () => {
      await using t = await openTestAuth(dialect, { auth: { bcryptCost: 10 } })
      await t.person('alice')
      assert.match(await hashOf(t, 'alice'), /^\$2[aby]\$10\$/)
    })

    test('a letter typed as one character or as two is the same password', async () => {
      await using t = await openTestAuth(dialect)
      await t.person('alice', 'ёлки и йод, й'.normalize('NFD'))
      const password = 'ёлки и йод, й'.normalize('NFC')
      assert.ok(await t.auth.verifyLogin({ login: 'alice', password }, CLIENT))
    })

    test('a name that no account can have is not free', async () => {
      await using t = await openTestAuth(dialect)
      await t.person('alice')
      assert.equal(await t.auth.isUsernameFree('Alice'), false)
      assert.equal(await t.auth.isUsernameFree('settings'), false)
      assert.equal(await t.auth.isUsernameFree('бобр'), false)
      assert.equal(await t.auth.isUsernameFree('Bob'), true)
    })
  })
}

test('a password of 257 characters is refused before any hashing', async (context) => {
  await using t = await openTestAuth('sqlite')
  const hash = context.mock.method(PasswordHasher.prototype, 'hash')
  const form = { username: 'alice', email: 'a@example.org', password: 'п'.repeat(257) }
  await assert.rejects(t.auth.prepare(form), code('QL_AUTH_PASSWORD_LONG'))
  assert.equal(hash.mock.callCount(), 0)
  await t.auth.prepare({ ...form, password: 'п'.repeat(256) })
  assert.equal(hash.mock.callCount(), 1)
})
