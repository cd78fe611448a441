import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import { passwordOf } from '../../../test/support/visitor.ts'

const form = (username: string) => ({
  username,
  email: `${username}@example.org`,
  password: passwordOf(username),
  consent: true,
})

function factsOf({ events }: TestStation): string[] {
  return events.map(({ type, subject }) => `${type} ${subject}`)
}

/** Problem documents differ in nothing but the request they speak of. */
function withoutRequest(text: string): string {
  return text.replaceAll(/"(instance|requestId)":"[^"]*",?/g, '')
}

for (const dialect of DIALECTS) {
  describe(`accounts over HTTP on ${dialect}`, () => {
    test('registering makes an account, a profile, a session and one event', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = t.stranger()
      const answer = await alice.post('/api/v1/auth/register', {
        ...form('Alice'),
        displayName: '  Алиса   Мюллер ',
        locale: 'ru',
      })
      assert.equal(answer.status, 201, answer.text)
      const { user, accessToken, expiresAt } = answer.json<{
        user: Record<string, unknown>
        accessToken: string
        expiresAt: string
      }>()
      assert.equal(user['username'], 'alice')
      assert.equal(user['displayName'], 'Алиса Мюллер')
      assert.equal(user['email'], 'alice@example.org')
      assert.equal(user['role'], 'member')
      assert.equal(user['timeZone'], 'Europe/Moscow')
      assert.equal(
        Date.parse(expiresAt),
        Math.floor(t.clock.now().getTime() / 1000) * 1000 + 600_000,
      )
      assert.deepEqual(factsOf(t), [`user.created user/${String(user['id'])}`])

      assert.deepEqual((await alice.get('/api/v1/me')).json(), user)
      const bearer = { headers: { authorization: `Bearer ${accessToken}` } }
      assert.deepEqual((await t.stranger().get('/api/v1/me', bearer)).json(), user)
    })

    test('a refused registration leaves nothing behind', async () => {
      await using t = await buildTestStation({ dialect })
      await t.person('alice')
      const before = factsOf(t).length
      const refusals: [string, number, object][] = [
        ['QL_AUTH_USERNAME_TAKEN', 409, { username: 'ALICE' }],
        ['QL_AUTH_EMAIL_TAKEN', 409, { email: 'Alice@example.org' }],
        ['QL_AUTH_USERNAME_RESERVED', 422, { username: 'settings' }],
        ['QL_AUTH_PASSWORD_LONG', 422, { password: 'п'.repeat(257) }],
        ['QL_USERS_CONSENT_MISSING', 422, { consent: false }],
        ['QL_USERS_NAME_LONG', 422, { displayName: 'я'.repeat(81) }],
        ['QL_VALIDATION', 422, { role: 'owner' }],
        ['QL_USERS_FORM_WRONG', 422, { consent: false, password: 'short' }],
      ]
      for (const [code, status, change] of refusals) {
        const answer = await t
          .stranger()
          .post('/api/v1/auth/register', { ...form('bob'), ...change })
        assert.equal(answer.status, status, answer.text)
        assert.equal(answer.json()['code'], code)
        assert.equal(answer.headers['set-cookie'], undefined)
      }
      assert.equal((await t.stranger().get('/api/v1/users/bob')).status, 404)
      assert.equal(factsOf(t).length, before)
    })

    test('of twenty who want one name at the same moment, one gets it', async () => {
      await using t = await buildTestStation({ dialect })
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          t.stranger().post('/api/v1/auth/register', {
            ...form('carol'),
            email: `carol${index}@example.org`,
          }),
        ),
      )
      const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b)
      assert.deepEqual(statuses, [201, ...Array.from({ length: 19 }, () => 409)])
      assert.equal(factsOf(t).length, 1)
    })

    test('a wrong password and an unknown login get the same answer', async () => {
      await using t = await buildTestStation({ dialect })
      await t.person('alice')
      const answers = []
      for (const login of ['alice', 'nobody', 'alice@example.org', 'nobody@example.org']) {
        const wrong = { login, password: 'not the password' }
        answers.push(await t.stranger().post('/api/v1/auth/login', wrong))
      }
      const seen = answers.map(({ status, text }) => `${status} ${withoutRequest(text)}`)
      assert.equal(new Set(seen).size, 1, seen.join('\n'))
      assert.match(seen[0] ?? '', /^401 .*QL_AUTH_WRONG_CREDENTIALS/s)
    })

    test('signing in begins a session that signing out ends', async () => {
      await using t = await buildTestStation({ dialect })
      const { id } = await t.person('alice')
      const browser = t.stranger()
      const login = { login: 'alice', password: passwordOf('alice') }
      assert.equal((await browser.post('/api/v1/auth/login', login)).status, 200)
      assert.deepEqual(factsOf(t), [`user.created user/${id}`, `user.signed-in user/${id}`])
      const kept = new Map(browser.cookies)

      const out = await browser.post('/api/v1/auth/logout')
      assert.equal(out.status, 204)
      assert.equal((await browser.get('/api/v1/me')).status, 401)
      const stolen = [...kept].map(([name, value]) => `${name}=${value}`).join('; ')
      const replayed = await t.stranger().get('/api/v1/me', { headers: { cookie: stolen } })
      assert.equal(replayed.status, 401)
    })

    test('a session is renewed by asking, and without asking after ten minutes', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const first = alice.cookies.get('quark-refresh')
      const renewed = await alice.post('/api/v1/auth/refresh')
      assert.equal(renewed.status, 200, renewed.text)
      assert.equal(renewed.json<{ user: { username: string } }>().user.username, 'alice')
      const second = alice.cookies.get('quark-refresh')
      assert.notEqual(second, first)
      t.clock.advance({ minutes: 11 })
      assert.equal((await alice.get('/api/v1/me')).status, 200)
      assert.notEqual(alice.cookies.get('quark-refresh'), second)
      const nobody = await t.stranger().post('/api/v1/auth/refresh')
      assert.equal(nobody.json()['code'], 'QL_AUTH_REFRESH_INVALID')
    })

    test('the set-up link makes the owner, once', async () => {
      await using t = await buildTestStation({ dialect })
      const link = `/setup?token=${t.station.auth.setupToken}`
      const owner = t.stranger()
      assert.equal((await owner.get('/setup?token=guess')).status, 404)
      const page = await owner.get(link)
      assert.equal(page.status, 200)
      assert.match(page.text, /<form[^>]+action="\/setup"/)
      const fields = {
        displayName: 'Ада',
        username: 'ada',
        email: 'ada@example.org',
        consent: 'true',
        token: t.station.auth.setupToken,
      }
      const short = await owner.submit('/setup', { ...fields, password: 'ten signs!' })
      assert.equal(short.status, 422)
      assert.match(short.text, /value="ada"/)
      const made = await owner.submit('/setup', { ...fields, password: passwordOf('the owner') })
      assert.equal(made.status, 303, made.text)
      assert.equal((await owner.get('/api/v1/me')).json()['role'], 'owner')
      assert.equal((await t.stranger().get(link)).status, 404)
      const second = { ...fields, username: 'eve', email: 'eve@example.org' }
      const late = await t
        .stranger()
        .submit('/setup', { ...second, password: passwordOf('the eve') })
      assert.equal(late.status, 404)
    })

    test('other modules find people by id and by name, and the operator makes them', async () => {
      await using t = await buildTestStation({ dialect })
      const { calls } = t.station
      const alice = await t.person('alice')
      const made = await calls.call('users.create', {
        username: 'bob',
        email: 'bob@example.org',
        password: passwordOf('bob'),
        role: 'moderator',
      })
      const profile = await calls.call('users.profile', { username: 'bob' })
      assert.deepEqual(profile, made)
      const { id } = profile as { id: string }
      assert.deepEqual(await calls.call('users.profile', { id }), made)
      assert.equal(await calls.call('users.profile', { username: 'nobody' }), null)
      const both = (await calls.call('users.profiles', {
        ids: [id, alice.id, 'unknown'],
      })) as object[]
      assert.equal(both.length, 2)
      await assert.rejects(calls.call('users.profile', {}), { code: 'QL_VALIDATION' })
      const asModule = calls.call('users.create', form('eve'), 'core')
      await assert.rejects(asModule, { code: 'QL_CALL_UNAVAILABLE' })
      const [moderator] = await t.station.auth.identitiesByIds([id])
      assert.equal(moderator?.role, 'moderator')
    })

    test('the demo brings six people with pages of their own', async () => {
      await using t = await buildTestStation({ dialect })
      await t.station.loader.fillDemo(['user-management'])
      const people = t.events.filter(({ type }) => type === 'user.created')
      assert.equal(people.length, 6)
      const anna = await t.stranger().get('/user/anna')
      assert.match(anna.text, /<h1>Анна Вересова<\/h1>/)
      assert.match(anna.text, /data-flavour="down"/)
      assert.match((await t.stranger().get('/user/emily')).text, /<h1>Emily Hart<\/h1>/)
    })
  })
}

test('every bad bearer token gets the same 401', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const alice = await t.person('alice')
  const good = alice.cookies.get('quark-access') ?? ''
  const [header, payload, signature] = good.split('.')
  const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')
  const bad = [
    'nonsense',
    `${none}.${payload}.`,
    `${header}.${payload}.${signature?.slice(0, -2)}`,
    `${good}=`,
    alice.cookies.get('quark-refresh') ?? '',
    'x'.repeat(10_000),
  ]
  const answers = []
  for (const token of bad) {
    const headers = { authorization: `Bearer ${token}` }
    answers.push(await t.stranger().get('/api/v1/me', { headers }))
  }
  const seen = new Set(answers.map(({ status, text }) => `${status} ${withoutRequest(text)}`))
  assert.equal(seen.size, 1, [...seen].join('\n'))
  assert.match([...seen][0] ?? '', /^401 /)
})

test('the sixth guess at one account has to wait, and is told how long', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite', config: { rateLimits: true } })
  await t.person('alice')
  const guess = { login: 'alice', password: 'not the password' }
  for (let count = 0; count < 5; count++) {
    assert.equal((await t.stranger().post('/api/v1/auth/login', guess)).status, 401)
  }
  const limited = await t.stranger().post('/api/v1/auth/login', guess)
  assert.equal(limited.status, 429)
  assert.equal(limited.headers['retry-after'], '900')
})

test('nobody registers where the operator has closed registration', async () => {
  const station = { name: 'Quark-Light', locale: 'en', registration: 'closed' } as const
  await using t = await buildTestStation({ dialect: 'sqlite', config: { station } })
  const answer = await t.stranger().post('/api/v1/auth/register', form('alice'))
  assert.equal(answer.status, 403)
  assert.equal((await t.stranger().get('/auth/register')).status, 403)
  assert.doesNotMatch((await t.stranger().get('/auth/login')).text, /href="\/auth\/register"/)
})
