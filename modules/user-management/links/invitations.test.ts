import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { statuses, tokenSent } from '../../../test/support/letters.ts'
import { MailServer } from '../../../test/support/mail-server.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import { type Answer, passwordOf, type Visitor } from '../../../test/support/visitor.ts'

interface Made {
  readonly token: string
  readonly id: string
}

/** An admin called bob, on a station that takes people by invitation. */
async function withAdmin(t: TestStation): Promise<Visitor> {
  const bob = await t.person('bob')
  await t.station.auth.residents.setRole('operator', bob.id, 'admin')
  await bob.post('/api/v1/auth/login', { login: 'bob', password: passwordOf('bob') })
  await policy(t, 'invitation')
  return bob
}

function policy(t: TestStation, registration: 'open' | 'invitation' | 'closed'): Promise<void> {
  return t.station.settings.change('people', { registration }, { id: 'owner' })
}

async function invite(admin: Visitor, wish: object = {}): Promise<Made> {
  const answer = await admin.post('/api/v1/invitations', wish)
  assert.equal(answer.status, 201, answer.text)
  const { url, invitation } = answer.json<{ url: string; invitation: { id: string } }>()
  return { token: url.split('/').at(-1) ?? '', id: invitation.id }
}

function register(t: TestStation, username: string, invitation?: string): Promise<Answer> {
  return t.stranger().post('/api/v1/auth/register', {
    username,
    email: `${username}@example.org`,
    password: passwordOf(username),
    consent: true,
    ...(invitation === undefined ? {} : { invitation }),
  })
}

async function listed(admin: Visitor): Promise<Record<string, unknown>[]> {
  const answer = await admin.get('/api/v1/invitations')
  return answer.json<{ items: Record<string, unknown>[] }>().items
}

for (const dialect of DIALECTS) {
  suite(`an invitation on ${dialect}`, () => {
    test('lets in as many as it says, and nobody without it', async () => {
      await using t = await buildTestStation({ dialect })
      const bob = await withAdmin(t)
      const { token, id } = await invite(bob, { note: ' For Anna\u202e ', maxUses: 2, days: 3 })
      const bare = await register(t, 'anna')
      assert.deepEqual([bare.status, bare.json()['code']], [403, 'QL_AUTH_INVITATION_NEEDED'])
      assert.equal((await register(t, 'anna', token)).status, 201)

      const browser = t.stranger()
      const opened = await browser.get(`/auth/invitation/${token}`)
      assert.equal(opened.status, 303)
      assert.equal(opened.headers['referrer-policy'], 'no-referrer')
      const page = await browser.get(String(opened.headers['location']))
      assert.match(page.text, /@bob/)
      const wrong = {
        username: 'vera',
        email: 'vera@example.org',
        password: 'short',
        invitation: token,
      }
      const refused = await browser.submit('/auth/register', wrong)
      assert.equal(refused.status, 422)
      assert.match(refused.text, new RegExp(`value="${token}"`))
      const form = { ...wrong, displayName: 'Vera', password: passwordOf('vera'), consent: 'true' }
      const made = await browser.submit('/auth/register', form)
      assert.deepEqual([made.status, made.headers['location']], [303, '/user/vera'])

      const late = await register(t, 'zoya', token)
      assert.deepEqual([late.status, late.json()['code']], [410, 'QL_AUTH_INVITATION_DEAD'])
      assert.equal((await t.stranger().get(`/auth/register?invitation=${token}`)).status, 410)
      const [row] = await listed(bob)
      assert.deepEqual(
        { ...row, createdAt: undefined, expiresAt: undefined },
        {
          id,
          note: 'For Anna\u202e',
          madeBy: { id: bob.id, username: 'bob' },
          maxUses: 2,
          uses: 2,
          createdAt: undefined,
          expiresAt: undefined,
          state: 'used-up',
        },
      )
    })

    test('gives its last use to one of twenty who come at the same moment', async () => {
      await using t = await buildTestStation({ dialect })
      const { token } = await invite(await withAdmin(t))
      const names = Array.from(
        { length: 20 },
        (_, index) => `guest-${String.fromCodePoint(97 + index)}x`,
      )
      const answers = await Promise.all(names.map((name) => register(t, name, token)))
      assert.deepEqual(statuses(answers), { 201: 1, 410: 19 })
      const people = t.events.filter(({ type }) => type === 'user.created')
      assert.equal(people.length, 2, 'bob, and one guest')
    })

    test('does nothing when it has expired, was taken back, or its maker may no longer invite', async () => {
      await using t = await buildTestStation({ dialect })
      const bob = await withAdmin(t)
      const revoked = await invite(bob)
      assert.equal((await bob.delete(`/api/v1/invitations/${revoked.id}`)).status, 204)
      assert.equal((await bob.delete(`/api/v1/invitations/${revoked.id}`)).status, 204)
      assert.equal((await bob.delete('/api/v1/invitations/unknown')).status, 404)
      assert.equal((await register(t, 'anna', revoked.token)).status, 410)
      const old = await invite(bob, { days: 1 })
      t.clock.advance({ hours: 24 })
      await bob.post('/api/v1/auth/login', { login: 'bob', password: passwordOf('bob') })
      assert.equal((await register(t, 'anna', old.token)).status, 410)
      assert.equal((await register(t, 'anna', old.token.slice(0, -1))).status, 410)
      assert.deepEqual(
        (await listed(bob)).map(({ state }) => state),
        ['expired', 'revoked'],
      )
      const good = await invite(bob)
      await t.station.auth.residents.setRole('operator', bob.id, 'member')
      assert.equal((await register(t, 'anna', good.token)).status, 410)
      const stale = { id: bob.id, username: 'bob', role: 'admin', sessionId: 's' } as const
      await assert.rejects(t.station.auth.invitations.create(stale, {}), /QL_AUTH_RANK/)
      await assert.rejects(t.station.auth.invitations.revoke(stale, good.id), /QL_AUTH_RANK/)
    })

    test('is counted when the address is confirmed, not before', async () => {
      await using server = await MailServer.open()
      const mail = { smtpUrl: server.url, from: null }
      await using t = await buildTestStation({ dialect, config: { mail } })
      await t.station.settings.change('people', { confirmMail: false }, { id: 'owner' })
      const bob = await withAdmin(t)
      await t.station.settings.change('people', { confirmMail: true }, { id: 'owner' })
      const { token } = await invite(bob)
      for (const name of ['anna', 'vera'])
        assert.equal((await register(t, name, token)).status, 202)
      await t.settle()
      assert.equal((await listed(bob))[0]?.['uses'], 0)
      const confirm = (name: string): Promise<Answer> =>
        t
          .stranger()
          .post('/api/v1/auth/confirm', { token: tokenSent(server, `${name}@example.org`) })
      assert.equal((await confirm('vera')).status, 201)
      assert.equal((await confirm('anna')).json()['code'], 'QL_AUTH_INVITATION_DEAD')
      assert.equal((await listed(bob))[0]?.['uses'], 1)
    })

    test('is worth nothing while registration is closed, and not needed while it is open', async () => {
      await using t = await buildTestStation({ dialect })
      const bob = await withAdmin(t)
      const { token } = await invite(bob)
      await policy(t, 'closed')
      const closed = await register(t, 'anna', token)
      assert.deepEqual([closed.status, closed.json()['code']], [403, 'QL_AUTH_REGISTRATION_CLOSED'])
      assert.equal((await t.stranger().get('/auth/register')).status, 403)
      await policy(t, 'open')
      assert.equal((await register(t, 'anna', token)).status, 201)
      assert.equal((await register(t, 'vera', 'nonsense')).status, 201)
      assert.equal((await listed(bob))[0]?.['uses'], 0)
    })

    test('is asked for by the shell and the landing page as soon as the setting says so', async () => {
      await using t = await buildTestStation({ dialect })
      const doors = async (): Promise<[boolean, boolean]> => {
        const { text } = await t.stranger().get('/')
        return [/href="\/auth\/register"/.test(text), /name="invitation"/.test(text)]
      }
      assert.deepEqual(await doors(), [true, false])
      await policy(t, 'invitation')
      assert.deepEqual(await doors(), [false, true])
      const page = await t.stranger().get('/auth/register')
      assert.equal(page.status, 403)
      assert.match(page.text, /name="invitation"/)
      await policy(t, 'closed')
      assert.deepEqual(await doors(), [false, false])
      await policy(t, 'open')
      assert.deepEqual(await doors(), [true, false])
    })
  })
}
