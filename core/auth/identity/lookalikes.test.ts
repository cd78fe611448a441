import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { coreMigrations } from '../../../db/migrations/index.ts'
import type { Session } from '../../../db/index.ts'
import { openTestAuth, passwordOf } from '../../../test/support/auth.ts'
import { DIALECTS, openTestDatabase } from '../../../test/support/databases.ts'
import { CodedError } from '../../errors.ts'
import { lookOf } from './lookalikes.ts'
import { canonicalUsername, usernameFault } from './username.ts'

test('names that a hurried reader takes for one another have one look', () => {
  const alike = [
    ['paypal', 'paypa1', 'paypai'],
    ['modern', 'm0dem', 'rnodern'],
    ['anna_k', 'anna-k'],
    ['wow', 'vvow', 'w0w'],
  ]
  for (const names of alike) {
    assert.equal(new Set(names.map(lookOf)).size, 1, names.join(' '))
  }
  const apart = ['anna', 'annа'.normalize('NFD'), 'ann', 'anna-1', 'anna-2', 'hanna']
  assert.equal(new Set(apart.map(lookOf)).size, apart.length)
})

test('a user name is refused with the reason that helps', () => {
  const faults: readonly [string, string | null][] = [
    ['anna', null],
    ['ＡＮＮＡ', null],
    ['pаypal', 'QL_AUTH_USERNAME_LETTERS'],
    ['анна', 'QL_AUTH_USERNAME_LETTERS'],
    ['αnna', 'QL_AUTH_USERNAME_LETTERS'],
    ['anna\u202Eevil', 'QL_AUTH_USERNAME_INVALID'],
    ['an\u200Dna', 'QL_AUTH_USERNAME_INVALID'],
    ['ánna', 'QL_AUTH_USERNAME_INVALID'],
    ['admin', 'QL_AUTH_USERNAME_RESERVED'],
    ['adm1n', 'QL_AUTH_USERNAME_RESERVED'],
    ['adrnin', 'QL_AUTH_USERNAME_RESERVED'],
    ['ad-min_', 'QL_AUTH_USERNAME_RESERVED'],
    ['supp0rt', 'QL_AUTH_USERNAME_RESERVED'],
    ['ali', null],
    ['deleted-anna', 'QL_AUTH_USERNAME_RESERVED'],
  ]
  for (const [name, code] of faults) {
    assert.equal(usernameFault(canonicalUsername(name))?.code ?? null, code, name)
  }
  const fault = usernameFault(canonicalUsername('pаypаl'))
  assert.match(fault?.text('ru') ?? '', /: а\. /, 'each foreign letter is named once')
})

const isSimilar = (error: unknown): boolean =>
  error instanceof CodedError && error.code === 'QL_AUTH_USERNAME_SIMILAR'
const now = (): Date => new Date('2026-11-01T00:00:00Z')

for (const dialect of DIALECTS) {
  describe(`names that look alike on ${dialect}`, () => {
    test('are given to one, also when two come at the same moment', async () => {
      await using t = await openTestAuth(dialect)
      await t.person('paypal')
      await assert.rejects(t.person('paypa1'), isSimilar)
      assert.equal(await t.auth.isUsernameFree('PayPai'), false)
      const prepared = await Promise.all(
        ['modern', 'rnodern', 'm0dem'].map((username) =>
          t.auth.prepare({
            username,
            email: `${username}@example.org`,
            password: passwordOf(username),
          }),
        ),
      )
      const made = await Promise.allSettled(
        prepared.map((one) => t.database.transaction((tx) => t.auth.create(tx, one))),
      )
      assert.deepEqual(
        made.map(({ status }) => status),
        ['fulfilled', 'rejected', 'rejected'],
      )
      for (const one of made) if (one.status === 'rejected') assert.ok(isSimilar(one.reason))
    })

    test('keep their owners who were here before, and those who come later are refused', async () => {
      await using opened = await openTestDatabase(dialect)
      const { database } = opened
      const before = coreMigrations.filter(({ name }) => name !== '0013-lookalikes')
      await database.migrate(before, { now })
      const names = ['paypal', 'paypa1', 'w0rn_i1', 'vivian-m', 'rnrn0vv']
      await database.transaction(async ({ session }) => {
        for (const [index, username] of names.entries()) await insert(session, index, username)
      })
      await database.migrate(coreMigrations, { now })
      const rows = await database.reader.all('select username, look from identities order by id')
      assert.deepEqual(
        rows.map(({ username, look }) => [username, look]),
        names.map((username) => [username, username === 'paypa1' ? null : lookOf(username)]),
      )
    })
  })
}

async function insert(session: Session, index: number, username: string): Promise<void> {
  await session.run(
    `insert into identities (id, username, email, password_hash, password_scheme, pepper_kid,
      role, status, epoch, created_at) values (?, ?, ?, '', '', '', 'member', 'active', 0, '')`,
    [`id-${index}`, username, `${index}@example.org`],
  )
}
