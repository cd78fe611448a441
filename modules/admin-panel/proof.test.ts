import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DIALECTS } from '../../test/support/databases.ts'
import { needs } from '../../test/support/neighbour.ts'
import { formIn } from '../../test/support/shown-form.ts'
import { staff } from '../../test/support/staff.ts'
import { buildTestStation } from '../../test/support/station.ts'
import { passwordOf } from '../../test/support/visitor.ts'

const STALE = { minutes: 16 }

for (const dialect of DIALECTS) {
  describe(`a fresh proof for acts of staff on ${dialect}`, needs('user-management'), () => {
    test('is asked of programs before each act, and of nobody who has just given it', async () => {
      await using t = await buildTestStation({ dialect })
      const olga = await staff(t, 'olga', 'owner')
      const alice = await t.person('alice')
      const user = `/api/v1/admin/users/${alice.id}`
      const events = '/api/v1/admin/events'
      const letter = { act: 'skip', consumer: 'nobody', seq: 1 }
      const replay = { consumer: 'nobody', fromSeq: 0, confirm: 'nobody' }
      const acts = [
        () => olga.patch(user, { status: 'blocked' }),
        () => olga.post(`${user}/reset-link`),
        () => olga.patch('/api/v1/admin/settings/station', { name: 'Mayak' }),
        () => olga.put(`${events}/dead-letters`, letter),
        () => olga.post(`${events}/replay`, replay),
        () => olga.delete('/api/v1/me/sessions'),
        () => olga.delete('/api/v1/me/sessions/nothing'),
      ]
      t.clock.advance(STALE)
      for (const act of acts) {
        const answer = await act()
        assert.deepEqual(
          [answer.status, answer.json()['code']],
          [403, 'QL_AUTH_VERIFY_NEEDED'],
          answer.text,
        )
      }
      assert.equal((await olga.get(user)).json()['status'], 'active')
      const proof = { password: passwordOf('olga') }
      assert.equal((await olga.post('/api/v1/auth/verify', proof)).status, 204)
      const codes: unknown[] = []
      for (const act of acts.slice(1)) codes.push((await act()).status)
      assert.deepEqual(codes, [202, 204, 404, 404, 200, 404])
    })

    test('holds the form of a page, and lets it go on as it was typed', async () => {
      await using t = await buildTestStation({ dialect })
      const olga = await staff(t, 'olga', 'owner')
      const alice = await t.person('alice')
      const here = `/admin/people/${alice.id}`
      const typed = { act: 'block', reason: 'Спам & "кавычки" <b>' }
      t.clock.advance(STALE)
      const asked = await olga.submit(here, typed)
      assert.equal(asked.status, 403)
      const held = formIn(asked.text, here)
      assert.deepEqual(held.fields, { ...typed, 'proof-password': '' })
      assert.match(asked.text, new RegExp(`href="${here}"`))
      const wrong = await olga.submit(here, { ...held.fields, 'proof-password': 'not it, not it' })
      assert.equal(wrong.status, 422, wrong.text)
      assert.deepEqual(formIn(wrong.text, here).fields, { ...typed, 'proof-password': '' })
      assert.equal((await olga.get(`/api/v1/admin/users/${alice.id}`)).json()['status'], 'active')
      const done = await olga.submit(here, { ...held.fields, 'proof-password': passwordOf('olga') })
      assert.equal(done.headers['location'], `${here}?done=block`)
      const [noted] = (await t.station.audit.list({ subject: `user/${alice.id}` })).items
      assert.equal(noted?.action, 'user.blocked')
      assert.deepEqual(noted?.after, { status: 'blocked', reason: typed.reason })
      /* The proof is good for fifteen minutes. */
      const unblocked = await olga.submit(here, { act: 'unblock' })
      assert.equal(unblocked.headers['location'], `${here}?done=unblock`)
    })

    test('is no way in: without the right, a proof is of no use', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const bob = await t.person('bob')
      t.clock.advance(STALE)
      const form = { act: 'role', role: 'owner', 'proof-password': passwordOf('bob') }
      assert.equal((await bob.submit(`/admin/people/${alice.id}`, form)).status, 404)
      assert.equal((await bob.post('/api/v1/admin/events/replay', {})).status, 404)
      assert.equal(
        (await t.stranger().submit(`/admin/people/${alice.id}`, form)).headers['location'],
        `/auth/login?return=${encodeURIComponent(`/admin/people/${alice.id}`)}`,
      )
    })

    test('leads the owner to it before a backup is taken along', async () => {
      await using t = await buildTestStation({ dialect })
      const olga = await staff(t, 'olga', 'owner')
      t.clock.advance(STALE)
      const path = '/admin/backups/2026-01-01T00-00-00.tar.gz'
      const asked = await olga.get(path, { headers: { accept: 'text/html' } })
      assert.equal(asked.headers['location'], '/auth/verify?return=%2Fadmin%2Fbackups')
      assert.equal((await olga.get(path)).status, 403)
    })

    test('is asked before a letter is read that lets somebody in', async () => {
      await using t = await buildTestStation({ dialect })
      const olga = await staff(t, 'olga', 'owner')
      await t.person('alice')
      await t.stranger().post('/api/v1/auth/forgot', { email: 'alice@example.org' })
      await t.settle()
      t.clock.advance(STALE)
      const list = await olga.get('/admin/mailbox')
      assert.doesNotMatch(list.text, /token=/)
      const [, letter = ''] = /href="(\/admin\/mailbox\/[^"]+)"/.exec(list.text) ?? []
      const asked = await olga.get(letter)
      const back = `/auth/verify?return=${encodeURIComponent(letter)}`
      assert.deepEqual([asked.status, asked.headers['location']], [303, back])
      assert.equal((await olga.get(`${letter}/html`)).status, 403)
      await olga.post('/api/v1/auth/verify', { password: passwordOf('olga') })
      assert.match((await olga.get(letter)).text, /token=/)
      assert.match((await olga.get(`${letter}/html`)).text, /token=/)
    })

    test('every sign-in stands in the audit log, with where it came from', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const again = t.stranger()
      const login = { login: 'alice', password: passwordOf('alice') }
      assert.equal((await again.post('/api/v1/auth/login', login)).status, 200)
      const { items } = await t.station.audit.list({ area: 'session', subject: `user/${alice.id}` })
      assert.deepEqual(
        items.map(({ action, outcome, actorId, ip }) => [action, outcome, actorId, ip]),
        Array.from({ length: 2 }, () => ['session.opened', 'done', alice.id, '127.0.0.1']),
      )
    })
  })
}
