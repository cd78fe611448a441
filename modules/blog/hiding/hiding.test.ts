import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { needs } from '../../../test/support/neighbour.ts'
import { photo, type StoredPicture } from '../../../test/support/pictures.ts'
import { staff } from '../../../test/support/staff.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import type { Visitor } from '../../../test/support/visitor.ts'

const REASON = {
  why: { en: 'Spam or advertising', ru: 'Спам или реклама' },
  words: 'Three times the same.',
  page: '/decisions/1',
}
const ADDRESS = '/user/alice/blog/fog'

async function published(author: Visitor, markdown = 'Kumquat soup.') {
  const draft = { title: 'Fog', content: { markdown }, status: 'published', tags: ['weather'] }
  const answer = await author.post('/api/v1/posts', draft)
  assert.equal(answer.status, 201, answer.text)
  return answer.json<{ id: string; rev: number }>()
}

async function moderate(
  t: TestStation,
  kind: 'post' | 'comment',
  id: string,
  act: 'hide' | 'restore' | 'delete',
) {
  const order = { id, act, actorId: 'mona', ...(act === 'hide' ? { reason: REASON } : {}) }
  const done = await t.station.calls.call(`moderate.${kind}`, order)
  await t.settle()
  return done
}

const LISTS = [
  '/user/alice',
  '/user/alice/blog',
  '/user/alice/blog/feed.xml',
  '/user/alice/blog/atom.xml',
  '/user/alice/blog/feed.json',
  '/posts',
  '/feed.xml',
  '/',
  '/sitemap-posts.xml',
  '/api/v1/users/alice/posts',
  '/api/v1/search?q=kumquat&type=posts',
  '/search?q=kumquat',
]

/** Of these addresses those that tell of the post. */
async function listsWith(visitor: Visitor): Promise<string[]> {
  const found: string[] = []
  for (const path of LISTS) {
    const { text } = await visitor.get(path)
    if (/Fog|blog\/fog|Kumquat soup/.test(text)) found.push(path)
  }
  return found
}

/** As an import brings one. */
async function commented(t: TestStation, postId: string, author: Visitor): Promise<string> {
  const id = `c-${author.username}`
  const doc = { v: 1, doc: { type: 'doc', content: [] } }
  await t.station.database.transaction(async (tx) => {
    await tx.session.run(
      `insert into blog_comments (id, post_id, kind, status, author_id, author_name, doc, html,
        renderer, created_at, withheld) values (?, ?, 'comment', 'approved', ?, ?, ?, ?, 0, ?, 0)`,
      [
        id,
        postId,
        author.id,
        author.username,
        JSON.stringify(doc),
        '',
        t.clock.now().toISOString(),
      ],
    )
    await tx.session.run('update blog_posts set comment_count = 1 where id = ?', [postId])
  })
  return id
}

const people = needs('user-management')

for (const dialect of DIALECTS) {
  suite(`what moderators take down, on ${dialect}`, () => {
    test('a hidden post is gone from every place, until it is shown again', people, async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const mona = await staff(t, 'mona', 'moderator')
      const stranger = t.stranger()
      const { url } = (
        await alice.upload('/api/v1/blog/pictures', {
          bytes: await photo({ width: 800, height: 600 }),
          fields: { alt: 'A boat' },
        })
      ).json<StoredPicture>()
      const { id } = await published(alice, `Kumquat soup.\n\n![A boat](${url})`)
      await t.settle()
      const before = await listsWith(stranger)
      assert.ok(before.includes('/posts') && before.includes('/'), before.join(' '))
      for (const path of before) await stranger.get(path)
      const at = [ADDRESS, `/api/v1/posts/${id}`, `/api/v1/posts/${id}/comments`, url]
      const see = async (who: Visitor) =>
        Promise.all(at.map(async (path) => (await who.get(path)).status))
      assert.deepEqual(await see(stranger), [200, 200, 200, 200])

      assert.deepEqual(await moderate(t, 'post', id, 'hide'), { before: 'shown', after: 'hidden' })
      assert.deepEqual(await moderate(t, 'post', id, 'hide'), { before: 'hidden', after: 'hidden' })
      for (const who of [stranger, bob]) {
        assert.deepEqual(await see(who), [404, 404, 404, 404])
        assert.deepEqual(await listsWith(who), [])
        assert.equal((await who.get('/user/alice/blog/tag/weather')).status, 404)
      }
      assert.equal(await t.station.calls.call('blog.post', { id }), null)
      assert.equal(await t.station.calls.call('blog.card', { id }), null)

      for (const who of [alice, mona]) assert.deepEqual(await see(who), [200, 200, 200, 200])
      assert.equal((await alice.get(`/api/v1/posts/${id}`)).json()['hidden'], true)
      const own = (await alice.get(ADDRESS)).text
      assert.match(own, /Spam or advertising/)
      assert.match(own, /Three times the same\./)
      assert.match(own, /href="\/decisions\/1"/)
      assert.match((await alice.get('/write')).text, /Hidden by a moderator/)
      const written = (await alice.get(`/write/${id}`)).text
      assert.match(written, /A moderator has hidden this post/)
      assert.match(written, /Spam or advertising[\s\S]*Three times the same\./)
      assert.match(written, /href="\/decisions\/1"/)
      assert.match((await mona.get(ADDRESS)).text, /Only its author and moderators see it/)

      assert.deepEqual(await moderate(t, 'post', id, 'restore'), {
        before: 'hidden',
        after: 'shown',
      })
      assert.deepEqual(await see(stranger), [200, 200, 200, 200])
      assert.deepEqual(await listsWith(stranger), before)
      for (const path of [ADDRESS, `/write/${id}`]) {
        assert.doesNotMatch((await alice.get(path)).text, /Spam or advertising/)
      }
      const told = t.events.filter(({ type }) => type === 'post.unpublished')
      assert.equal(told.length, 1)
    })

    test(
      'posts are in no list while the operator waits for the consent to publish',
      people,
      async () => {
        await using t = await buildTestStation({ dialect })
        const [alice, bob] = [await t.person('alice'), await t.person('bob')]
        await published(alice)
        await t.settle()
        const before = await listsWith(t.stranger())
        assert.ok(before.length > 8, before.join())
        const ask = async (asksPublishing: boolean): Promise<void> => {
          await t.station.settings.change('operator', { asksPublishing }, { id: 'nobody' })
          await t.settle()
        }
        await ask(true)
        assert.deepEqual(await listsWith(t.stranger()), [])
        assert.deepEqual(await listsWith(bob), [])
        assert.equal((await t.stranger().get(ADDRESS)).status, 404)
        await ask(false)
        assert.deepEqual(await listsWith(t.stranger()), before)
        await ask(true)
        const yes = { document: 'publishing', version: '1', agree: 'true', return: '/write' }
        assert.equal((await alice.submit('/consent', yes)).status, 303)
        await t.settle()
        assert.deepEqual(await listsWith(t.stranger()), before)
      },
    )

    test('its author changes a hidden post and brings it back by nothing', people, async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const { id, rev } = await published(alice)
      await moderate(t, 'post', id, 'hide')
      const path = `/api/v1/posts/${id}`
      const changed = await alice.patch(path, { baseRev: rev, content: { markdown: 'Better.' } })
      assert.equal(changed.status, 200, changed.text)
      const baseRev = changed.json<{ rev: number }>().rev
      assert.equal((await alice.delete(`${path}/publication`, { baseRev })).status, 200)
      assert.equal((await alice.put(`${path}/publication`, { baseRev })).status, 200)
      assert.equal((await alice.patch(path, { baseRev, visibility: 'unlisted' })).status, 200)
      for (const at of [ADDRESS, path]) assert.equal((await t.stranger().get(at)).status, 404)
      await moderate(t, 'post', id, 'restore')
      assert.match((await t.stranger().get(ADDRESS)).text, /Better\./)
    })

    test('a post hidden while its author saves stays hidden, twenty times', people, async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const { id, rev } = await published(alice)
      let baseRev = rev
      for (let round = 0; round < 20; round++) {
        const change = { baseRev, content: { markdown: `Kumquat soup, ${round}.` } }
        const [saved] = await Promise.all([
          alice.patch(`/api/v1/posts/${id}`, change),
          moderate(t, 'post', id, 'hide'),
        ])
        assert.equal(saved.status, 200, saved.text)
        baseRev = saved.json<{ rev: number }>().rev
        assert.equal((await t.stranger().get(`/api/v1/posts/${id}`)).status, 404, `round ${round}`)
        await moderate(t, 'post', id, 'restore')
      }
      assert.match((await t.stranger().get(ADDRESS)).text, /Kumquat soup, 19\./)
    })

    test('a deleted post is gone for its author as well', people, async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const { id } = await published(alice)
      assert.deepEqual(await moderate(t, 'post', id, 'delete'), { before: 'shown', after: 'gone' })
      assert.equal((await alice.get(ADDRESS)).status, 410)
      assert.deepEqual(await moderate(t, 'post', id, 'delete'), { before: 'gone', after: 'gone' })
      assert.equal(await t.station.calls.call('reported.post', { id }), null)
    })

    test('a hidden comment is seen by its author and staff alone', people, async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const mona = await staff(t, 'mona', 'moderator')
      const { id } = await published(alice)
      const comment = await commented(t, id, bob)
      const seen = async (who: Visitor) => [
        (await who.get(ADDRESS)).text.includes(`comment-${comment}`),
        (await who.get(`/api/v1/posts/${id}/comments`)).text.includes(comment),
      ]
      assert.deepEqual(await seen(t.stranger()), [true, true])
      await moderate(t, 'comment', comment, 'hide')
      for (const who of [t.stranger(), alice]) assert.deepEqual(await seen(who), [false, false])
      for (const who of [bob, mona]) assert.deepEqual(await seen(who), [true, true])
      assert.match((await bob.get(ADDRESS)).text, /A moderator has hidden this comment/)
      await moderate(t, 'comment', comment, 'restore')
      assert.deepEqual(await seen(t.stranger()), [true, true])
      await moderate(t, 'comment', comment, 'delete')
      for (const who of [t.stranger(), bob, mona]) assert.deepEqual(await seen(who), [false, false])
    })
  })
}
