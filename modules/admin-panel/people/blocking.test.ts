import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { needs } from '../../../test/support/neighbour.ts'
import { proved, staff } from '../../../test/support/staff.ts'
import { buildTestStation } from '../../../test/support/station.ts'

const POST = '/user/alice/blog/fog'
const BLOCKED = '/api/v1/admin/users?status=blocked'
const LISTS = ['/posts', '/feed.xml', '/', '/sitemap-posts.xml']

for (const dialect of DIALECTS) {
  suite(`blocking on ${dialect}`, () => {
    test(
      'a block that hides takes all of a person away, and its end brings it back',
      { ...needs('user-management'), ...needs('blog') },
      async () => {
        await using t = await buildTestStation({ dialect })
        const ada = await staff(t, 'ada', 'admin')
        const alice = await t.person('alice')
        const profile = { bio: 'Lives by the sea.' }
        assert.equal((await alice.patch('/api/v1/me', profile)).status, 200)
        const draft = { title: 'Fog', content: { markdown: 'Kumquat soup.' }, status: 'published' }
        const { id } = (await alice.post('/api/v1/posts', draft)).json<{ id: string }>()
        await t.settle()
        await proved(t, ada)
        const people = ['/user/alice', '/user/alice/blog', POST, '/api/v1/users/alice']
        const places = [...people, `/api/v1/posts/${id}`, '/user/alice/blog/feed.xml']
        const see = async (paths = places) =>
          Promise.all(paths.map(async (path) => (await t.stranger().get(path)).status))
        const isListed = async () =>
          Promise.all(
            LISTS.map(async (path) => /Fog|blog\/fog/.test((await t.stranger().get(path)).text)),
          )
        const block = (hides?: boolean) =>
          ada.patch(`/api/v1/admin/users/${alice.id}`, {
            status: 'blocked',
            ...(hides === undefined ? {} : { hides }),
          })

        assert.equal((await block(false)).status, 200)
        await t.settle()
        assert.deepEqual(new Set(await see()), new Set([200]))
        assert.deepEqual(new Set(await isListed()), new Set([true]))
        assert.equal((await block()).status, 200)
        assert.deepEqual(new Set(await see(people)), new Set([404]))
        await t.settle()
        assert.deepEqual(new Set(await see()), new Set([404]))
        assert.deepEqual(new Set(await isListed()), new Set([false]))
        const named = await t.station.calls.call('users.profiles', { ids: [alice.id] })
        assert.doesNotMatch(JSON.stringify(named), /by the sea/)
        const readers = await t.stranger().get('/user/alice/followers')
        assert.equal(readers.status, 404)
        for (const path of [POST, '/user/alice']) assert.equal((await ada.get(path)).status, 200)
        assert.match((await ada.get('/user/alice')).text, /Hidden from others/)

        await ada.submit(`/admin/people/${alice.id}`, { act: 'unblock' })
        await t.settle()
        assert.deepEqual(new Set(await see()), new Set([200]))
        assert.deepEqual(new Set(await isListed()), new Set([true]))
        assert.equal(t.events.filter(({ type }) => type === 'post.published').length, 1)
      },
    )

    test(
      'blocking ends sessions at once and is undone; the reason stays in the log',
      needs('user-management'),
      async () => {
        await using t = await buildTestStation({ dialect })
        const ada = await staff(t, 'ada', 'admin')
        const alice = await t.person('alice')
        const here = `/admin/people/${alice.id}`
        const blocked = await ada.submit(here, { act: 'block', reason: 'Spam <b>' })
        assert.equal(blocked.headers['location'], `${here}?done=block`)
        assert.equal((await alice.get('/api/v1/me')).status, 401)
        await t.settle()
        assert.deepEqual(
          t.events.filter(({ type }) => type === 'user.blocked').map(({ data }) => data),
          [{ id: alice.id, hides: false }],
        )
        const page = await ada.get(here)
        assert.match(page.text, /Spam &lt;b>|Spam &lt;b&gt;/)
        assert.match(page.text, /value="unblock"/)
        assert.equal((await ada.get(BLOCKED)).json<{ total: number }>().total, 1)
        await ada.submit(here, { act: 'unblock' })
        assert.equal((await ada.get(BLOCKED)).json<{ total: number }>().total, 0)
      },
    )

    test(
      'the form asks whether to hide, and hides unless the tick is taken away',
      needs('user-management'),
      async () => {
        await using t = await buildTestStation({ dialect })
        const ada = await staff(t, 'ada', 'admin')
        const alice = await t.person('alice')
        const here = `/admin/people/${alice.id}`
        assert.match((await ada.get(here)).text, /name="hides" value="yes" checked/)
        await proved(t, ada)
        await ada.submit(here, { act: 'block', hides: 'yes' })
        assert.equal((await t.stranger().get('/user/alice')).status, 404)
        const [row] = (await t.station.audit.list({ area: 'user' })).items
        assert.deepEqual(row?.after, { status: 'blocked', hides: 'true' })
      },
    )
  })
}
