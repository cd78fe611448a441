import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { buildTestStation } from '../../../test/support/station.ts'
import type { PostDto } from '../schema.ts'

const API = '/api/v1/posts'
const KEY = '0193-made-by-chance'

for (const dialect of DIALECTS) {
  test(`a post begun again with its key is that post, unchanged (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect })
    const anna = await t.person('anna')
    const draft = { title: 'Озеро', content: { markdown: 'Туман' }, key: KEY }
    const first = await anna.post(API, draft)
    assert.equal(first.status, 201, first.text)
    const { id, rev } = first.json<PostDto>()
    const other = { ...draft, title: 'Другое', status: 'published' }
    const again = await anna.post(API, other)
    assert.equal(again.status, 200, again.text)
    const { status, title, ...told } = again.json<PostDto>()
    assert.deepEqual([told.id, told.rev, status, title], [id, rev, 'draft', 'Озеро'])
    assert.equal(again.headers['location'], first.headers['location'])
    assert.equal(t.events.filter(({ type }) => type === 'post.created').length, 1)

    const moved = await anna.patch(`${API}/${id}`, { baseRev: rev, title: 'Лес' })
    assert.equal(moved.status, 200, moved.text)
    assert.equal((await anna.post(API, draft)).json<PostDto>().rev, 2)
    assert.equal((await anna.delete(`${API}/${id}`)).status, 204)
    const anew = await anna.post(API, draft)
    assert.equal(anew.status, 201)
    assert.notEqual(anew.json<PostDto>().id, id)
  })

  test(`requests at the same moment begin one post and take one address (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect })
    const anna = await t.person('anna')
    const draft = { title: 'Озеро', content: { markdown: 'Туман' }, key: KEY }
    const answers = await Promise.all(Array.from({ length: 8 }, () => anna.post(API, draft)))
    const made = answers.filter(({ status }) => status === 201)
    assert.deepEqual([made.length, answers.filter(({ status }) => status === 200).length], [1, 7])
    assert.equal(new Set(answers.map((answer) => answer.json<PostDto>().id)).size, 1)
    const { reader } = t.station.database
    const slugs = await reader.all('select slug from blog_slugs')
    assert.deepEqual(
      slugs.map(({ slug }) => slug),
      ['ozero'],
    )
  })

  test(`a key is its author’s alone, and no source of an import (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect })
    const anna = await t.person('anna')
    const bob = await t.person('bob')
    const draft = { title: 'Тайна', content: { markdown: 'Только моё' }, key: KEY }
    const { id } = (await anna.post(API, draft)).json<PostDto>()
    const foreign = await bob.post(API, { ...draft, title: 'Моё' })
    assert.equal(foreign.status, 201)
    assert.notEqual(foreign.json<PostDto>().id, id)
    assert.doesNotMatch(foreign.text, /Тайна/)
    assert.equal((await t.stranger().post(API, draft)).status, 401)
    for (const key of [
      'short',
      'x'.repeat(65),
      'wp:http://old.example#1',
      'with a space in it',
      7,
    ]) {
      assert.equal((await anna.post(API, { ...draft, key })).status, 422, String(key))
    }
  })
}
