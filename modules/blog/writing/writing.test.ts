import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { needs } from '../../../test/support/neighbour.ts'
import { buildTestStation } from '../../../test/support/station.ts'
import type { Answer, Visitor } from '../../../test/support/visitor.ts'
import type { PostDto } from '../schema.ts'

const EMPTY = {
  title: '',
  markdown: '',
  slug: '',
  tags: '',
  excerpt: '',
  visibility: 'public',
  publishAt: '',
}

function send(
  by: Visitor,
  path: string,
  fields: Readonly<Record<string, string>>,
): Promise<Answer> {
  return by.submit(path, { ...EMPTY, ...fields })
}

async function post(by: Visitor, path: string): Promise<PostDto> {
  const id = path.split('/')[2]?.split('?')[0]
  return (await by.get(`/api/v1/posts/${id}?format=markdown`)).json<PostDto>()
}

/** Where a form has led to. */
function place(answer: Answer): string {
  assert.equal(answer.status, 303, answer.text)
  return String(answer.headers['location'])
}

for (const dialect of DIALECTS) {
  test(`a post goes from the first word to its readers by forms alone (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect })
    const [anna, reader] = [await t.person('anna'), t.stranger()]
    assert.equal((await anna.get('/write/new')).status, 200)
    const words = { title: ' Первые\r\nслова ', markdown: 'Раз\r\n\r\nДва', tags: ' Кот, C++ ,,' }
    const edit = place(await send(anna, '/write/new', { ...words, action: 'save' }))
    const saved = await post(anna, edit)
    assert.deepEqual(
      [saved.title, saved.status, saved.tags],
      ['Первые слова', 'draft', ['Кот', 'C++']],
    )
    const page = (await anna.get(edit)).text
    assert.match(page, /name="baseRev" value="1"/)
    assert.match((await anna.get('/write')).text, /Первые слова/)
    assert.match((await anna.get(`${edit}/preview`)).text, /<p>Два<\/p>/)
    const unchanged = { ...words, title: 'Первые слова', baseRev: '1' }
    const blog = place(await send(anna, edit, { ...unchanged, action: 'publish' }))
    assert.equal(blog, '/user/anna/blog/pervye-slova')
    assert.equal((await reader.get(blog)).status, 200)
    assert.equal((await post(anna, edit)).rev, 1)
    const back = place(
      await send(anna, edit, { ...unchanged, excerpt: 'Вкратце', action: 'unpublish' }),
    )
    assert.equal(back, edit)
    assert.equal((await reader.get(blog)).status, 404)
    assert.deepEqual(
      [(await post(anna, edit)).lead, (await post(anna, edit)).status],
      ['Вкратце', 'draft'],
    )
    assert.equal(place(await send(anna, edit, { action: 'delete', baseRev: '2' })), '/write')
    assert.equal((await reader.get(blog)).status, 410)
  })

  test(`a conflict shows both versions and loses neither (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect })
    const anna = await t.person('anna')
    const edit = place(
      await send(anna, '/write/new', { title: 'А', markdown: 'начало', action: 'save' }),
    )
    await send(anna, edit, { title: 'А', markdown: 'первая вкладка', baseRev: '1', action: 'save' })
    const mine = { title: 'А', markdown: 'вторая вкладка', baseRev: '1' }
    const clash = await send(anna, edit, { ...mine, action: 'publish' })
    assert.equal(clash.status, 409)
    assert.match(clash.text, /первая вкладка/)
    assert.match(clash.text, /name="markdown" value="вторая вкладка"/)
    assert.match(clash.text, /name="baseRev" value="2"/)
    const stored = await post(anna, edit)
    assert.deepEqual([stored.content?.markdown, stored.status], ['первая вкладка\n', 'draft'])
    place(await send(anna, edit, { ...mine, baseRev: '2', action: 'save' }))
    assert.equal((await post(anna, edit)).content?.markdown, 'вторая вкладка\n')
  })

  test(`what is refused comes back as it was typed (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect })
    const anna = await t.person('anna')
    const typed = { title: 'Имя', markdown: 'долго писала' }
    const wrong: readonly Readonly<Record<string, string>>[] = [
      { title: 'я'.repeat(301) },
      { slug: 'feed' },
      { slug: 'с пробелом' },
      { tags: Array.from({ length: 21 }, (_, index) => `т${index}`).join(',') },
      { tags: 'я'.repeat(61) },
      { excerpt: 'я'.repeat(601) },
    ]
    for (const fields of wrong) {
      const answer = await send(anna, '/write/new', { ...typed, ...fields, action: 'save' })
      assert.equal(answer.status, 422, JSON.stringify(fields))
      assert.match(answer.text, /долго писала/)
      assert.match(answer.text, /aria-invalid="true"/)
    }
    const badDate = await send(anna, '/write/new', {
      ...typed,
      publishAt: '2026-13-45T99:99',
      action: 'publish',
    })
    assert.match(badDate.text, /долго писала/)
  })

  test(`a refused save judges the text that was typed (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect })
    const anna = await t.person('anna')
    const edit = place(await send(anna, '/write/new', { title: 'Имя', action: 'save' }))
    const gateOf = async (fields: Readonly<Record<string, string>>): Promise<string[]> => {
      const answer = await send(anna, edit, {
        baseRev: '1',
        slug: 'feed',
        action: 'save',
        ...fields,
      })
      assert.equal(answer.status, 422)
      return [...answer.text.matchAll(/class="gate-(?:title">([^<]*)|well")/g)].map(
        ([, title]) => title ?? 'well',
      )
    }
    assert.deepEqual(await gateOf({ title: 'Имя', markdown: 'набрано только что' }), [])
    assert.deepEqual(await gateOf({ title: '', markdown: 'набрано' }), ['There is no title'])
    assert.deepEqual(await gateOf({ title: 'Имя', markdown: ' ' }), ['There is no text yet'])
    assert.deepEqual(await gateOf({ title: 'Имя', markdown: 'нельзя \u0007' }), [])
  })

  test(`a form sent twice begins one post (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect })
    const anna = await t.person('anna')
    const key = /name="key" value="([^"]*)"/.exec((await anna.get('/write/new')).text)?.[1] ?? ''
    assert.match(key, /^[\w-]{16,64}$/)
    const mine = { key, title: 'Имя', markdown: 'первое', action: 'save' }
    const edit = place(await send(anna, '/write/new', mine))
    assert.equal(place(await send(anna, '/write/new', mine)), edit)
    assert.equal((await post(anna, edit)).rev, 1)
    assert.equal(place(await send(anna, '/write/new', { ...mine, markdown: 'второе' })), edit)
    const stored = await post(anna, edit)
    assert.deepEqual([stored.rev, stored.content?.markdown], [2, 'второе\n'])

    const clash = await send(anna, '/write/new', { ...mine, markdown: 'третье' })
    assert.equal(clash.status, 409)
    const refused = await send(anna, '/write/new', { ...mine, markdown: 'второе', slug: 'feed' })
    assert.equal(refused.status, 422)
    assert.match(refused.text, new RegExp(`action="${edit}"`))

    const bob = await t.person('bob')
    assert.notEqual(place(await send(bob, '/write/new', mine)), edit)
    assert.doesNotMatch((await anna.get(edit)).text, /name="key"/)
    const odd = await send(anna, '/write/new', { ...mine, key: "'; drop" })
    assert.notEqual(place(odd), edit)
  })

  test(`a look ahead saves nothing (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect })
    const anna = await t.person('anna')
    const answer = await send(anna, '/write/new', {
      title: 'Т',
      markdown: '**жирно**',
      action: 'preview',
    })
    assert.match(answer.text, /<strong>жирно<\/strong>/)
    assert.match(answer.text, /\*\*жирно\*\*/)
    assert.equal(t.events.filter(({ type }) => type.startsWith('post.')).length, 0)
  })

  test(
    `an empty post stays a draft, and a planned one waits (${dialect})`,
    needs('user-management'),
    async () => {
      await using t = await buildTestStation({ dialect })
      const anna = await t.person('anna')
      const stopped = place(await send(anna, '/write/new', { title: 'Пусто', action: 'publish' }))
      assert.match(stopped, /sheet=open$/)
      assert.match((await anna.get(stopped)).text, /gate-stop/)
      assert.equal((await post(anna, stopped)).status, 'draft')
      const me = (await anna.get('/api/v1/me')).json<{ timeZone: string }>()
      assert.equal(
        (await anna.patch('/api/v1/me', { timeZone: 'Asia/Tokyo' })).status,
        200,
        me.timeZone,
      )
      const words = {
        title: 'Позже',
        markdown: 'слово',
        publishAt: '2090-05-06T09:00',
        action: 'publish',
      }
      const planned = place(await send(anna, '/write/new', words))
      assert.equal((await post(anna, planned)).publishAt, '2090-05-06T00:00:00.000Z')
      assert.match((await anna.get(planned)).text, /value="2090-05-06T09:00"/)
    },
  )

  test(`a private post stays private through the form (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect })
    const anna = await t.person('anna')
    const fields = {
      title: 'Личное',
      content: { markdown: 'своё' },
      status: 'published',
      visibility: 'private',
    }
    const { id, url } = (await anna.post('/api/v1/posts', fields)).json<PostDto>()
    const typed = { title: 'Личное', markdown: 'своё и ещё', baseRev: '1' }
    place(await send(anna, `/write/${id}`, { ...typed, action: 'publish' }))
    assert.equal((await t.stranger().get(url)).status, 404)
    place(await send(anna, `/write/${id}`, { ...typed, baseRev: '2', action: 'unpublish' }))
    place(await send(anna, `/write/${id}`, { ...typed, baseRev: '2', action: 'publish' }))
    assert.equal((await t.stranger().get(url)).status, 200)
    assert.deepEqual(t.events.filter(({ type }) => type === 'post.published').length, 1)
  })
}
