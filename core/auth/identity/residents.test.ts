import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  CLIENT,
  jarOf,
  openTestAuth,
  passwordOf,
  type TestAuth,
} from '../../../test/support/auth.ts'
import { DIALECTS } from '../../../test/support/databases.ts'
import type { Actor, Role } from '../../port/requests.ts'
import { CodedError } from '../../errors.ts'
import type { Identity } from './identity.ts'
import type { Revoked } from '../session/revocations.ts'

const code = (expected: string) => (error: unknown) =>
  error instanceof CodedError && error.code === expected

async function staff(t: TestAuth, username: string, role: Role): Promise<Actor> {
  const person = await t.person(username)
  if (role !== 'member') await t.auth.residents.setRole('operator', person.id, role)
  return (await t.session({ ...person, role })).actor
}

async function fail(): Promise<void> {
  throw new Error('no space')
}

async function roleOf({ auth }: TestAuth, { id }: Pick<Identity, 'id'>): Promise<string> {
  return (await auth.identityOf(id))?.role ?? 'nobody'
}

for (const dialect of DIALECTS) {
  describe(`residents on ${dialect}`, () => {
    test('whoever keeps connections open hears of every end of a session', async () => {
      await using t = await openTestAuth(dialect)
      const heard: Revoked[] = []
      t.auth.onRevoked((revoked) => heard.push(revoked))
      const alice = await t.person('alice')
      const userId = alice.id

      const first = await t.session(alice)
      await t.auth.endSession(first.actor.sessionId)
      assert.deepEqual(heard.splice(0), [{ userId, sessionIds: [first.actor.sessionId] }])
      await t.auth.endSession(first.actor.sessionId)
      assert.deepEqual(heard.splice(0), [], 'a session ends once')

      const stolen = await t.session(alice)
      await t.auth.refresh(jarOf(stolen), CLIENT)
      t.clock.advance({ seconds: 15 })
      await assert.rejects(t.auth.refresh(jarOf(stolen), CLIENT))
      assert.deepEqual(heard.splice(0), [{ userId, sessionIds: [stolen.actor.sessionId] }])

      const { residents } = t.auth
      for (const act of [
        () => residents.setRole('operator', userId, 'moderator'),
        () => residents.block('operator', userId),
        () => residents.unblock('operator', userId),
        () => residents.endSessions('operator', userId),
      ]) {
        await act()
        assert.deepEqual(heard.splice(0), [{ userId, sessionIds: 'all' }])
      }
    })

    test('it is told before the change is answered, and not of what was rolled back', async () => {
      await using t = await openTestAuth(dialect)
      const order: string[] = []
      t.auth.onRevoked(() => order.push('told'))
      const { id } = await t.person('alice')
      await t.auth.residents.endSessions('operator', id).then(() => order.push('answered'))
      assert.deepEqual(order.splice(0), ['told', 'answered'])
      await assert.rejects(t.auth.residents.block('operator', id, { work: fail }), /no space/)
      assert.deepEqual(order, [])
      assert.equal((await t.auth.identityOf(id))?.status, 'active')
    })

    test('another role and a block end every session at once', async () => {
      await using t = await openTestAuth(dialect)
      const alice = await t.person('alice')
      for (const act of [
        () => t.auth.residents.setRole('operator', alice.id, 'admin'),
        () => t.auth.residents.endSessions('operator', alice.id),
        () => t.auth.residents.block('operator', alice.id),
      ]) {
        const session = await t.session(alice)
        await act()
        const { actor } = await t.auth.authenticate({ cookies: jarOf(session), client: CLIENT })
        assert.equal(actor, null)
      }
      const login = { login: 'alice', password: passwordOf('alice') }
      await assert.rejects(t.auth.verifyLogin(login, CLIENT), code('QL_AUTH_BLOCKED'))
      await t.auth.residents.unblock('operator', alice.id)
      assert.equal((await t.auth.verifyLogin(login, CLIENT)).id, alice.id)
    })

    test('nobody changes those of their own role, or gives one above it', async () => {
      await using t = await openTestAuth(dialect)
      const [admin, other, owner, bob] = [
        await staff(t, 'ada', 'admin'),
        await staff(t, 'otto', 'admin'),
        await staff(t, 'olga', 'owner'),
        await t.person('bob'),
      ]
      const { residents } = t.auth
      const isRank = code('QL_AUTH_RANK')
      await assert.rejects(residents.setRole(admin, bob.id, 'owner'), isRank)
      await assert.rejects(residents.setRole(admin, admin.id, 'owner'), isRank)
      for (const above of [other, owner]) {
        await assert.rejects(residents.setRole(admin, above.id, 'member'), isRank)
        await assert.rejects(residents.block(admin, above.id), isRank)
        await assert.rejects(residents.endSessions(admin, above.id), isRank)
      }
      await assert.rejects(residents.setRole(bob as never, admin.id, 'member'), isRank)
      await assert.rejects(residents.setRole(admin, 'nobody', 'member'), code('QL_AUTH_NOBODY'))
      await residents.setRole(admin, bob.id, 'moderator')
      assert.equal(await roleOf(t, bob), 'moderator')
      await residents.setRole(owner, other.id, 'member')
      await assert.rejects(residents.setRole(other, bob.id, 'member'), isRank)
    })

    test('the last owner can be neither demoted nor blocked', async () => {
      await using t = await openTestAuth(dialect)
      const owner = await staff(t, 'olga', 'owner')
      const isLast = code('QL_AUTH_LAST_OWNER')
      for (const actor of [owner, 'operator'] as const) {
        await assert.rejects(t.auth.residents.setRole(actor, owner.id, 'admin'), isLast)
        await assert.rejects(t.auth.residents.block(actor, owner.id), isLast)
      }
      const second = await staff(t, 'otto', 'owner')
      await t.auth.residents.setRole(second, owner.id, 'admin')
      assert.equal(await roleOf(t, owner), 'admin')
    })

    test('of two owners who demote each other twenty times at once, one stays', async () => {
      await using t = await openTestAuth(dialect)
      const [one, two] = [await staff(t, 'olga', 'owner'), await staff(t, 'otto', 'owner')]
      const attempts = await Promise.allSettled(
        Array.from({ length: 20 }, (_, index) =>
          index % 2 === 0
            ? t.auth.residents.setRole(one, two.id, 'member')
            : t.auth.residents.setRole(two, one.id, 'member'),
        ),
      )
      const refused = attempts.filter(({ status }) => status === 'rejected')
      assert.ok(refused.length >= 10, 'all of one of them are refused')
      const roles = [await roleOf(t, one), await roleOf(t, two)].toSorted()
      assert.deepEqual(roles, ['member', 'owner'])
    })
  })
}
