import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../test/support/databases.ts'
import { needs } from '../../test/support/neighbour.ts'
import { photo, pictureOf, type StoredPicture } from '../../test/support/pictures.ts'
import { staff } from '../../test/support/staff.ts'
import { buildTestStation, type TestStation } from '../../test/support/station.ts'
import { passwordOf, type Visitor } from '../../test/support/visitor.ts'
import { up } from './migrations/0005-unguarded.ts'

const PICTURES = '/api/v1/blog/pictures'

interface Post extends Record<string, unknown> {
  readonly id: string
  readonly slug: string
  readonly rev: number
}

async function uploaded(author: Visitor, bytes: Buffer): Promise<StoredPicture> {
  const answer = await author.upload(PICTURES, { bytes, fields: { alt: 'A boat' } })
  assert.equal(answer.status, 201, answer.text)
  return answer.json<StoredPicture>()
}

async function written(author: Visitor, markdown: string, more: object = {}): Promise<Post> {
  const answer = await author.post('/api/v1/posts', {
    title: 'Fog',
    content: { markdown },
    ...more,
  })
  assert.equal(answer.status, 201, answer.text)
  return answer.json<Post>()
}

/** Through the address that serves whatever the picture becomes. */
async function anyPicture(author: Visitor, seed: number): Promise<StoredPicture> {
  const answer = await author.upload('/api/v1/media', { bytes: await pictureOf('png', { seed }) })
  assert.equal(answer.status, 201, answer.text)
  return answer.json<StoredPicture>()
}

const WHY = { why: { en: 'Spam', ru: 'Спам' }, words: '', page: '/decisions/1' }

async function moderate(t: TestStation, id: string, act: 'hide' | 'restore'): Promise<void> {
  const reason = act === 'hide' ? { reason: WHY } : {}
  await t.station.calls.call('moderate.post', { id, act, actorId: 'mona', ...reason })
  await t.settle()
}

async function statusFor(visitor: Visitor, address: string): Promise<number> {
  return (await visitor.get(address)).status
}

for (const dialect of DIALECTS) {
  suite(`pictures of posts on ${dialect}`, () => {
    test('a picture is its author’s until a post that shows it is published', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const { url } = await uploaded(alice, await photo({ width: 1000, height: 700 }))
      const see = async (): Promise<number[]> =>
        Promise.all([alice, bob, t.stranger()].map((visitor) => statusFor(visitor, url)))
      assert.deepEqual(await see(), [200, 404, 404])
      const { id, rev } = await written(alice, `Fog.\n\n![A boat](${url})`)
      assert.deepEqual(await see(), [200, 404, 404])
      await alice.put(`/api/v1/posts/${id}/publication`, { baseRev: rev })
      assert.deepEqual(await see(), [200, 200, 200])
      assert.equal(await statusFor(t.stranger(), `${url}/w480`), 200)
      const page = await t.stranger().get('/user/alice/blog/fog')
      assert.match(page.text, new RegExp(`<img[^>]*src="${url}"[^>]*alt="A boat"`))
      const withdrawn = await alice.delete(`/api/v1/posts/${id}/publication`, { baseRev: rev })
      assert.equal(withdrawn.status, 200, withdrawn.text)
      assert.deepEqual(await see(), [200, 404, 404])
    })

    test(
      'every picture of a post goes with it when it is hidden, and comes back',
      needs('user-management'),
      async () => {
        await using t = await buildTestStation({ dialect })
        const [alice, bob] = [await t.person('alice'), await t.person('bob')]
        const mona = await staff(t, 'mona', 'moderator')
        const [inText, cover, shared] = [
          await anyPicture(alice, 1),
          await anyPicture(alice, 2),
          await anyPicture(alice, 3),
        ]
        const urls = [inText, cover, shared].flatMap(({ url, variants }) => [
          url,
          ...variants.map((variant) => variant.url),
        ])
        const see = async (visitor: Visitor) =>
          Promise.all(urls.map((url) => statusFor(visitor, url)))
        const all = urls.map(() => 200)
        const none = urls.map(() => 404)
        const { id, rev } = await written(alice, `![](${inText.url})\n\n![](${shared.url})`, {
          cover: { mediaId: cover.id, alt: '' },
        })
        for (const who of [bob, mona, t.stranger()]) assert.deepEqual(await see(who), none)
        assert.deepEqual(await see(alice), all, 'a draft is its author’s')
        await alice.put(`/api/v1/posts/${id}/publication`, { baseRev: rev })
        for (const who of [bob, t.stranger()]) assert.deepEqual(await see(who), all)
        const { headers } = await t.stranger().get(cover.url)
        assert.equal(headers['cache-control'], 'private, no-cache', 'it is asked for each time')

        await moderate(t, id, 'hide')
        for (const who of [bob, t.stranger()]) assert.deepEqual(await see(who), none)
        for (const who of [alice, mona]) assert.deepEqual(await see(who), all)
        const again = { headers: { 'if-none-match': String(headers['etag']) } }
        assert.equal((await t.stranger().get(cover.url, again)).status, 404)

        await written(alice, `![](${shared.url})`, { title: 'Rain', status: 'published' })
        const opened = urls.map((url) => (url.startsWith(shared.url) ? 200 : 404))
        assert.deepEqual(await see(t.stranger()), opened, 'another post still shows it')
        await moderate(t, id, 'restore')
        assert.deepEqual(await see(t.stranger()), all)

        const withdrawn = await alice.delete(`/api/v1/posts/${id}/publication`, { baseRev: rev })
        assert.equal(withdrawn.status, 200, withdrawn.text)
        assert.deepEqual(await see(t.stranger()), opened)
        const login = { login: 'alice', password: passwordOf('alice') }
        assert.equal((await alice.post('/api/v1/auth/login', login)).status, 200)
        assert.equal((await alice.delete(`/api/v1/posts/${id}`)).status, 204)
        assert.deepEqual(await see(t.stranger()), opened, 'nor does a deleted post show any')
        assert.deepEqual(await see(alice), all)
      },
    )

    test(
      'a portrait stays one, also when a hidden post shows it',
      needs('user-management'),
      async () => {
        await using t = await buildTestStation({ dialect })
        const alice = await t.person('alice')
        const answer = await alice.upload('/api/v1/me/avatar', { bytes: await photo() }, 'PUT')
        assert.equal(answer.status, 200, answer.text)
        const url = answer.json<{ avatarUrl: string }>().avatarUrl
        const { id } = await written(alice, `![](${url})`, { status: 'published' })
        await moderate(t, id, 'hide')
        assert.equal(await statusFor(t.stranger(), url), 200)
      },
    )

    test('nobody opens another’s picture by writing its address into a post of their own', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const { url, id } = await uploaded(alice, await pictureOf('png'))
      await written(bob, `![Stolen](${url})`, { status: 'published' })
      assert.equal(await statusFor(bob, url), 404)
      assert.equal(await statusFor(t.stranger(), url), 404)
      t.clock.advance({ hours: 48 })
      assert.equal((await t.station.mediaSweep.run()).pictures, 1, 'nor does it keep the picture')
      assert.deepEqual(await t.station.media.find([id]), [])
    })

    test(
      'a picture a draft shows is never swept, one that nothing shows is',
      needs('user-management'),
      async () => {
        await using t = await buildTestStation({ dialect })
        const alice = await t.person('alice')
        const shown = await uploaded(alice, await pictureOf('png', { seed: 1 }))
        const later = await uploaded(alice, await pictureOf('png', { seed: 2 }))
        const forgotten = await uploaded(alice, await pictureOf('png', { seed: 3 }))
        const { id, rev } = await written(alice, `![](${shown.url})`)
        const content = { markdown: `![](${shown.url})\n\n![](${later.url})` }
        const saved = await alice.patch(`/api/v1/posts/${id}`, { baseRev: rev, content })
        assert.equal(saved.status, 200, saved.text)
        t.clock.advance({ hours: 48 })
        await t.station.mediaSweep.run()
        const kept = async (): Promise<string[]> => {
          const found = await t.station.media.find([shown.id, later.id, forgotten.id])
          return found.map((picture) => picture.id).toSorted()
        }
        assert.deepEqual(await kept(), [shown.id, later.id].toSorted())
        const login = { login: 'alice', password: passwordOf('alice') }
        assert.equal((await alice.post('/api/v1/auth/login', login)).status, 200)
        assert.equal((await alice.delete(`/api/v1/posts/${id}`)).status, 204)
        t.clock.advance({ hours: 48 })
        await t.station.mediaSweep.run()
        assert.deepEqual(await kept(), [])
      },
    )

    test('pictures of posts from before there were guards get theirs', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const [shown, gone] = [await anyPicture(alice, 1), await anyPicture(alice, 2)]
      const { id } = await written(alice, `![](${shown.url})\n\n![](${gone.url})`, {
        status: 'published',
      })
      const { database } = t.station
      await database.transaction(async (tx) => {
        await tx.session.run('update media_uses set guard = null')
        await tx.session.run('update media set guard = null')
        await tx.session.run('delete from media where id = ?', [gone.id])
        await tx.session.exec('drop table blog_unguarded')
        await up({ db: database.scope<unknown>('').within(tx).db, dialect: tx.session.dialect })
      })
      await moderate(t, id, 'hide')
      assert.equal(await statusFor(t.stranger(), shown.url), 200, 'as it was')
      await t.station.scheduler.tick()
      t.clock.advance({ minutes: 1 })
      await t.station.scheduler.tick()
      assert.equal(await statusFor(t.stranger(), shown.url), 404)
      assert.equal(await statusFor(bob, shown.url), 404)
      assert.equal(await statusFor(alice, shown.url), 200)
      const left = await database.reader.all('select * from blog_unguarded')
      assert.deepEqual(left, [])
    })

    test('a picture that was taken out of a public post is the author’s again', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const { url } = await uploaded(alice, await pictureOf('png'))
      const { id, rev } = await written(alice, `![](${url})`, { status: 'published' })
      assert.equal(await statusFor(t.stranger(), url), 200)
      const content = { markdown: 'Words only.' }
      await alice.patch(`/api/v1/posts/${id}`, { baseRev: rev, content })
      assert.equal(await statusFor(t.stranger(), url), 404)
      assert.equal(await statusFor(alice, url), 200)
    })
  })
}
