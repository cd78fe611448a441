import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { PasswordHasher } from '../core/auth/password/password-hasher.ts'
import { DIALECTS } from './support/databases.ts'
import { lettersTo } from './support/letters.ts'
import { MailServer } from './support/mail-server.ts'
import { buildTestStation } from './support/station.ts'
import { type Answer, passwordOf } from './support/visitor.ts'

function told({ status, headers, text }: Answer): string {
  const { 'x-request-id': id, date: _date, ...others } = headers
  return JSON.stringify([status, others, text.replaceAll(String(id), 'ID')])
}

const account = (username: string, email: string) => ({
  username,
  email,
  password: passwordOf(username),
  consent: true,
})

for (const dialect of DIALECTS) {
  suite(`what a letter alone tells on ${dialect}`, () => {
    test('is not told by asking for a new password, which costs no hash', async (context) => {
      await using t = await buildTestStation({ dialect })
      await t.person('alice')
      const bob = await t.person('bob')
      await t.station.auth.residents.block('operator', bob.id)
      const hash = context.mock.method(PasswordHasher.prototype, 'hash')
      const seen = new Map<string, Set<string>>()
      for (const [email, door] of [
        ['alice@example.org', '/api/v1/auth/forgot'],
        ['nobod@example.org', '/api/v1/auth/forgot'],
        ['bobby@example.org', '/api/v1/auth/forgot'],
        ['no address', '/api/v1/auth/forgot'],
      ] as const) {
        const answer = await t.stranger().post(door, { email })
        seen.set(door, (seen.get(door) ?? new Set()).add(told(answer)))
      }
      for (const email of ['alice@example.org', 'nobod@example.org']) {
        const answer = await t.stranger().submit('/auth/forgot', { email })
        const page = told({ ...answer, text: answer.text.replaceAll(email, 'ADDRESS') })
        seen.set('page', (seen.get('page') ?? new Set()).add(page))
      }
      assert.deepEqual(
        [...seen.values()].map(({ size }) => size),
        [1, 1],
      )
      assert.equal(hash.mock.callCount(), 0)
      assert.equal((await lettersTo(t, 'alice@example.org')).length, 2)
      assert.deepEqual(await lettersTo(t, 'nobod@example.org'), [])
      assert.deepEqual(await lettersTo(t, 'bob@example.org'), [])
    })

    test('is not told by registering, which costs one hash', async (context) => {
      await using server = await MailServer.open()
      const mail = { smtpUrl: server.url, from: null }
      await using t = await buildTestStation({ dialect, config: { mail } })
      const alice = { username: 'alice', email: 'alice@example.org', password: passwordOf('alice') }
      await t.station.calls.call('users.create', alice)
      const hash = context.mock.method(PasswordHasher.prototype, 'hash')
      const seen = new Set<string>()
      for (const [index, email] of ['new@example.org', 'alice@example.org'].entries()) {
        const before = hash.mock.callCount()
        const { status, text, headers } = await t
          .stranger()
          .post('/api/v1/auth/register', account(`carol-${index}`, email))
        seen.add(`${status} ${text} ${String(headers['set-cookie'])}`)
        assert.equal(hash.mock.callCount() - before, 1)
        const free = await t.stranger().get(`/api/v1/auth/username/carol-${index}`)
        seen.add(`free: ${String(free.json()['free'])}`)
      }
      assert.deepEqual([...seen], ['202 {"pending":true} undefined', 'free: true'])
      await t.settle()
      const subjects = server.received.map(({ parsed }) => parsed.subject)
      assert.match(subjects.join('\n'), /Confirm your e-mail/)
      assert.match(subjects.join('\n'), /already have a page/)
      const letter = server.received.find(({ recipients }) =>
        recipients.includes('alice@example.org'),
      )
      assert.doesNotMatch(letter?.parsed.text ?? '', /token=/)
      const wrong = await t
        .stranger()
        .post('/api/v1/auth/register', account('carol-3', 'no address'))
      assert.equal(wrong.json()['code'], 'QL_AUTH_EMAIL_INVALID')
    })
  })
}
