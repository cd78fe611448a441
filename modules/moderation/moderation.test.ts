import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DIALECTS } from '../../test/support/databases.ts'
import { needs } from '../../test/support/neighbour.ts'
import { staff } from '../../test/support/staff.ts'
import { buildTestStation, type TestStation } from '../../test/support/station.ts'
import { passwordOf, type Visitor } from '../../test/support/visitor.ts'
import type { QueueItem } from './schema.ts'

const report = { subject: 'user/0198c1f2', path: '/user/bob', reason: 'spam' }

async function moderator(t: TestStation, username = 'mira'): Promise<Visitor> {
  const email = `${username}@example.org`
  const password = passwordOf(username)
  await t.station.calls.call('users.create', { username, email, password, role: 'moderator' })
  const visitor = t.stranger()
  assert.equal(
    (await visitor.post('/api/v1/auth/login', { login: username, password })).status,
    200,
  )
  return visitor
}

async function queue(who: Visitor, state = 'open') {
  const answer = await who.get(`/api/v1/admin/content?state=${state}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.json<{ items: QueueItem[] }>().items
}

for (const dialect of DIALECTS) {
  describe(`moderation on ${dialect}`, () => {
    test(
      'a report pressed twenty times at once is one report',
      needs('user-management'),
      async () => {
        await using t = await buildTestStation({ dialect })
        const alice = await t.person('alice')
        const answers = await Promise.all(
          Array.from({ length: 20 }, () => alice.post('/api/v1/reports', report)),
        )
        assert.equal(answers.filter(({ status }) => status === 201).length, 1)
        assert.equal(answers.filter(({ status }) => status === 200).length, 19)
        const mira = await moderator(t)
        assert.deepEqual(
          (await queue(mira)).flatMap(({ reports }) => reports.map(({ reporterId }) => reporterId)),
          [alice.id],
        )
        await t.settle()
        const told = t.events.filter(({ type }) => type === 'report.created')
        assert.equal(told.length, 1)
        assert.equal(told[0]?.actor, undefined)
      },
    )

    test('of twenty decisions at once one is taken', needs('user-management'), async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const filed = await alice.post('/api/v1/reports', report)
      const { id } = filed.json()
      const mira = await moderator(t)
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          mira.put(`/api/v1/reports/${String(id)}/decision`, {
            decision: index % 2 === 0 ? 'acted' : 'keep',
            note: `by ${index}`,
          }),
        ),
      )
      assert.equal(answers.filter(({ status }) => status === 204).length, 1)
      assert.equal(answers.filter(({ status }) => status === 409).length, 19)
      const decided = [...(await queue(mira, 'accepted')), ...(await queue(mira, 'dismissed'))]
      assert.equal(decided.length, 1)
      assert.equal(
        decided[0]?.decision?.note,
        `by ${answers.findIndex(({ status }) => status === 204)}`,
      )
      assert.equal((await alice.post('/api/v1/reports', report)).status, 201)
    })

    test('a decision is taken back for ten seconds, by who made it', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const [mona, mike] = [
        await staff(t, 'mona', 'moderator'),
        await staff(t, 'mike', 'moderator'),
      ]
      const { id } = (await alice.post('/api/v1/reports', report)).json<{ id: string }>()
      const decision = `/api/v1/reports/${id}/decision`
      assert.equal((await mona.put(decision, { decision: 'acted', note: 'Gone.' })).status, 204)
      assert.match((await mona.get('/admin/content')).text, /class="undo-toast"/)
      assert.doesNotMatch((await mike.get('/admin/content')).text, /undo-toast/)
      for (const who of [mike, alice, t.stranger()]) {
        assert.ok([401, 404, 409].includes((await who.delete(decision)).status))
      }
      const undo = `/admin/content/${id}/undo`
      const undone = await Promise.all(Array.from({ length: 20 }, () => mona.submit(undo, {})))
      assert.equal(undone.filter(({ status }) => status === 303).length, 1)
      assert.equal(undone.filter(({ status }) => status === 409).length, 19)
      assert.deepEqual(
        (await queue(mona)).map((item) => item.decision),
        [null],
      )
      await mona.put(decision, { decision: 'keep' })
      t.clock.advance({ seconds: 11 })
      assert.doesNotMatch((await mona.get('/admin/content')).text, /undo-toast/)
      assert.equal((await mona.delete(decision)).status, 409)
      assert.equal((await alice.post('/api/v1/reports', report)).status, 201)
      await t.settle()
      assert.equal(t.events.filter(({ type }) => type === 'report.reopened').length, 1)
    })

    test('what was reported again meanwhile stays decided', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const mona = await staff(t, 'mona', 'moderator')
      const { id } = (await alice.post('/api/v1/reports', report)).json<{ id: string }>()
      const decision = `/api/v1/reports/${id}/decision`
      await mona.put(decision, { decision: 'keep' })
      assert.equal((await alice.post('/api/v1/reports', report)).status, 201)
      assert.equal((await mona.delete(decision)).status, 409)
    })

    test('members read no reports and decide on none', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const { id } = (await alice.post('/api/v1/reports', report)).json()
      const decision = { decision: 'keep' }
      for (const who of [alice, await t.person('bob')]) {
        assert.equal((await who.get('/api/v1/admin/content')).status, 404)
        assert.equal((await who.get('/admin/content')).status, 404)
        const decided = await who.put(`/api/v1/reports/${String(id)}/decision`, decision)
        assert.equal(decided.status, 404)
      }
      assert.equal((await t.stranger().post('/api/v1/reports', report)).status, 401)
    })

    test(
      'a report leads nowhere but to this station and is shown as text',
      needs('user-management'),
      async () => {
        await using t = await buildTestStation({ dialect })
        const alice = await t.person('alice')
        for (const path of ['//evil.example', 'https://evil.example', '/\\evil', 'javascript:1']) {
          assert.equal((await alice.post('/api/v1/reports', { ...report, path })).status, 422, path)
        }
        const text = '<script>alert(1)</script>'
        await alice.post('/api/v1/reports', { ...report, reason: 'other', text })
        const page = await (await moderator(t)).get('/admin/content')
        assert.match(page.text, /&lt;script>alert\(1\)|&lt;script&gt;alert\(1\)/)
        assert.doesNotMatch(page.text, /<script>alert/)
      },
    )

    test(
      'someone reports a page and a moderator answers, without a script',
      needs('user-management'),
      async () => {
        await using t = await buildTestStation({ dialect })
        const alice = await t.person('alice')
        const bob = await t.person('bob')
        const page = await alice.get('/user/bob')
        const [, href = ''] = /href="(\/report\?[^"]+)"/.exec(page.text) ?? []
        const form = await alice.get(href.replaceAll('&amp;', '&'))
        assert.match(form.text, /name="path" value="\/user\/bob"/)
        assert.doesNotMatch((await bob.get('/user/bob')).text, /\/report\?/)
        assert.doesNotMatch((await t.stranger().get('/user/bob')).text, /\/report\?/)
        const sent = await alice.submit('/report', {
          subject: `user/${bob.id}`,
          path: '/user/bob',
          reason: 'abuse',
          text: 'He writes to me every night.',
        })
        assert.equal(sent.headers['location'], '/report?sent&from=%2Fuser%2Fbob')
        const mira = await moderator(t)
        const shell = (await mira.get('/')).text
        assert.match(shell, /href="\/admin\/content"[^>]*>.{0,300}<span class="badge">1</s)
        const [waiting] = await queue(mira)
        const decided = await mira.submit(`/admin/content/${waiting?.id}`, {
          decision: 'keep',
          note: 'Spoke with him.',
        })
        assert.equal(decided.headers['location'], '/admin/content')
        assert.match((await mira.get('/admin/content?state=dismissed')).text, /Spoke with him\./)
        assert.doesNotMatch((await mira.get('/')).text, /class="badge"/)
        assert.equal((await mira.get('/reports')).headers['location'], '/admin/content')
      },
    )
  })
}
