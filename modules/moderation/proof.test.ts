import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../test/support/databases.ts'
import { needs } from '../../test/support/neighbour.ts'
import { formIn } from '../../test/support/shown-form.ts'
import { staff } from '../../test/support/staff.ts'
import { buildTestStation } from '../../test/support/station.ts'
import { passwordOf, type Visitor } from '../../test/support/visitor.ts'

const STALE = { minutes: 16 }
const both = { ...needs('user-management'), ...needs('blog') }

/** A post of this person, and the report that waits about it. */
async function reportedPost(author: Visitor, reporter: Visitor, title: string) {
  const draft = { title, content: { markdown: 'Buy lenses.' }, status: 'published' }
  const { id } = (await author.post('/api/v1/posts', draft)).json<{ id: string }>()
  const report = { subject: `post/${id}`, path: '/posts', reason: 'spam', text: '' }
  const answer = await reporter.post('/api/v1/reports', report)
  return { post: `/api/v1/posts/${id}`, report: answer.json<{ id: string }>().id }
}

for (const dialect of DIALECTS) {
  suite(`a fresh proof of moderators on ${dialect}`, both, () => {
    test('is asked once before they hide something, and lasts its while', async () => {
      await using t = await buildTestStation({ dialect })
      const mona = await staff(t, 'mona', 'moderator')
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const one = await reportedPost(alice, bob, 'Fog')
      const two = await reportedPost(alice, bob, 'Ice')
      t.clock.advance(STALE)
      const path = `/admin/content/${one.report}`
      const typed = { decision: 'hide', words: 'Спам & "кавычки"', back: '/admin' }
      const asked = await mona.submit(path, typed)
      assert.equal(asked.status, 403)
      const held = formIn(asked.text, path)
      assert.deepEqual(held.fields, { ...typed, 'proof-password': '' })
      assert.match(asked.text, /href="\/admin\/content"/)
      assert.equal((await t.stranger().get(one.post)).status, 200)
      const proof = { 'proof-password': passwordOf('mona') }
      const done = await mona.submit(path, { ...held.fields, ...proof })
      assert.deepEqual([done.status, done.headers['location']], [303, '/admin'])
      assert.equal((await t.stranger().get(one.post)).status, 404)
      t.clock.advance({ minutes: 10 })
      const next = await mona.submit(`/admin/content/${two.report}`, { decision: 'delete' })
      assert.equal(next.status, 303, next.text)
      const undone = await mona.submit(`/admin/content/${two.report}/undo`, {})
      assert.equal(undone.status, 303)
      assert.equal((await t.stranger().get(two.post)).status, 200)
    })

    test('is asked of programs, and before something is shown again', async () => {
      await using t = await buildTestStation({ dialect })
      const mona = await staff(t, 'mona', 'moderator')
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const { post, report } = await reportedPost(alice, bob, 'Fog')
      const decision = `/api/v1/reports/${report}/decision`
      t.clock.advance(STALE)
      const asked = await mona.put(decision, { decision: 'hide' })
      assert.deepEqual([asked.status, asked.json()['code']], [403, 'QL_AUTH_VERIFY_NEEDED'])
      assert.equal((await bob.put(decision, { decision: 'hide' })).status, 404)
      assert.equal((await t.stranger().get(post)).status, 200)
      await mona.post('/api/v1/auth/verify', { password: passwordOf('mona') })
      assert.equal((await mona.put(decision, { decision: 'hide' })).status, 204)
      t.clock.advance(STALE)
      const restoration = `/api/v1/reports/${report}/restoration`
      assert.equal((await mona.put(restoration, {})).json()['code'], 'QL_AUTH_VERIFY_NEEDED')
      assert.equal((await mona.submit(`/admin/content/${report}/restoration`, {})).status, 403)
      assert.equal((await t.stranger().get(post)).status, 404)
    })
  })
}
