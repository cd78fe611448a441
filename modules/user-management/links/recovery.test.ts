import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { lettersTo, statuses, tokenFor } from '../../../test/support/letters.ts'
import { SocketDoor } from '../../../test/support/socket.ts'
import { staff } from '../../../test/support/staff.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import { type Answer, passwordOf, type Visitor } from '../../../test/support/visitor.ts'

const NEW = 'an altogether different phrase'
const ALICE = 'alice@example.org'

const server = {
  host: '127.0.0.1',
  port: 0,
  publicUrl: 'http://127.0.0.1:8000',
  trustProxy: [],
  drainMs: 1000,
}

async function forget(t: TestStation, email = ALICE): Promise<string> {
  const answer = await t.stranger().post('/api/v1/auth/forgot', { email })
  assert.equal(answer.status, 202, answer.text)
  return tokenFor(t, email)
}

function reset(t: TestStation, token: string, password = NEW): Promise<Answer> {
  return t.stranger().post('/api/v1/auth/reset', { token, password })
}

function signIn(t: TestStation, password: string): Promise<Answer> {
  return t.stranger().post('/api/v1/auth/login', { login: 'alice', password })
}

async function isSignedIn(visitor: Visitor): Promise<boolean> {
  return (await visitor.get('/api/v1/me')).status === 200
}

/** What the account has been told, read by whoever knows its new password. */
async function newsOf(t: TestStation): Promise<string> {
  const alice = t.stranger()
  await alice.post('/api/v1/auth/login', { login: 'alice', password: NEW })
  const { items } = (await alice.get('/api/v1/notifications')).json<{ items: { text: string }[] }>()
  return items.map(({ text }) => text).join('\n')
}

/** Whatever signing in elsewhere tells of besides. */
async function accountLetters(t: TestStation): Promise<string[]> {
  const kinds = (await lettersTo(t, ALICE)).map(({ kind }) => kind)
  return kinds.filter((kind) => kind !== 'notification')
}

for (const dialect of DIALECTS) {
  suite(`a forgotten password on ${dialect}`, () => {
    test('is set anew by the link of a letter, and every session ends with its socket', async () => {
      await using t = await buildTestStation({ dialect, config: { server } })
      const alice = await t.person('alice')
      const door = await SocketDoor.of(t)
      await using socket = await door.open(alice, { origin: server.publicUrl })
      await socket.hello()
      const browser = t.stranger()
      assert.equal((await browser.get('/auth/forgot')).status, 200)
      const sent = await browser.ask('POST', '/auth/forgot', {
        form: { email: ' Alice@Example.org ' },
        headers: { host: 'evil.example' },
      })
      assert.equal(sent.status, 202)
      const [letter] = await lettersTo(t, ALICE)
      const link = letter?.link ?? ''
      assert.match(link, /^http:\/\/127\.0\.0\.1:8000\/auth\/reset\?token=[\w-]{43}$/)

      const opened = await browser.get(link.replace(server.publicUrl, ''))
      assert.deepEqual([opened.status, opened.headers['location']], [303, '/auth/reset'])
      assert.equal(opened.headers['referrer-policy'], 'no-referrer')
      const page = await browser.get('/auth/reset')
      assert.equal(page.status, 200)
      assert.match(page.text, /@alice/)
      assert.doesNotMatch(page.text, /token/)

      const short = await browser.submit('/auth/reset', { password: 'short' })
      assert.equal(short.status, 422)
      const done = await browser.submit('/auth/reset', { password: NEW })
      assert.deepEqual([done.status, done.headers['location']], [303, '/auth/done/reset'])
      assert.equal((await browser.get('/auth/done/reset')).status, 200)

      assert.equal(await isSignedIn(browser), false, 'a reset signs nobody in')
      assert.equal(await isSignedIn(alice), false)
      assert.equal(await socket.closed(), 4003)
      assert.equal((await signIn(t, passwordOf('alice'))).status, 401)
      assert.equal((await signIn(t, NEW)).status, 200)
      const kinds = await accountLetters(t)
      assert.deepEqual(kinds, ['password-changed', 'reset'])
      assert.match(await newsOf(t), /^Your password was changed/m)
      assert.equal((await browser.get('/auth/reset')).status, 410)
      assert.equal((await browser.submit('/auth/reset', { password: NEW })).status, 410)
    })

    test('is promised by no letter where none is sent, whoever asks', async () => {
      await using t = await buildTestStation({ dialect })
      await t.person('alice')
      for (const email of ['alice@example.org', 'nobody@example.org']) {
        const { text } = await t.stranger().submit('/auth/forgot', { email })
        assert.match(text, /<h1>Ask the owner for the link<\/h1>/)
        assert.doesNotMatch(text, /spam folder|on its way|Send it again/)
        assert.doesNotMatch(text, /Check your mail|admin\/mailbox/)
      }
      const olga = await staff(t, 'olga', 'owner')
      const { text } = await olga.submit('/auth/forgot', { email: ALICE })
      assert.match(text, /href="\/admin\/mailbox"[^>]*>[^]*Open the mailbox/)
    })

    test('of twenty who use one link at the same moment one sets the password', async () => {
      await using t = await buildTestStation({ dialect })
      await t.person('alice')
      const token = await forget(t)
      const passwords = Array.from({ length: 20 }, (_, index) => `a phrase of number ${index}`)
      const answers = await Promise.all(passwords.map((password) => reset(t, token, password)))
      assert.deepEqual(statuses(answers), { 204: 1, 410: 19 })
      const winner = answers.findIndex(({ status }) => status === 204)
      assert.equal((await signIn(t, passwords[winner] ?? '')).status, 200)
      const told = (await lettersTo(t, ALICE)).filter(({ kind }) => kind === 'password-changed')
      assert.equal(told.length, 1)
    })

    test('stays as it is for a link that is wrong, cut, late, used or overtaken', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const refused: Answer[] = []
      const token = await forget(t)
      for (const wrong of ['', 'x', token.slice(0, -1), `${token}A`, token.toUpperCase()]) {
        refused.push(await reset(t, wrong))
      }
      const overtaken = await forget(t)
      assert.equal((await reset(t, token)).status, 204)
      refused.push(await reset(t, token), await reset(t, overtaken))
      const late = await forget(t)
      t.clock.advance({ minutes: 30 })
      refused.push(await reset(t, late))
      const blocked = await forget(t)
      await t.station.auth.residents.block('operator', alice.id)
      refused.push(await reset(t, blocked))
      assert.deepEqual(new Set(refused.map(({ status }) => status)), new Set([410]))
      const bodies = refused.map(({ text }) => text.replaceAll(/"requestId":"[^"]*"/g, ''))
      assert.equal(new Set(bodies).size, 1)
      await t.station.auth.forgetOld()
      t.clock.advance({ minutes: 31 })
      await t.station.auth.forgetOld()
      const left = await t.station.database.reader.all('select * from account_links')
      assert.deepEqual(left, [])
    })

    test('is answered alike beyond three letters an hour, and refused beyond ten questions', async () => {
      await using t = await buildTestStation({ dialect, config: { rateLimits: true } })
      await t.person('alice')
      const answers: Answer[] = []
      for (let index = 0; index < 12; index++) {
        answers.push(await t.stranger().post('/api/v1/auth/forgot', { email: ALICE }))
      }
      assert.deepEqual(statuses(answers), { 202: 10, 429: 2 })
      assert.ok(Number(answers.at(-1)?.headers['retry-after']) > 0)
      assert.equal((await lettersTo(t, ALICE)).length, 3)
    })

    test('gets a letter from staff of a higher role, and a link from the operator', async () => {
      await using t = await buildTestStation({ dialect })
      const { auth } = t.station
      const alice = await t.person('alice')
      const bob = await t.person('bob')
      await auth.residents.setRole('operator', bob.id, 'admin')
      const actor = { id: bob.id, username: 'bob', role: 'admin', sessionId: 's' } as const
      await auth.links.sendReset(actor, alice.id)
      assert.equal((await reset(t, await tokenFor(t, ALICE))).status, 204)
      const stranger = { id: alice.id, username: 'alice', role: 'member', sessionId: 's' } as const
      await assert.rejects(auth.links.sendReset(stranger, bob.id), /QL_AUTH_RANK/)
      await assert.rejects(auth.links.sendReset(actor, 'nobody'), /QL_AUTH_NOBODY/)
      assert.deepEqual(await lettersTo(t, 'bob@example.org'), [])
      const url = new URL(await auth.links.makeReset('Alice'))
      assert.equal((await reset(t, url.searchParams.get('token') ?? '')).status, 204)
      await assert.rejects(auth.links.makeReset('nobody'), /QL_AUTH_NOBODY/)
      const { items } = await t.station.audit.list({ area: 'reset' })
      assert.deepEqual(
        items.map(({ outcome, actorId }) => [outcome, actorId]),
        [
          ['done', null],
          ['done', bob.id],
        ],
      )
    })
  })

  suite(`a password that is changed on ${dialect}`, () => {
    test('needs the old one, and leaves one session of many', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const elsewhere = t.stranger()
      const login = { login: 'alice', password: passwordOf('alice') }
      await elsewhere.post('/api/v1/auth/login', login)
      const link = await forget(t)
      const change = (oldPassword: string, password = NEW): Promise<Answer> =>
        alice.put('/api/v1/me/password', { oldPassword, password })
      const wrong = await change('not her password')
      assert.deepEqual([wrong.status, wrong.json()['code']], [422, 'QL_AUTH_PASSWORD_WRONG'])
      assert.equal(wrong.json<{ errors: { path: string }[] }>().errors[0]?.path, '/oldPassword')
      assert.equal((await change(passwordOf('alice'), 'short')).status, 422)
      assert.equal(await isSignedIn(elsewhere), true)

      assert.equal((await change(passwordOf('alice'))).status, 204)
      assert.equal(await isSignedIn(alice), true)
      assert.equal(await isSignedIn(elsewhere), false)
      t.clock.advance({ minutes: 11 })
      assert.equal(await isSignedIn(alice), true, 'the session can be renewed')
      assert.equal((await reset(t, link)).status, 410)
      assert.equal((await signIn(t, passwordOf('alice'))).status, 401)
      const kinds = await accountLetters(t)
      assert.deepEqual(kinds, ['password-changed', 'reset'])
      assert.match(await newsOf(t), /^Your password was changed/m)
      const written = (await lettersTo(t, ALICE)).filter(({ text }) =>
        /password .*was changed/.test(text),
      )
      assert.equal(written.length, 1, 'one letter says it, and no second one')

      const page = await alice.get('/settings/password')
      assert.match(page.text, /name="oldPassword"/)
      const form = { oldPassword: NEW, password: passwordOf('alice') }
      const sent = await alice.submit('/settings/password', form)
      assert.deepEqual([sent.status, sent.headers['location']], [303, '/auth/done/password'])
      assert.equal((await alice.submit('/settings/password', form)).status, 422)
    })

    test('is guarded against guessing by whoever found an open session', async () => {
      await using t = await buildTestStation({ dialect, config: { rateLimits: true } })
      const alice = await t.person('alice')
      const answers: Answer[] = []
      for (let index = 0; index < 7; index++) {
        const guess = { oldPassword: `guess number ${index}`, password: NEW }
        answers.push(await alice.put('/api/v1/me/password', guess))
      }
      assert.equal(answers.at(-1)?.status, 429)
    })
  })
}
