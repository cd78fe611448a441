import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../test/support/databases.ts'
import { needs } from '../../test/support/neighbour.ts'
import { staff } from '../../test/support/staff.ts'
import { buildTestStation, type TestStation } from '../../test/support/station.ts'
import type { Visitor } from '../../test/support/visitor.ts'
import type { QueueItem } from './schema.ts'

const ADDRESS = '/user/alice/blog/fog'
const both = { ...needs('user-management'), ...needs('blog') }

async function published(author: Visitor, title = 'Fog'): Promise<string> {
  const draft = { title, content: { markdown: 'Buy lenses cheaply.' }, status: 'published' }
  const answer = await author.post('/api/v1/posts', draft)
  assert.equal(answer.status, 201, answer.text)
  return answer.json<{ id: string }>().id
}

async function reported(by: Visitor, subject: string, text = ''): Promise<string> {
  const report = { subject, path: ADDRESS, reason: 'spam', text }
  const answer = await by.post('/api/v1/reports', report)
  assert.equal(answer.status, 201, answer.text)
  return answer.json<{ id: string }>().id
}

async function queue(who: Visitor, state = 'open'): Promise<QueueItem[]> {
  const answer = await who.get(`/api/v1/admin/content?state=${state}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.json<{ items: QueueItem[] }>().items
}

function decide(who: Visitor, reportId: string, decision: string, more: object = {}) {
  return who.put(`/api/v1/reports/${reportId}/decision`, { decision, ...more })
}

async function toldTo(who: Visitor): Promise<{ text: string; kind: string; url: string }[]> {
  const answer = await who.get('/api/v1/notifications')
  return answer.json<{ items: { text: string; kind: string; url: string }[] }>().items
}

async function codeOf(answer: Promise<{ json(): Record<string, unknown> }>): Promise<unknown> {
  return (await answer).json()['code']
}

async function audited(t: TestStation, subject: string) {
  const { items } = await t.station.audit.list({ subject })
  return items
    .filter(({ action }) => action.startsWith('report.'))
    .map(({ action, outcome, actorId }) => [action, outcome, actorId])
}

/** A minute later, with what is due by then. */
async function aMinuteLater(t: TestStation): Promise<void> {
  t.clock.advance({ seconds: 61 })
  await t.station.scheduler.tick()
  await t.settle()
}

/** As an import brings one. */
async function commented(t: TestStation, postId: string, author: Visitor): Promise<void> {
  const paragraph = { type: 'paragraph', content: [{ type: 'text', text: 'Nonsense.' }] }
  const doc = JSON.stringify({ v: 1, doc: { type: 'doc', content: [paragraph] } })
  const at = t.clock.now().toISOString()
  await t.station.database.transaction(async (tx) => {
    await tx.session.run(
      `insert into blog_comments (id, post_id, kind, status, author_id, author_name, doc, html,
        renderer, created_at, withheld) values ('c1', ?, 'comment', 'approved', ?, ?, ?, '', 0, ?, 0)`,
      [postId, author.id, author.username, doc, at],
    )
    await tx.session.run('update blog_posts set comment_count = 1 where id = ?', [postId])
  })
}

/** Alice’s post, reported by Bob and Carol, hidden by Mona. */
async function hidden(t: TestStation) {
  const [alice, bob, carol] = [
    await t.person('alice'),
    await t.person('bob'),
    await t.person('carol'),
  ]
  const mona = await staff(t, 'mona', 'moderator')
  const id = await published(alice)
  const report = await reported(bob, `post/${id}`)
  await reported(carol, `post/${id}`)
  const words = 'Please take the prices out.'
  const decided = await decide(mona, report, 'hide', { reason: 'spam', words })
  assert.equal(decided.status, 204, decided.text)
  await t.settle()
  return { alice, bob, carol, mona, id, report }
}

for (const dialect of DIALECTS) {
  suite(`taking down on ${dialect}`, () => {
    test('the queue quotes what was reported, once for all who did', both, async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob, carol] = [
        await t.person('alice'),
        await t.person('bob'),
        await t.person('carol'),
      ]
      const mona = await staff(t, 'mona', 'moderator')
      const id = await published(alice, 'Fog <b>')
      await reported(bob, `post/${id}`, 'An advertisement.')
      await reported(carol, `post/${id}`)
      const [item, ...others] = await queue(mona)
      assert.equal(others.length, 0)
      assert.equal(item?.count, 2)
      assert.deepEqual(item?.content, {
        title: 'Fog <b>',
        excerpt: 'Buy lenses cheaply.',
        authorId: alice.id,
        authorName: 'alice',
        url: '/user/alice/blog/fog-b',
        state: 'shown',
        acts: ['hide', 'restore', 'delete'],
      })
      assert.deepEqual(item?.may, ['keep', 'hide', 'delete'])
      const page = (await mona.get('/admin/content')).text
      assert.match(page, /Buy lenses cheaply\./)
      assert.match(page, /An advertisement\./)
      assert.match(page, /2 reports/)
      assert.doesNotMatch(page, /Fog <b>/)
      assert.match((await mona.get('/')).text, /<span class="badge">1</)
    })

    test('a hidden post is gone, and its author and reporters are told', both, async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob, carol, mona, report, id } = await hidden(t)
      for (const who of [t.stranger(), bob]) assert.equal((await who.get(ADDRESS)).status, 404)
      assert.deepEqual(await queue(mona), [])
      const own = (await alice.get(ADDRESS)).text
      assert.match(own, /Please take the prices out\./)
      const told = await toldTo(alice)
      assert.ok(told.some(({ url }) => own.includes(`href="${url}"`)))
      assert.match(JSON.stringify(told), /hidden your post “Fog”: spam or advertising/)
      assert.doesNotMatch(JSON.stringify(told), /bob|carol/)
      for (const who of [bob, carol]) {
        const looked = (await toldTo(who)).find(({ text }) => text.includes('you had reported'))
        assert.match(looked?.text ?? '', /looked at what you had reported/)
        assert.equal(looked?.url, '/report?decided=hide')
        assert.equal((await who.get(looked.url)).status, 200)
      }

      for (const who of [alice, bob]) {
        assert.equal((await who.put(`/api/v1/reports/${report}/restoration`, {})).status, 404)
      }
      const shown = await mona.submit(`/admin/content/${report}/restoration`, {})
      assert.equal(shown.status, 303)
      assert.equal((await t.stranger().get(ADDRESS)).status, 200)
      const twice = mona.put(`/api/v1/reports/${report}/restoration`, {})
      assert.equal(await codeOf(twice), 'QL_MODERATION_RESTORED')
      assert.match(JSON.stringify(await toldTo(alice)), /show your post “Fog” again/)
      assert.deepEqual(await audited(t, `post/${id}`), [
        ['report.restored', 'done', mona.id],
        ['report.decided', 'done', mona.id],
      ])
    })

    test('the author answers a decision, once, and nobody else reads it', both, async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob, carol, mona, report } = await hidden(t)
      const [told] = await toldTo(alice)
      const decision = told?.url ?? ''
      for (const who of [bob, carol, mona]) {
        assert.equal((await who.get(decision)).status, 404)
        assert.equal((await who.get(`/api/v1${decision}`)).status, 404)
        const answered = await who.put(`/api/v1${decision}/answer`, { text: 'No.' })
        assert.equal(answered.status, 404)
      }
      assert.match((await alice.get(decision)).text, /Buy lenses cheaply\./)
      const sent = await alice.submit(decision, { text: 'It is a diary.' })
      assert.equal(sent.headers['location'], decision)
      const again = alice.put(`/api/v1${decision}/answer`, { text: 'And more.' })
      assert.equal(await codeOf(again), 'QL_MODERATION_ANSWERED')
      assert.match(JSON.stringify(await toldTo(mona)), /answers a decision/)
      assert.match((await mona.get('/admin/content?state=answered')).text, /It is a diary\./)
      assert.equal((await mona.put(`/api/v1/reports/${report}/upholding`, {})).status, 204)
      assert.deepEqual(await queue(mona, 'answered'), [])
      assert.equal((await alice.get(`/api/v1${decision}`)).json()['answer'], 'It is a diary.')
      assert.match((await alice.get(decision)).text, /the decision stands/)
      assert.equal((await t.stranger().get(ADDRESS)).status, 404)
    })

    test(
      'what was deleted comes back for ten seconds and is gone a minute later',
      both,
      async () => {
        await using t = await buildTestStation({ dialect })
        const [alice, bob] = [await t.person('alice'), await t.person('bob')]
        const mona = await staff(t, 'mona', 'moderator')
        const id = await published(alice)
        const report = await reported(bob, `post/${id}`)
        await decide(mona, report, 'delete')
        assert.equal((await t.stranger().get(ADDRESS)).status, 404)
        await t.settle()
        assert.equal((await mona.submit(`/admin/content/${report}/undo`, {})).status, 303)
        assert.equal((await t.stranger().get(ADDRESS)).status, 200)
        assert.deepEqual(await toldTo(alice), [])
        await aMinuteLater(t)
        assert.equal((await t.stranger().get(ADDRESS)).status, 200)

        await decide(mona, report, 'delete')
        await aMinuteLater(t)
        for (const who of [alice, mona, t.stranger()]) {
          assert.equal((await who.get(ADDRESS)).status, 410)
        }
        const restored = mona.put(`/api/v1/reports/${report}/restoration`, {})
        assert.equal(await codeOf(restored), 'QL_MODERATION_RESTORED')
        const [told] = await toldTo(alice)
        assert.match((await alice.get(told?.url ?? '')).text, /Buy lenses cheaply\./)
        assert.deepEqual(await audited(t, `post/${id}`), [
          ['report.deleted', 'done', mona.id],
          ['report.decided', 'done', mona.id],
          ['report.reopened', 'done', mona.id],
          ['report.decided', 'done', mona.id],
        ])
      },
    )

    test('what a dying process has left undone is done when the event comes', both, async () => {
      await using t = await buildTestStation({ dialect })
      const { id, mona, report } = await hidden(t)
      const order = { id, act: 'restore', actorId: mona.id }
      await t.station.calls.call('moderate.post', order)
      assert.equal((await t.stranger().get(ADDRESS)).status, 200)
      await t.station.bus.replay('moderation/report.decided', 0)
      await t.settle()
      assert.equal((await t.stranger().get(ADDRESS)).status, 404)

      await mona.put(`/api/v1/reports/${report}/restoration`, {})
      await t.station.bus.replay('moderation/report.decided', 0)
      await t.settle()
      assert.equal((await t.stranger().get(ADDRESS)).status, 200)
    })

    test(
      'of a decision and its undoing at once, twenty times, the undoing stays',
      both,
      async () => {
        await using t = await buildTestStation({ dialect })
        const [alice, bob] = [await t.person('alice'), await t.person('bob')]
        const mona = await staff(t, 'mona', 'moderator')
        const report = await reported(bob, `post/${await published(alice)}`)
        for (let round = 0; round < 20; round++) {
          await Promise.all([
            decide(mona, report, round % 2 === 0 ? 'hide' : 'delete'),
            ...Array.from({ length: 3 }, () => mona.delete(`/api/v1/reports/${report}/decision`)),
          ])
          await mona.delete(`/api/v1/reports/${report}/decision`)
          await t.settle()
          assert.equal((await t.stranger().get(ADDRESS)).status, 200, `round ${round}`)
          assert.equal((await queue(mona)).length, 1)
        }
      },
    )

    test('nobody acts upwards, sideways or on their own, but owners', both, async () => {
      await using t = await buildTestStation({ dialect })
      const bob = await t.person('bob')
      const mona = await staff(t, 'mona', 'moderator')
      const mike = await staff(t, 'mike', 'moderator')
      const ada = await staff(t, 'ada', 'admin')
      const owner = await staff(t, 'olga', 'owner')
      const reports = new Map<Visitor, string>()
      for (const who of [mona, ada, owner]) {
        reports.set(who, await reported(bob, `post/${await published(who)}`))
      }
      const on = (who: Visitor): string => reports.get(who) ?? ''
      assert.equal(await codeOf(decide(mike, on(mona), 'hide')), 'QL_MODERATION_RANK')
      assert.equal(await codeOf(decide(mike, on(ada), 'delete')), 'QL_MODERATION_RANK')
      assert.equal(await codeOf(decide(ada, on(owner), 'hide')), 'QL_MODERATION_RANK')
      for (const deed of ['keep', 'hide']) {
        assert.equal(await codeOf(decide(mona, on(mona), deed)), 'QL_MODERATION_OWN')
      }
      assert.equal((await t.stranger().get('/user/mona/blog/fog')).status, 200)
      const seen = (await queue(mike)).map(({ content, may }) => [content?.authorName, may])
      assert.deepEqual(seen, [
        ['mona', ['keep']],
        ['ada', ['keep']],
        ['olga', ['keep']],
      ])
      assert.equal((await decide(ada, on(mona), 'hide')).status, 204)
      const shown = mike.put(`/api/v1/reports/${on(mona)}/restoration`, {})
      assert.equal(await codeOf(shown), 'QL_MODERATION_RANK')
      const own = mona.put(`/api/v1/reports/${on(mona)}/restoration`, {})
      assert.equal(await codeOf(own), 'QL_MODERATION_RANK')
      assert.equal((await t.stranger().get('/user/mona/blog/fog')).status, 404)
      assert.equal((await decide(owner, on(owner), 'hide')).status, 204)
      assert.equal((await decide(mike, on(ada), 'keep')).status, 204)
      const { items } = await t.station.audit.list({ area: 'report', outcome: 'refused' })
      assert.equal(items.length, 7)
    })

    test('a comment is reported from under its post, quoted and hidden', both, async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const mona = await staff(t, 'mona', 'moderator')
      await commented(t, await published(alice), bob)
      const link = /href="(\/report\?from=[^"]+about=comment[^"]+)"/
      for (const who of [t.stranger(), bob])
        assert.doesNotMatch((await who.get(ADDRESS)).text, link)
      const [, href = ''] = link.exec((await alice.get(ADDRESS)).text) ?? []
      const form = (await alice.get(href.replaceAll('&amp;', '&'))).text
      assert.match(form, /name="subject" value="comment\/c1"/)
      const report = await reported(alice, 'comment/c1')
      const [item] = await queue(mona)
      assert.deepEqual(
        [item?.content?.title, item?.content?.excerpt, item?.content?.authorId],
        ['Fog', 'Nonsense.', bob.id],
      )
      await decide(mona, report, 'hide')
      for (const who of [t.stranger(), alice]) {
        assert.doesNotMatch((await who.get(ADDRESS)).text, /Nonsense\./)
      }
      assert.match((await bob.get(ADDRESS)).text, /A moderator has hidden this comment/)
      assert.match(JSON.stringify(await toldTo(bob)), /hidden your comment: spam/)
    })

    test('a hidden page tells others a user name and nothing more', both, async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const mona = await staff(t, 'mona', 'moderator')
      const said = { displayName: 'Cheap Lenses', bio: 'Write to me.', place: 'Here' }
      await alice.patch('/api/v1/me', { ...said, links: ['https://lenses.example/'] })
      await t.settle()
      const report = await reported(bob, `user/${alice.id}`)
      const [item] = await queue(mona)
      assert.match(item?.content?.excerpt ?? '', /Write to me\./)
      assert.deepEqual(item?.may, ['keep', 'hide'])
      assert.equal(await codeOf(decide(mona, report, 'delete')), 'QL_MODERATION_DEED')
      await decide(mona, report, 'hide')
      await t.settle()
      const told = /Cheap Lenses|Write to me|lenses\.example/
      for (const path of ['/user/alice', '/api/v1/users/alice', '/user/alice/blog']) {
        for (const who of [t.stranger(), bob]) assert.doesNotMatch((await who.get(path)).text, told)
      }
      assert.doesNotMatch((await bob.get('/search?q=Cheap')).text, /@alice/)
      assert.match(
        (await alice.get('/user/alice')).text,
        /Write to me\.[\s\S]*A moderator has hidden/,
      )
      await mona.put(`/api/v1/reports/${report}/restoration`, {})
      assert.match((await t.stranger().get('/user/alice')).text, told)
    })

    test('staff hear of the first report, and forget it when nothing waits', both, async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const mona = await staff(t, 'mona', 'moderator')
      const first = await reported(bob, `user/${alice.id}`)
      const id = await published(alice)
      const second = await reported(bob, `post/${id}`)
      const filtered = await mona.get('/api/v1/notifications?filter=station')
      const { items } = filtered.json<{ items: { kind: string; url: string }[] }>()
      assert.deepEqual(
        items.map(({ kind, url }) => [kind, url]),
        [['moderation.report', '/admin/content']],
      )
      assert.deepEqual(await toldTo(alice), [])
      await decide(mona, first, 'keep')
      assert.equal((await toldTo(mona)).length, 1)
      await decide(mona, second, 'keep')
      assert.deepEqual(await toldTo(mona), [])
    })

    test('what no module knows is kept or noted, and never hidden', async () => {
      await using t = await buildTestStation({ dialect })
      const bob = await t.person('bob')
      const mona = await staff(t, 'mona', 'moderator')
      const report = await reported(bob, 'poem/7')
      const [item] = await queue(mona)
      assert.equal(item?.content, null)
      assert.deepEqual(item?.may, ['keep', 'acted'])
      assert.match((await mona.get('/admin/content')).text, /\/user\/alice\/blog\/fog/)
      assert.equal(await codeOf(decide(mona, report, 'hide')), 'QL_MODERATION_DEED')
      assert.equal((await decide(mona, report, 'acted')).status, 204)
    })
  })
}
