import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Authenticator } from '../../../test/support/authenticator.ts'
import { DIALECTS } from '../../../test/support/databases.ts'
import { formIn } from '../../../test/support/shown-form.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import { type Answer, passwordOf, type Visitor } from '../../../test/support/visitor.ts'

const API = '/api/v1/me/second-factor'

function codeOf(answer: Answer): unknown {
  return answer.json()['code']
}

interface Guarded {
  readonly person: Visitor
  readonly app: Authenticator
  readonly codes: readonly string[]
}

/** Somebody who has turned codes on in the API. Half a minute has passed since. */
async function guarded(t: TestStation, username: string): Promise<Guarded> {
  const person = await t.person(username)
  const offer = (await person.post(API)).json<{ secret: string; ticket: string }>()
  const app = new Authenticator(offer.secret)
  const proof = { ticket: offer.ticket, totp: app.code(t.clock.now()) }
  const answer = await person.put(API, proof)
  assert.equal(answer.status, 200, answer.text)
  t.clock.advance({ seconds: 30 })
  return { person, app, codes: answer.json<{ recoveryCodes: string[] }>().recoveryCodes }
}

function login(visitor: Visitor, username: string, totp?: string): Promise<Answer> {
  const json = { login: username, password: passwordOf(username) }
  return visitor.post('/api/v1/auth/login', totp === undefined ? json : { ...json, totp })
}

function loginPage(visitor: Visitor, username: string): Promise<Answer> {
  const form = { login: username, password: passwordOf(username), return: '/write' }
  return visitor.submit('/auth/login', form)
}

/** What the settings show of secrets: the Base32 key and the sealed ticket. */
function offerIn({ text }: Answer): { secret: string; ticket: string } {
  const [, ticket = ''] = /name="ticket" value="([^"]+)"/.exec(text) ?? []
  const [, secret = ''] = /<code>([A-Z2-7 ]+)<\/code>/.exec(text) ?? []
  return { secret, ticket }
}

for (const dialect of DIALECTS) {
  suite(`the second factor through the front door on ${dialect}`, () => {
    test('is asked for by the API after the right password, and lets in with a code', async () => {
      await using t = await buildTestStation({ dialect })
      const { app, codes } = await guarded(t, 'alice')
      const visitor = t.stranger()
      const needed = await login(visitor, 'alice')
      assert.deepEqual([needed.status, codeOf(needed)], [401, 'QL_AUTH_CODE_NEEDED'])
      assert.equal((await visitor.get('/api/v1/me')).status, 401)
      const unknown = await visitor.post('/api/v1/auth/login', {
        login: 'alice',
        password: 'a guess',
        totp: app.code(t.clock.now()),
      })
      assert.equal(codeOf(unknown), 'QL_AUTH_WRONG_CREDENTIALS')
      assert.equal((await login(visitor, 'alice', app.code(t.clock.now()))).status, 200)
      assert.equal((await visitor.get('/api/v1/me')).status, 200)
      assert.equal((await login(t.stranger(), 'alice', codes[0])).status, 200)
      const twice = await login(t.stranger(), 'alice', codes[0])
      assert.deepEqual([twice.status, codeOf(twice)], [401, 'QL_AUTH_CODE_WRONG'])
    })

    test('lets one of twenty requests with one code in', async () => {
      await using t = await buildTestStation({ dialect })
      const { app, codes } = await guarded(t, 'alice')
      for (const code of [app.code(t.clock.now()), codes[0]]) {
        const answers = await Promise.all(
          Array.from({ length: 20 }, () => login(t.stranger(), 'alice', code)),
        )
        const right = answers.filter(({ status }) => status === 200)
        assert.equal(right.length, 1)
        assert.ok(answers.every(({ status }) => [200, 401].includes(status)))
      }
    })

    test('is turned on, used and left on pages without a script', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const shown = await alice.get('/settings/second-factor')
      const { secret, ticket } = offerIn(shown)
      const app = new Authenticator(secret)
      const wrong = await alice.submit('/settings/second-factor', {
        ticket,
        code: app.wrongCode(t.clock.now()),
      })
      assert.equal(wrong.status, 401)
      assert.equal(offerIn(wrong).secret, secret)
      const code = app.code(t.clock.now())
      const made = await alice.submit('/settings/second-factor', { ticket, code })
      assert.equal(made.status, 200)
      const codes = [...made.text.matchAll(/<code>([2-9a-z-]{19})<\/code>/g)].map(([, c]) => c)
      assert.equal(codes.length, 10)
      assert.doesNotMatch(
        (await alice.get('/settings/second-factor')).text,
        /[2-9a-z]{4}(-[2-9a-z]{4}){3}</,
      )
      await alice.submit('/auth/logout', {})
      t.clock.advance({ seconds: 30 })

      const page = await loginPage(alice, 'alice')
      assert.deepEqual([page.status, page.headers['location']], [303, '/auth/code'])
      assert.equal((await alice.get('/api/v1/me')).status, 401)
      assert.match((await alice.get('/auth/code')).text, /alice/)
      const bad = await alice.submit('/auth/code', { code: app.wrongCode(t.clock.now()) })
      assert.equal(bad.status, 401)
      const good = await alice.submit('/auth/code', {
        code: app.code(t.clock.now()),
        trust: 'true',
      })
      assert.deepEqual([good.status, good.headers['location']], [303, '/write'])
      assert.equal((await alice.get('/api/v1/me')).status, 200)

      await alice.submit('/auth/logout', {})
      const trusted = await loginPage(alice, 'alice')
      assert.equal(trusted.headers['location'], '/write')
      const stranger = t.stranger()
      await loginPage(stranger, 'alice')
      assert.match((await stranger.get('/auth/recovery')).text, /10/)
      const paper = await stranger.submit('/auth/recovery', { code: codes[0] ?? '' })
      assert.equal(paper.headers['location'], '/write')
    })

    test('says “not you” and forgets whose password it was', async () => {
      await using t = await buildTestStation({ dialect })
      const { app } = await guarded(t, 'alice')
      const visitor = t.stranger()
      await loginPage(visitor, 'alice')
      await visitor.submit('/auth/code/other', {})
      const code = app.code(t.clock.now())
      const late = await visitor.submit('/auth/code', { code })
      assert.equal(late.headers['location'], '/auth/login')
      assert.equal((await visitor.get('/api/v1/me')).status, 401)
    })

    test('cannot be changed without a fresh proof, which its code gives', async () => {
      await using t = await buildTestStation({ dialect })
      const { person, app, codes } = await guarded(t, 'alice')
      t.clock.advance({ minutes: 15 })
      const refused: readonly [string, string, unknown][] = [
        ['POST', API, {}],
        ['PUT', API, { ticket: 'x', totp: '123456' }],
        ['DELETE', API, undefined],
        ['POST', `${API}/recovery-codes`, {}],
      ]
      for (const [method, path, json] of refused) {
        const answer = await person.ask(method, path, json === undefined ? {} : { json })
        assert.deepEqual([answer.status, codeOf(answer)], [403, 'QL_AUTH_VERIFY_NEEDED'])
        const stranger = await t.stranger().ask(method, path, json === undefined ? {} : { json })
        assert.equal(stranger.status, 401)
      }
      const page = await person.get('/settings/second-factor')
      const verify = '/auth/verify?return=%2Fsettings%2Fsecond-factor'
      assert.deepEqual([page.status, page.headers['location']], [303, verify])
      const form = await person.submit('/settings/second-factor/removal', {})
      assert.equal(form.status, 403)
      assert.deepEqual(formIn(form.text, '/settings/second-factor/removal').fields, {
        'proof-code': '',
      })
      assert.equal((await login(t.stranger(), 'alice')).status, 401)

      const byPassword = await person.post('/api/v1/auth/verify', { password: passwordOf('alice') })
      assert.equal(codeOf(byPassword), 'QL_AUTH_CODE_NEEDED')
      const back = await person.submit('/auth/verify', {
        code: app.code(t.clock.now()),
        return: '/settings/second-factor',
      })
      assert.equal(back.headers['location'], '/settings/second-factor')
      assert.equal((await person.get('/settings/second-factor')).status, 200)
      const renewed = await person.post(`${API}/recovery-codes`)
      const fresh = renewed.json<{ recoveryCodes: string[] }>().recoveryCodes
      assert.equal((await login(t.stranger(), 'alice', codes[1])).status, 401)
      assert.equal((await login(t.stranger(), 'alice', fresh[1])).status, 200)
      assert.equal((await person.delete(API)).status, 204)
      assert.equal((await login(t.stranger(), 'alice')).status, 200)
    })

    test('tells its person, in the list and by mail, of each change', async () => {
      await using t = await buildTestStation({ dialect })
      const { person } = await guarded(t, 'alice')
      await person.delete(API)
      await t.settle()
      const { items } = (await person.get('/api/v1/notifications')).json<{
        items: { kind: string; url: string }[]
      }>()
      assert.deepEqual(
        items.map(({ kind }) => kind),
        ['security', 'security'],
      )
    })
  })
}
