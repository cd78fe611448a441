import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import { passwordOf, type Visitor } from '../../../test/support/visitor.ts'

const FORM = '/settings/deletion'

async function lettersTo(t: TestStation, address: string): Promise<string[]> {
  const letters = await t.station.mail.letters()
  return letters.filter(({ to }) => to === address).map(({ kind }) => kind)
}

async function signIn(t: TestStation, name: string): Promise<Visitor> {
  const visitor = t.stranger()
  const login = { login: name, password: passwordOf(name) }
  const answer = await visitor.post('/api/v1/auth/login', login)
  assert.equal(answer.status, 200, answer.text)
  return visitor
}

/** What somebody reads of a deletion that was cancelled. */
async function told(visitor: Visitor): Promise<readonly string[]> {
  const { items } = (await visitor.get('/api/v1/notifications')).json<{
    items: { text: string }[]
  }>()
  return items.flatMap(({ text }) => (/deletion of your account/.test(text) ? text : []))
}

for (const dialect of DIALECTS) {
  suite(`the end of an account, on ${dialect}`, () => {
    test('is asked for with the password, and comes thirty days later', async () => {
      await using t = await buildTestStation({ dialect })
      const marie = await t.person('marie')
      const wrong = await marie.delete('/api/v1/me', { password: 'not the password' })
      assert.equal(wrong.json<{ code: string }>().code, 'QL_AUTH_WRONG_CREDENTIALS')
      assert.equal((await marie.get('/api/v1/me')).status, 200)
      const other = await signIn(t, 'marie')
      const answer = await marie.delete('/api/v1/me', { password: passwordOf('marie') })
      assert.equal(answer.status, 202, answer.text)
      const { dueAt } = answer.json<{ dueAt: string }>()
      const days = (Date.parse(dueAt) - t.clock.now().getTime()) / 86_400_000
      assert.equal(Math.round(days), 30)
      for (const session of [marie, other]) {
        assert.equal((await session.get('/api/v1/me')).status, 401)
      }
      assert.ok((await lettersTo(t, 'marie@example.org')).includes('leaving'))
      t.clock.advance({ hours: 24 * 30 + 1 })
      assert.equal(await t.station.privacy.erasures.fulfil(), 1)
      assert.deepEqual(await lettersTo(t, 'marie@example.org'), [])
    })

    test('does not come for who signs in again, who is told so there and by letter', async () => {
      await using t = await buildTestStation({ dialect })
      const marie = await t.person('marie')
      await marie.delete('/api/v1/me', { password: passwordOf('marie'), content: 'anonymise' })
      t.clock.advance({ hours: 24 * 29 })
      assert.equal((await told(await signIn(t, 'marie'))).length, 1)
      await t.settle()
      const letters = await t.station.mail.letters()
      assert.equal(letters.filter(({ text }) => text.includes('is cancelled')).length, 1)
      t.clock.advance({ hours: 24 * 40 })
      assert.equal(await t.station.privacy.erasures.fulfil(), 0)
      const later = await signIn(t, 'marie')
      assert.equal((await later.get('/api/v1/me')).status, 200)
      assert.equal((await told(later)).length, 1)
    })

    test('takes a form that names the person’s own address', async () => {
      await using t = await buildTestStation({ dialect })
      const marie = await t.person('marie')
      const right = { address: 'Marie@example.org ', password: passwordOf('marie') }
      for (const [wrong, status] of [
        [{ ...right, address: 'bob@example.org' }, 422],
        [{ ...right, address: '' }, 422],
        [{ ...right, password: 'guess' }, 401],
      ] as const) {
        const refused = await marie.submit(FORM, { ...wrong, content: 'anonymise' })
        assert.equal(refused.status, status)
        assert.match(refused.text, /value="anonymise" checked/)
        assert.doesNotMatch(refused.text, /value="guess"/)
      }
      assert.equal((await marie.get('/api/v1/me')).status, 200)
      const done = await marie.submit(FORM, { ...right, content: 'anonymise' })
      assert.equal(done.status, 200, done.text)
      assert.doesNotMatch(done.text, /session-ended|realtime-live/)
      assert.equal((await marie.get('/api/v1/me')).status, 401)
      const wish = await t.station.privacy.erasures.last(marie.id)
      assert.deepEqual([wish?.state, wish?.content], ['waiting', 'anonymise'])
    })
  })
}

suite('the end of an account', () => {
  test('is refused to the owner, who is told why', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const person = { username: 'root-person', email: 'root@example.org', role: 'owner' }
    await t.station.calls.call('users.create', { ...person, password: passwordOf('root-person') })
    const owner = await signIn(t, 'root-person')
    const answer = await owner.delete('/api/v1/me', { password: passwordOf('root-person') })
    assert.equal(answer.json<{ code: string }>().code, 'QL_PRIVACY_OWNER_STAYS')
    assert.equal((await owner.get('/api/v1/me')).status, 200)
  })
})
