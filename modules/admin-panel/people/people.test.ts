import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import type { Role } from '#core'
import { Authenticator } from '../../../test/support/authenticator.ts'
import { DIALECTS } from '../../../test/support/databases.ts'
import { needs } from '../../../test/support/neighbour.ts'
import { proved, staff } from '../../../test/support/staff.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import { passwordOf, type Visitor } from '../../../test/support/visitor.ts'

const USERS = '/api/v1/admin/users'

interface Found {
  readonly items: readonly { id: string; username: string; role: Role; status: string }[]
  readonly nextCursor: string | null
}

async function found(who: Visitor, query = ''): Promise<Found> {
  const answer = await who.get(`${USERS}${query}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.json<Found & Record<string, unknown>>()
}

async function codeOf(answer: ReturnType<Visitor['patch']>): Promise<string> {
  return (await answer).json<{ code: string }>().code
}

/** From now on the person signs in with a code. */
async function guard(t: TestStation, { id, username }: Visitor): Promise<void> {
  const { factors } = t.station.auth
  const { secret, ticket } = await factors.offer({ id, username })
  const code = new Authenticator(secret).code(t.clock.now())
  await factors.confirm(id, { ticket, code })
}

/** Many accounts at once, as an import would write them. */
async function crowd(t: TestStation, count: number): Promise<void> {
  await t.station.database.transaction(async ({ session }) => {
    for (let number = 0; number < count; number++) {
      const name = `person-${String(number).padStart(5, '0')}`
      await session.run(
        `insert into identities (id, username, email, password_hash, password_scheme, pepper_kid,
          role, status, epoch, created_at) values (?, ?, ?, '', 'none', '', 'member', 'active', 0, ?)`,
        [randomUUID(), name, `${name}@crowd.example`, '2026-01-01T00:00:00.000Z'],
      )
    }
  })
}

for (const dialect of DIALECTS) {
  describe(`people of the administration on ${dialect}`, () => {
    test('are for admins alone', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const mona = await staff(t, 'mona', 'moderator')
      for (const who of [alice, mona]) {
        assert.equal((await who.get(USERS)).status, 404)
        assert.equal((await who.get(`${USERS}/${alice.id}`)).status, 404)
        assert.equal((await who.patch(`${USERS}/${who.id}`, { role: 'owner' })).status, 404)
        assert.equal((await who.get('/admin/people')).status, 404)
        assert.equal((await who.get(`/admin/people/${alice.id}`)).status, 404)
        const form = { act: 'role', role: 'owner' }
        assert.equal((await who.submit(`/admin/people/${who.id}`, form)).status, 404)
      }
      assert.equal((await t.stranger().get(USERS)).status, 401)
      const ada = await staff(t, 'ada', 'admin')
      const roles = (await found(ada)).items.map(({ username, role }) => [username, role])
      assert.deepEqual(Object.fromEntries(roles), {
        alice: 'member',
        mona: 'moderator',
        ada: 'admin',
      })
    })

    test('ranks hold: nobody acts upwards, nobody gives what they have not', async () => {
      await using t = await buildTestStation({ dialect })
      const owner = await staff(t, 'olga', 'owner')
      const ada = await staff(t, 'ada', 'admin')
      const abel = await staff(t, 'abel', 'admin')
      const alice = await t.person('alice')
      const at = (who: Visitor): string => `${USERS}/${who.id}`
      assert.equal(await codeOf(ada.patch(at(alice), { role: 'owner' })), 'QL_AUTH_RANK')
      assert.equal(await codeOf(ada.patch(at(abel), { role: 'member' })), 'QL_AUTH_RANK')
      assert.equal(await codeOf(ada.patch(at(owner), { status: 'blocked' })), 'QL_AUTH_RANK')
      assert.equal(await codeOf(owner.patch(at(owner), { role: 'admin' })), 'QL_AUTH_LAST_OWNER')
      const log = (await owner.get('/admin/security?area=user')).text
      assert.match(log, /Role: Administrator/)
      assert.doesNotMatch(log, /&quot;role&quot;|\{"role/)
      assert.equal(
        await codeOf(owner.patch(at(owner), { status: 'blocked' })),
        'QL_AUTH_LAST_OWNER',
      )
      assert.equal(
        await codeOf(owner.patch(`${USERS}/nobody`, { role: 'admin' })),
        'QL_AUTH_NOBODY',
      )
      assert.equal((await ada.patch(at(alice), { role: 'moderator' })).status, 200)
      const refused = await ada.get('/api/v1/admin/users?role=owner')
      assert.equal(refused.json<Found & Record<string, unknown>>().items.length, 1)
      const { items } = await t.station.audit.list({ outcome: 'refused', area: 'user' })
      assert.equal(items.length, 6)
      assert.ok(items.every(({ actorId }) => actorId === ada.id || actorId === owner.id))
      const [last] = (await t.station.audit.list({ subject: `user/${alice.id}` })).items
      assert.deepEqual(
        [last?.action, last?.outcome, last?.actorId, last?.before, last?.after],
        ['user.role-changed', 'done', ada.id, { role: 'member' }, { role: 'moderator' }],
      )
    })

    test('what nobody may set is refused by name', needs('user-management'), async () => {
      await using t = await buildTestStation({ dialect })
      const owner = await staff(t, 'olga', 'owner')
      const alice = await t.person('alice')
      for (const field of ['id', 'username', 'email', 'epoch', 'passwordHash', 'createdAt']) {
        const answer = await owner.patch(`${USERS}/${alice.id}`, { role: 'member', [field]: 'x' })
        assert.equal(answer.status, 422, field)
        assert.match(answer.text, new RegExp(`"/${field}"`))
      }
      assert.equal((await owner.patch(`${USERS}/${alice.id}`, {})).status, 422)
      assert.equal((await owner.patch(`${USERS}/${alice.id}`, { status: 'deleted' })).status, 422)
      assert.equal((await owner.patch(`${USERS}/${alice.id}`, { role: 'god' })).status, 422)
      assert.equal((await alice.get('/api/v1/me')).json()['role'], 'member')
    })

    test('of two owners who demote each other twenty times at once one stays', async () => {
      await using t = await buildTestStation({ dialect })
      const olga = await staff(t, 'olga', 'owner')
      const oleg = await staff(t, 'oleg', 'owner')
      await Promise.all(
        Array.from({ length: 20 }, (_, index) => {
          const [who, whom] = index % 2 === 0 ? [olga, oleg] : [oleg, olga]
          return who.patch(`${USERS}/${whom.id}`, { role: 'member' })
        }),
      )
      const rows = await t.station.database.reader.all(
        `select id from identities where role = 'owner' and status = 'active'`,
      )
      assert.equal(rows.length, 1)
    })

    test(
      'sessions are seen and ended, only those of people below',
      needs('user-management'),
      async () => {
        await using t = await buildTestStation({ dialect })
        const ada = await staff(t, 'ada', 'admin')
        const owner = await staff(t, 'olga', 'owner')
        const alice = await t.person('alice')
        const page = await ada.get(`/admin/people/${alice.id}`)
        const [, session = ''] = /name="session" value="([^"]+)"/.exec(page.text) ?? []
        const act = 'end-session'
        assert.equal((await ada.submit(`/admin/people/${owner.id}`, { act, session })).status, 403)
        assert.equal((await ada.submit(`/admin/people/${ada.id}`, { act, session })).status, 404)
        assert.equal((await alice.get('/api/v1/me')).status, 200)
        const ended = await ada.submit(`/admin/people/${alice.id}`, { act, session })
        assert.equal(ended.status, 303, ended.text)
        assert.equal((await alice.get('/api/v1/me')).status, 401)
        assert.doesNotMatch((await ada.get(`/admin/people/${owner.id}`)).text, /name="act"/)
      },
    )

    test('a link to a new password is sent to those below, by letter alone', async () => {
      await using t = await buildTestStation({ dialect })
      const ada = await staff(t, 'ada', 'admin')
      const owner = await staff(t, 'olga', 'owner')
      const alice = await t.person('alice')
      const here = `/admin/people/${alice.id}`
      const kept = await ada.submit(here, { act: 'reset' })
      assert.equal(kept.headers['location'], `${here}?done=reset-kept`)
      const told = await ada.get(`${here}?done=reset-kept`)
      assert.doesNotMatch(told.text, /auth\/reset/)
      const sent = await ada.post(`${USERS}/${alice.id}/reset-link`, {})
      assert.deepEqual([sent.status, sent.json()], [202, { isSent: false }])
      assert.doesNotMatch(sent.text, /token/)
      const letters = await t.station.mail.letters()
      assert.deepEqual(
        letters.map(({ to, kind }) => [to, kind]),
        [
          ['alice@example.org', 'reset'],
          ['alice@example.org', 'reset'],
        ],
      )
      assert.equal(await codeOf(ada.post(`${USERS}/${owner.id}/reset-link`, {})), 'QL_AUTH_RANK')
      assert.equal((await ada.submit(`/admin/people/${owner.id}`, { act: 'reset' })).status, 403)
      assert.equal((await alice.post(`${USERS}/${ada.id}/reset-link`, {})).status, 404)
      assert.equal((await t.stranger().post(`${USERS}/${ada.id}/reset-link`, {})).status, 401)
      await ada.patch(`${USERS}/${alice.id}`, { status: 'blocked' })
      assert.equal((await ada.submit(here, { act: 'reset' })).status, 404)
      assert.equal((await t.station.mail.letters()).length, 2)
      const { items } = await t.station.audit.list({ area: 'reset' })
      assert.deepEqual(
        items.map(({ outcome, subject, actorId }) => [outcome, subject, actorId === ada.id]),
        [
          ['refused', `user/${alice.id}`, true],
          ['refused', `user/${owner.id}`, true],
          ['refused', `user/${owner.id}`, true],
          ['done', `user/${alice.id}`, true],
          ['done', `user/${alice.id}`, true],
        ],
      )
    })

    test(
      'a lost second factor is taken away from those below, who are told',
      needs('user-management'),
      async () => {
        await using t = await buildTestStation({ dialect })
        const [ada, abel] = [await staff(t, 'ada', 'admin'), await staff(t, 'abel', 'admin')]
        const owner = await staff(t, 'olga', 'owner')
        const mona = await staff(t, 'mona', 'moderator')
        const alice = await t.person('alice')
        for (const who of [alice, owner, abel]) await guard(t, who)
        const at = (who: Visitor): string => `${USERS}/${who.id}/second-factor`
        assert.equal((await t.stranger().delete(at(alice))).status, 401)
        assert.equal((await alice.delete(at(alice))).status, 404)
        assert.equal((await mona.delete(at(alice))).status, 404)
        assert.equal(await codeOf(ada.delete(at(owner))), 'QL_AUTH_RANK')
        assert.equal(await codeOf(ada.delete(at(abel))), 'QL_AUTH_RANK')
        assert.equal(await codeOf(ada.delete(at(mona))), 'QL_AUTH_FACTOR_OFF')
        assert.equal(await codeOf(ada.delete(`${USERS}/nobody/second-factor`)), 'QL_AUTH_NOBODY')
        for (const who of [alice, owner, abel]) {
          assert.ok((await t.station.auth.factors.stateOf(who.id)).isOn)
        }
        const taken = await ada.delete(at(alice))
        assert.deepEqual([taken.status, taken.json()['hasSecondFactor']], [200, false])
        assert.deepEqual(await t.station.auth.factors.stateOf(alice.id), {
          isOn: false,
          since: null,
          recoveryCodesLeft: 0,
        })
        assert.equal((await alice.get('/api/v1/notifications')).status, 401)
        const back = t.stranger()
        const login = { login: 'alice', password: passwordOf('alice') }
        assert.equal((await back.post('/api/v1/auth/login', login)).status, 200)
        await t.settle()
        const told = await back.get('/api/v1/notifications')
        assert.match(told.text, /staff of the station|Администрация станции/)
        const letters = await t.station.mail.letters()
        assert.ok(
          letters.some(({ to, text }) => to === 'alice@example.org' && /staff|Админ/.test(text)),
        )
        const { items } = await t.station.audit.list({ area: 'second-factor', actorId: ada.id })
        assert.deepEqual(
          items.map(({ action, outcome, subject }) => [action, outcome, subject]),
          [
            ['second-factor.removed', 'done', `user/${alice.id}`],
            ['second-factor.removed', 'refused', 'user/nobody'],
            ['second-factor.removed', 'refused', `user/${mona.id}`],
            ['second-factor.removed', 'refused', `user/${abel.id}`],
            ['second-factor.removed', 'refused', `user/${owner.id}`],
          ],
        )
      },
    )

    test('the page of a person takes a lost second factor away, after a fresh proof', async () => {
      await using t = await buildTestStation({ dialect })
      const owner = await staff(t, 'olga', 'owner')
      const abel = await staff(t, 'abel', 'admin')
      const here = `/admin/people/${abel.id}`
      const form = { act: 'take-factor' }
      assert.doesNotMatch((await owner.get(here)).text, /take-factor/)
      await guard(t, abel)
      assert.match((await owner.get(here)).text, /value="take-factor"/)
      t.clock.advance({ minutes: 16 })
      assert.equal((await owner.submit(here, form)).status, 403)
      assert.ok((await t.station.auth.factors.stateOf(abel.id)).isOn)
      await proved(t, owner)
      const done = await owner.submit(here, form)
      assert.equal(done.headers['location'], `${here}?done=take-factor`)
      assert.equal((await owner.submit(here, form)).status, 409)
      assert.ok(!(await t.station.auth.factors.stateOf(abel.id)).isOn)
    })

    test('an owner ends the sessions of everybody else, and nobody else can', async () => {
      await using t = await buildTestStation({ dialect })
      const owner = await staff(t, 'olga', 'owner')
      const ada = await staff(t, 'ada', 'admin')
      const alice = await t.person('alice')
      const path = '/api/v1/admin/sessions'
      assert.equal((await t.stranger().delete(path)).status, 401)
      for (const who of [alice, ada]) {
        assert.equal((await who.delete(path)).status, 404)
        assert.equal((await who.submit('/admin/security/sessions', {})).status, 404)
      }
      assert.doesNotMatch((await ada.get('/admin/security')).text, /security\/sessions/)
      assert.match((await owner.get('/admin/security')).text, /security\/sessions/)
      t.clock.advance({ minutes: 16 })
      assert.equal(await codeOf(owner.delete(path)), 'QL_AUTH_VERIFY_NEEDED')
      assert.equal((await alice.get('/api/v1/notifications')).status, 200)
      await proved(t, owner)
      const ended = await owner.delete(path)
      assert.deepEqual([ended.status, ended.json()], [200, { ended: 2 }])
      for (const who of [alice, ada]) {
        assert.equal((await who.get('/api/v1/notifications')).status, 401)
      }
      const again = await owner.submit('/admin/security/sessions', {})
      assert.equal(again.headers['location'], '/admin/security?ended=0#sessions')
      const { items } = await t.station.audit.list({ area: 'session', actorId: owner.id })
      assert.deepEqual(
        items
          .filter(({ action }) => action === 'session.all-ended')
          .map(({ outcome, after }) => [outcome, after]),
        [
          ['done', { sessions: '0' }],
          ['done', { sessions: '2' }],
        ],
      )
    })

    test('one of ten thousand is found by how a name or an address begins', async () => {
      await using t = await buildTestStation({ dialect })
      const ada = await staff(t, 'ada', 'admin')
      await crowd(t, 10_000)
      const { items } = await found(ada, '?q=person-0777')
      const page = await ada.get('/admin/people?q=%40person-07771')
      assert.equal(items.length, 10)
      assert.match(page.text, /person-07771/)
      assert.deepEqual((await found(ada, '?q=PERSON-07771%40crowd')).items.length, 1)
      assert.equal((await found(ada, '?q=%25')).items.length, 0)
      assert.equal((await found(ada, '?q=person_')).items.length, 0)
      const first = await found(ada, '?limit=100')
      const second = await found(ada, `?limit=100&cursor=${first.nextCursor}`)
      const names = [...first.items, ...second.items].map(({ username }) => username)
      assert.equal(new Set(names).size, 200)
    })
  })
}
