import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { statuses, tokenSent } from '../../../test/support/letters.ts'
import { MailServer } from '../../../test/support/mail-server.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import { type Answer, passwordOf, type Visitor } from '../../../test/support/visitor.ts'

const account = (username: string, email = `${username}@example.org`) => ({
  username,
  email,
  password: passwordOf(username),
  consent: true,
})

/** A station that sends mail, where alice has an account from before. */
async function withMail(
  dialect: (typeof DIALECTS)[number],
  work: (t: TestStation, server: MailServer, alice: Visitor) => Promise<void>,
): Promise<void> {
  await using server = await MailServer.open()
  const mail = { smtpUrl: server.url, from: 'Маяк <mayak@example.org>' }
  await using t = await buildTestStation({ dialect, config: { mail } })
  const { id } = (await t.station.calls.call('users.create', {
    username: 'alice',
    email: 'alice@example.org',
    password: passwordOf('alice'),
  })) as { id: string }
  const alice = t.stranger()
  await alice.post('/api/v1/auth/login', { login: 'alice', password: passwordOf('alice') })
  alice.id = id
  await work(t, server, alice)
}

function register(t: TestStation, ...who: Parameters<typeof account>): Promise<Answer> {
  return t.stranger().post('/api/v1/auth/register', account(...who))
}

function confirm(t: TestStation, token: string): Promise<Answer> {
  return t.stranger().post('/api/v1/auth/confirm', { token })
}

async function mayEnter(t: TestStation, username: string): Promise<boolean> {
  const login = { login: username, password: passwordOf(username) }
  return (await t.stranger().post('/api/v1/auth/login', login)).status === 200
}

for (const dialect of DIALECTS) {
  suite(`a registration that has to be confirmed on ${dialect}`, () => {
    test('leads on to where the person was going, once they sign in', () =>
      withMail(dialect, async (t, server) => {
        const browser = t.stranger()
        const form = { ...account('dora'), displayName: 'Дора', consent: 'true' }
        const asked = await browser.submit('/auth/register', { ...form, return: '/settings' })
        assert.equal(asked.status, 202)
        await t.settle()
        await browser.get(`/auth/confirm?token=${tokenSent(server, 'dora@example.org')}`)
        const done = await browser.submit('/auth/confirm', {})
        assert.equal(done.headers['location'], '/auth/done/confirmed?return=%2Fsettings')
        const page = await browser.get('/auth/done/confirmed?return=%2Fsettings')
        assert.match(page.text, /href="\/auth\/login\?return=%2Fsettings"/)
        const foreign = await browser.get('/auth/done/confirmed?return=%2F%2Fevil.example')
        assert.doesNotMatch(foreign.text, /value="\/\/evil|href="\/auth\/login\?return/)
      }))

    test('becomes an account when the button behind the link is pressed', () =>
      withMail(dialect, async (t, server) => {
        const browser = t.stranger()
        const form = {
          username: 'carol',
          email: 'Carol@example.org',
          password: passwordOf('carol'),
          displayName: 'Кэрол',
          consent: 'true',
        }
        const asked = await browser.submit('/auth/register', form)
        assert.equal(asked.status, 202)
        assert.match(asked.text, /Carol@example\.org/)
        assert.equal(browser.cookies.size, 0)
        await t.settle()
        assert.equal((await t.stranger().get('/api/v1/users/carol')).status, 404)
        assert.equal(await mayEnter(t, 'carol'), false)

        const token = tokenSent(server, 'carol@example.org')
        const opened = await browser.get(`/auth/confirm?token=${token}`)
        assert.deepEqual([opened.status, opened.headers['location']], [303, '/auth/confirm'])
        const page = await browser.get('/auth/confirm')
        assert.match(page.text, /@carol/)
        assert.equal(await mayEnter(t, 'carol'), false, 'opening a link changes nothing')
        const done = await browser.submit('/auth/confirm', {})
        assert.deepEqual([done.status, done.headers['location']], [303, '/auth/done/confirmed'])
        assert.equal(await mayEnter(t, 'carol'), true)
        const profile = (await t.stranger().get('/api/v1/users/carol')).json()
        assert.equal(profile['displayName'], 'Кэрол')
        const created = t.events.filter(({ type }) => type === 'user.created')
        assert.equal(created.length, 2)
        const consents = await t.station.database.reader.all('select ip from consent_records')
        assert.deepEqual(consents, [{ ip: '127.0.0.1' }])
        assert.equal((await browser.get('/auth/confirm')).status, 410)
        assert.equal((await confirm(t, token)).status, 410)
      }))

    test('of twenty who confirm at the same moment one makes the account', () =>
      withMail(dialect, async (t, server) => {
        await register(t, 'carol')
        await t.settle()
        const token = tokenSent(server, 'carol@example.org')
        const answers = await Promise.all(Array.from({ length: 20 }, () => confirm(t, token)))
        assert.deepEqual(statuses(answers), { 201: 1, 410: 19 })
      }))

    test('gives way to the next of the same address, and can be sent once more', () =>
      withMail(dialect, async (t, server) => {
        await register(t, 'carol')
        await t.settle()
        const first = tokenSent(server, 'carol@example.org')
        await register(t, 'carla', 'carol@example.org')
        await t.settle()
        const second = tokenSent(server, 'carol@example.org')
        assert.equal((await confirm(t, first)).status, 410)
        const again = { email: 'carol@example.org', again: 'true' }
        assert.equal((await t.stranger().submit('/auth/register/letter', again)).status, 202)
        const nobody = await t.stranger().post('/api/v1/auth/register/letter', { email: 'x@y.org' })
        assert.equal(nobody.status, 202)
        await t.settle()
        const third = tokenSent(server, 'carol@example.org')
        assert.equal((await confirm(t, second)).status, 410)
        const made = await confirm(t, third)
        assert.deepEqual([made.status, made.json()['username']], [201, 'carla'])
        assert.equal(server.received.length, 3)
      }))

    test('keeps a name from nobody: the first who confirms has it', () =>
      withMail(dialect, async (t, server) => {
        await register(t, 'carol', 'one@example.org')
        await register(t, 'carol', 'two@example.org')
        await t.settle()
        assert.equal((await confirm(t, tokenSent(server, 'two@example.org'))).status, 201)
        const late = await confirm(t, tokenSent(server, 'one@example.org'))
        assert.deepEqual([late.status, late.json()['code']], [409, 'QL_AUTH_USERNAME_TAKEN'])
        const browser = t.stranger()
        await browser.get(`/auth/confirm?token=${tokenSent(server, 'one@example.org')}`)
        const page = await browser.submit('/auth/confirm', {})
        assert.equal(page.status, 409)
        assert.match(page.text, /already taken/)
      }))

    test('is forgotten after the days the operator has set', () =>
      withMail(dialect, async (t, server) => {
        const owner = { id: 'owner' }
        await t.station.settings.change('retention', { unconfirmedDays: 2 }, owner)
        await register(t, 'carol')
        await t.settle()
        t.clock.advance({ hours: 49 })
        assert.equal((await confirm(t, tokenSent(server, 'carol@example.org'))).status, 410)
        await t.station.auth.forgetOld()
        assert.deepEqual(await t.station.database.reader.all('select id from registrations'), [])
      }))

    test('is no longer asked for when the operator does not want it', () =>
      withMail(dialect, async (t) => {
        await t.station.settings.change('people', { confirmMail: false }, { id: 'owner' })
        assert.equal((await register(t, 'carol')).status, 201)
        await t.station.settings.change('people', { confirmMail: true }, { id: 'owner' })
        assert.equal((await register(t, 'dave')).status, 202)
      }))
  })

  suite(`another e-mail address on ${dialect}`, () => {
    const input = { email: 'Alice@new.example', password: passwordOf('alice') }

    test('holds when the link in it is confirmed, and the old one is told', () =>
      withMail(dialect, async (t, server, alice) => {
        const wrong = await alice.put('/api/v1/me/email', { ...input, password: 'not hers' })
        assert.deepEqual([wrong.status, wrong.json()['code']], [422, 'QL_AUTH_PASSWORD_WRONG'])
        await t.stranger().post('/api/v1/auth/forgot', { email: 'alice@example.org' })
        await t.settle()
        const resetLink = tokenSent(server, 'alice@example.org')
        const asked = await alice.submit('/settings/email', input)
        assert.deepEqual([asked.status, asked.headers['location']], [303, '/auth/done/email-sent'])
        await t.settle()
        const before = (await alice.get('/api/v1/me')).json()
        assert.equal(before['email'], 'alice@example.org')
        const token = tokenSent(server, 'alice@new.example')
        const confirmed = await Promise.all(
          Array.from({ length: 20 }, () => t.stranger().post('/api/v1/auth/email', { token })),
        )
        assert.deepEqual(statuses(confirmed), { 204: 1, 410: 19 })
        await t.settle()
        const after = (await alice.get('/api/v1/me')).json()
        assert.equal(after['email'], 'alice@new.example')
        const dead = { token: resetLink, password: 'an altogether different phrase' }
        assert.equal((await t.stranger().post('/api/v1/auth/reset', dead)).status, 410)
        const told = server.received
          .filter(({ recipients }) => recipients.includes('alice@example.org'))
          .map(({ parsed }) => parsed.subject)
        assert.equal(told.length, 3)
        assert.match(
          told.join('\n'),
          /is changing its e-mail address[^]*address of the page @alice was changed/,
        )
      }))

    test('does not tell whether it belongs to somebody, and waits for nobody else', () =>
      withMail(dialect, async (t, server, alice) => {
        await register(t, 'bob')
        await t.settle()
        await confirm(t, tokenSent(server, 'bob@example.org'))
        const theirs = await alice.put('/api/v1/me/email', { ...input, email: 'bob@example.org' })
        const free = await alice.put('/api/v1/me/email', input)
        assert.deepEqual([theirs.status, theirs.text], [free.status, free.text])
        await t.settle()
        const letter = server.received.findLast(({ recipients }) =>
          recipients.includes('bob@example.org'),
        )
        assert.match(letter?.parsed.subject ?? '', /already have a page/)

        /* Somebody registers with the address before it is confirmed. */
        const token = tokenSent(server, 'alice@new.example')
        await register(t, 'carol', 'alice@new.example')
        await t.settle()
        await confirm(t, tokenSent(server, 'alice@new.example'))
        const late = await t.stranger().post('/api/v1/auth/email', { token })
        assert.deepEqual([late.status, late.json()['code']], [409, 'QL_AUTH_EMAIL_TAKEN'])
      }))

    test('holds at once where no mail is sent', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      await t.person('bob')
      const taken = await alice.put('/api/v1/me/email', { ...input, email: 'bob@example.org' })
      assert.deepEqual([taken.status, taken.json()['code']], [409, 'QL_AUTH_EMAIL_TAKEN'])
      assert.equal((await alice.put('/api/v1/me/email', input)).status, 204)
      const me = (await alice.get('/api/v1/me')).json()
      assert.equal(me['email'], 'alice@new.example')
      const list = await alice.get('/api/v1/notifications')
      const [news] = list.json<{ items: { text: string }[] }>().items
      assert.match(news?.text ?? '', /^Your page has another e-mail address now/)
    })
  })
}
