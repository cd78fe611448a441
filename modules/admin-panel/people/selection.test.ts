import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { needs } from '../../../test/support/neighbour.ts'
import { formIn } from '../../../test/support/shown-form.ts'
import { proved, staff } from '../../../test/support/staff.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import { passwordOf, type Visitor } from '../../../test/support/visitor.ts'

const ACTS = '/api/v1/admin/users/acts'
const SHEET = '/api/v1/admin/users/export'
const SELECTION = '/admin/people/selection'
const STALE = { minutes: 16 }

interface Outcomes {
  readonly items: readonly { readonly id: string; readonly code: string | null }[]
}

async function outcomes(who: Visitor, act: object): Promise<readonly (string | null)[]> {
  const answer = await who.post(ACTS, act)
  assert.equal(answer.status, 200, answer.text)
  return answer.json<Outcomes & Record<string, unknown>>().items.map(({ code }) => code)
}

async function statusOf(t: TestStation, { id }: Visitor): Promise<string | undefined> {
  const rows = await t.station.database.reader.all('select status from identities where id = ?', [
    id,
  ])
  return String(rows[0]?.['status'])
}

const isSignedIn = async (who: Visitor): Promise<boolean> =>
  (await who.get('/api/v1/notifications')).status === 200

for (const dialect of DIALECTS) {
  describe(`acts for many people on ${dialect}`, () => {
    test('are for admins alone', async () => {
      await using t = await buildTestStation({ dialect })
      const mona = await staff(t, 'mona', 'moderator')
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const ids = [alice.id, bob.id]
      for (const who of [alice, mona]) {
        assert.equal((await who.post(ACTS, { act: 'block', ids })).status, 404)
        assert.equal((await who.post(SHEET, {})).status, 404)
        assert.equal((await who.submit(SELECTION, { act: 'block', people: ids })).status, 404)
        const form = { act: 'role', role: 'owner', people: ids }
        assert.equal((await who.submit(`${SELECTION}/acts`, form)).status, 404)
        assert.equal((await who.submit('/admin/people/export', {})).status, 404)
      }
      assert.equal((await t.stranger().post(ACTS, { act: 'block', ids })).status, 401)
      assert.equal((await t.stranger().post(SHEET, {})).status, 401)
      assert.equal(await statusOf(t, alice), 'active')
      assert.equal((await t.station.audit.list({ area: 'user' })).items.length, 0)
    })

    test('leave oneself, those above and the last owner as they are, and do the rest', async () => {
      await using t = await buildTestStation({ dialect })
      const olga = await staff(t, 'olga', 'owner')
      const ada = await staff(t, 'ada', 'admin')
      const abel = await staff(t, 'abel', 'admin')
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const ids = [ada, olga, abel, alice, bob].map(({ id }) => id)
      assert.deepEqual(
        await outcomes(ada, { act: 'block', ids: [...ids, 'nobody'], reason: 'Spam' }),
        ['QL_AUTH_ONESELF', 'QL_AUTH_RANK', 'QL_AUTH_RANK', null, null, 'QL_AUTH_NOBODY'],
      )
      const states = await Promise.all([olga, ada, abel, alice, bob].map((who) => statusOf(t, who)))
      assert.deepEqual(states, ['active', 'active', 'active', 'blocked', 'blocked'])
      assert.deepEqual(await outcomes(olga, { act: 'role', role: 'member', ids: [olga.id] }), [
        'QL_AUTH_ONESELF',
      ])
      assert.deepEqual(await outcomes(ada, { act: 'role', role: 'owner', ids: [alice.id] }), [
        'QL_AUTH_RANK',
      ])
      const { items } = await t.station.audit.list({ area: 'user', actorId: ada.id })
      assert.deepEqual(items.map(({ outcome }) => outcome).toSorted(), [
        'done',
        'done',
        ...Array.from({ length: 5 }, () => 'refused'),
      ])
      const noted = items.find(({ subject }) => subject === `user/${bob.id}`)
      assert.deepEqual(noted?.after, { status: 'blocked', hides: 'true', reason: 'Spam' })
    })

    test('end sessions, unblock, and give a role that is said', async () => {
      await using t = await buildTestStation({ dialect })
      const ada = await staff(t, 'ada', 'admin')
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const ids = [alice.id, bob.id]
      assert.deepEqual(await outcomes(ada, { act: 'end-sessions', ids }), [null, null])
      assert.deepEqual([await isSignedIn(alice), await isSignedIn(bob)], [false, false])
      assert.ok(await isSignedIn(ada))
      await outcomes(ada, { act: 'block', ids, hides: false })
      assert.deepEqual(await outcomes(ada, { act: 'unblock', ids }), [null, null])
      assert.equal(await statusOf(t, bob), 'active')
      const unsaid = await ada.post(ACTS, { act: 'role', ids })
      assert.deepEqual([unsaid.status, unsaid.json()['code']], [422, 'QL_ADMIN_ROLE_MISSING'])
      assert.deepEqual(await outcomes(ada, { act: 'role', role: 'moderator', ids }), [null, null])
      const roles = await t.station.database.reader.all(
        `select id from identities where role = 'moderator'`,
      )
      assert.equal(roles.length, 2)
      for (const wrong of [{ ids: [] }, { ids: Array.from({ length: 101 }, String) }, {}]) {
        assert.equal((await ada.post(ACTS, { act: 'block', ...wrong })).status, 422)
      }
    })

    test(
      'are asked about by name, proved, and answered for each person',
      needs('user-management'),
      async () => {
        await using t = await buildTestStation({ dialect })
        const ada = await staff(t, 'ada', 'admin')
        const abel = await staff(t, 'abel', 'admin')
        const [alice, bob] = [await t.person('alice'), await t.person('bob')]
        const people = [alice.id, bob.id, abel.id]
        const from = '?role=member'
        const table = await ada.get('/admin/people')
        assert.match(table.text, new RegExp(`name="people" value="${alice.id}"`))
        for (const { id } of [ada, abel]) {
          assert.doesNotMatch(table.text, new RegExp(`name="people" value="${id}"`))
        }
        const asked = await ada.submit(SELECTION, { act: 'block', people, from })
        assert.match(asked.text, /Block 2 people\?/)
        assert.match(asked.text, /@alice[\s\S]*@bob[\s\S]*Stay as they are[\s\S]*@abel/)
        assert.equal(await statusOf(t, alice), 'active')

        t.clock.advance(STALE)
        const act = { act: 'block', people, from, reason: 'Спам', hides: 'yes' }
        const held = await ada.submit(`${SELECTION}/acts`, act)
        assert.equal(held.status, 403)
        assert.equal(formIn(held.text, `${SELECTION}/acts`).fields['reason'], 'Спам')
        assert.equal(await statusOf(t, alice), 'active')
        const proof = { 'proof-password': passwordOf('ada') }
        const done = await ada.submit(`${SELECTION}/acts`, { ...act, ...proof })
        assert.equal(done.status, 200, done.text)
        assert.match(done.text, /2 people are blocked/)
        assert.match(done.text, /did not work for 1 person/)
        assert.match(done.text, /href="\/admin\/people\?role=member"/)
        assert.match(done.text, /@abel[\s\S]*person-problem/)
        assert.deepEqual(await Promise.all([alice, bob, abel].map((who) => statusOf(t, who))), [
          'blocked',
          'blocked',
          'active',
        ])
        const empty = await ada.submit(SELECTION, { act: 'block', from })
        assert.equal(empty.headers['location'], `/admin/people${from}`)
        const odd = await ada.submit(SELECTION, { act: 'block', from: '//evil.example' })
        assert.equal(odd.headers['location'], '/admin/people')
      },
    )

    test('ask programs for a fresh proof', needs('user-management'), async () => {
      await using t = await buildTestStation({ dialect })
      const ada = await staff(t, 'ada', 'admin')
      const alice = await t.person('alice')
      t.clock.advance(STALE)
      for (const answer of [
        await ada.post(ACTS, { act: 'block', ids: [alice.id] }),
        await ada.post(SHEET, {}),
      ]) {
        assert.deepEqual([answer.status, answer.json()['code']], [403, 'QL_AUTH_VERIFY_NEEDED'])
      }
      const asked = await ada.get('/admin/people/export?role=member')
      const back = encodeURIComponent('/admin/people/export?role=member')
      assert.equal(asked.headers['location'], `/auth/verify?return=${back}`)
      await proved(t, ada)
      assert.match((await ada.get('/admin/people/export?role=member')).text, /table of 1 person/)
    })
  })

  describe(`the table of people to take along on ${dialect}`, needs('user-management'), () => {
    test('holds whom the filters leave, opens in Russian Excel, and runs nothing', async () => {
      await using t = await buildTestStation({ dialect })
      const ada = await staff(t, 'ada', 'admin')
      const alice = await t.person('alice')
      await alice.patch('/api/v1/me', { displayName: '=HYPERLINK("http://evil.example";"Ok")' })
      const bob = await t.person('bob')
      await bob.patch('/api/v1/me', { displayName: 'Боб; он же "Б"' })
      const from = '?role=member&sort=name'
      const cookies = [...new Map([...ada.cookies, ['quark-locale', 'ru']])]
      const headers = { cookie: cookies.map((pair) => pair.join('=')).join('; ') }
      const sheet = await ada.ask('POST', '/admin/people/export', { form: { from }, headers })
      assert.equal(sheet.headers['content-type'], 'text/csv; charset=utf-8')
      assert.equal(sheet.headers['content-disposition'], 'attachment; filename="people.csv"')
      assert.deepEqual([...sheet.bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf])
      const [head, ...rows] = sheet.text.replace('\uFEFF', '').trimEnd().split('\r\n')
      assert.match(head ?? '', /^"Имя";"Имя страницы";"Почта";"Роль"/)
      assert.equal(rows.length, 2)
      assert.match(rows[0] ?? '', /^"'=HYPERLINK\(""http:.*"alice";"alice@example\.org";"Участник"/)
      assert.match(rows[1] ?? '', /^"Боб; он же ""Б""";"bob"/)
      assert.match(rows[1] ?? '', /;"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d";.*;0;"нет"(?:;0)*$/)
      const english = await ada.post(SHEET, { role: 'admin' })
      assert.match(english.text, /"Name","User name","E-mail"/)
      assert.equal(english.text.trimEnd().split('\r\n').length, 2)
      const { items } = await t.station.audit.list({ actorId: ada.id, area: 'user' })
      assert.deepEqual(
        items.map(({ action, after }) => [action, after]),
        [
          ['user.exported', { people: 1, role: 'admin' }],
          ['user.exported', { people: 2, role: 'member' }],
        ],
      )
    })
  })
}
