import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { DIALECTS } from '../../test/support/databases.ts'
import { needs } from '../../test/support/neighbour.ts'
import { buildTestStation, type TestStation } from '../../test/support/station.ts'
import type { Visitor } from '../../test/support/visitor.ts'
import type { PostDto } from './schema.ts'

const API = '/api/v1/posts'
const HOME = '/user/anna/blog'
const ORIGIN = 'http://127.0.0.1:8000'

/** Publishes posts a day apart, the last one newest; `fields` makes each its own. */
async function publish(
  t: TestStation,
  by: Visitor,
  count: number,
  fields: (index: number) => Record<string, unknown> = () => ({}),
): Promise<PostDto[]> {
  const posts: PostDto[] = []
  for (let index = 0; index < count; index++) {
    const publishAt = new Date(t.clock.now().getTime() - (count - index) * 86_400_000).toISOString()
    const basic = { title: `Запись ${index}`, content: { markdown: `Текст ${index}` } }
    const answer = await by.post(API, {
      ...basic,
      status: 'published',
      publishAt,
      ...fields(index),
    })
    assert.equal(answer.status, 201, answer.text)
    posts.push(answer.json<PostDto>())
  }
  return posts
}

/** Titles in the rows of a list, in order. */
function titlesIn(html: string): string[] {
  return [...html.matchAll(/<h[23][^>]*><a[^>]*>([^<]*)<\/a>/g)].map(([, title = '']) =>
    title.replaceAll(/[\u00A0\u2060]/g, ' '),
  )
}

function moreIn(html: string): string | undefined {
  return /href="([^"]*cursor=[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
}

/** What a reader takes from a feed, whatever its form. */
interface Told {
  readonly lang: string | undefined
  readonly ids: readonly (string | undefined)[]
  readonly urls: readonly (string | undefined)[]
  readonly texts: readonly (string | undefined)[]
}

function toldByRss(text: string): Told {
  const { language: lang, items = [] } = parseRssFeed(text)
  return {
    lang,
    ids: items.map(({ guid }) => guid?.value),
    urls: items.map(({ link }) => link),
    texts: items.map(({ content }) => content?.encoded),
  }
}

function toldByAtom(text: string): Told {
  const { xml, entries = [] } = parseAtomFeed(text)
  return {
    lang: xml?.lang,
    ids: entries.map(({ id }) => id),
    urls: entries.map(({ links }) => links?.[0]?.href),
    texts: entries.map(({ content }) => content?.value),
  }
}

function toldByJson(text: string): Told {
  const { language: lang, items = [] } = parseJsonFeed(text)
  return {
    lang,
    ids: items.map(({ id }) => id),
    urls: items.map(({ url }) => url),
    texts: items.map((item) => item.content_html),
  }
}

for (const dialect of DIALECTS) {
  test(`a blog is read to its end, each post once, the newest first (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect })
    const anna = await t.person('anna')
    await publish(t, anna, 45, (index) => (index === 3 ? { pinned: true } : {}))
    const reader = t.stranger()
    const seen: string[] = []
    let path: string | undefined = `${HOME}?view=cards`
    for (let pages = 0; path !== undefined && pages < 5; pages++) {
      const { status, text } = await reader.get(path)
      assert.equal(status, 200)
      seen.push(...titlesIn(text))
      path = moreIn(text)
      assert.ok(path === undefined || path.includes('view=cards'))
    }
    assert.equal(new Set(seen).size, 45)
    assert.deepEqual(seen.slice(0, 3), ['Запись 3', 'Запись 44', 'Запись 43'])
    assert.equal(seen.at(-1), 'Запись 0')
    let cursor = ''
    const ids: string[] = []
    do {
      const answer = await reader.get(`/api/v1/users/anna/posts?limit=20${cursor}`)
      const list = answer.json<{ items: PostDto[]; nextCursor: string | null }>()
      ids.push(...list.items.map(({ id }) => id))
      cursor = list.nextCursor === null ? '' : `&cursor=${list.nextCursor}`
    } while (cursor !== '')
    assert.equal(new Set(ids).size, 45)
  })

  test(`tags and months have pages of their own (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect })
    const anna = await t.person('anna')
    const reader = t.stranger()
    const dates = ['2024-01-31T23:59:59Z', '2024-02-01T00:00:00Z', '2024-02-29T12:00:00Z']
    const [first] = await publish(t, anna, 3, (index) => ({
      publishAt: dates[index],
      tags: index === 0 ? ['C++', 'Кот'] : ['C#', 'кот'],
    }))
    const titles = async (path: string): Promise<string[]> =>
      titlesIn((await reader.get(`${HOME}${path}`)).text)
    assert.deepEqual(await titles('/archive/2024-02'), ['Запись 2', 'Запись 1'])
    assert.deepEqual(await titles('/archive/2024-01'), ['Запись 0'])
    assert.deepEqual(await titles('/tag/c'), ['Запись 0'])
    assert.deepEqual(await titles('/tag/c-2'), ['Запись 2', 'Запись 1'])
    assert.equal((await titles('/tag/kot')).length, 3)
    for (const path of ['/archive/2024-03', '/archive/2024-1', '/archive/x', '/tag/none']) {
      assert.equal((await reader.get(`${HOME}${path}`)).status, 404, path)
    }
    assert.ok(first)
    const moved = await anna.patch(`${API}/${first.id}`, { baseRev: 1, tags: ['Rust'] })
    assert.equal(moved.status, 200)
    assert.deepEqual(await titles('/tag/rust'), ['Запись 0'])
    assert.equal((await reader.get(`${HOME}/tag/c`)).status, 404)
    await anna.delete(`${API}/${first.id}`)
    assert.equal((await reader.get(`${HOME}/archive/2024-01`)).status, 404)
    assert.equal((await titles('/tag/kot')).length, 2)
  })

  test(`three feeds tell a reader the same (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect })
    const anna = await t.person('anna')
    const markdown =
      '![альт](/media/1) [дом](/posts)\n\n| а | б |\n| - | - |\n| 1 | 2 |\n\n```js\nx\n```'
    const posts = await publish(t, anna, 25, () => ({ content: { markdown }, tags: ['кот'] }))
    const reader = t.stranger()
    for (const base of [HOME, `${HOME}/tag/kot`, '']) {
      const [rss, atom, json] = await Promise.all([
        reader.get(`${base}/feed.xml`),
        reader.get(`${base}/atom.xml`),
        reader.get(`${base}/feed.json`),
      ])
      const told = toldByJson(json.text)
      assert.deepEqual(toldByRss(rss.text), told)
      assert.deepEqual(toldByAtom(atom.text), told)
      const newestFirst = posts.toReversed().slice(0, 20)
      assert.deepEqual(
        told.ids,
        newestFirst.map(({ id }) => `urn:uuid:${id}`),
      )
      assert.deepEqual(
        told.urls,
        newestFirst.map(({ url }) => `${ORIGIN}${url}`),
      )
      assert.equal(told.lang, 'ru')
      const [html = ''] = told.texts
      assert.match(html, new RegExp(`src="${ORIGIN}/media/1"`))
      assert.match(html, /alt="альт"/)
      assert.match(html, /<table/)
      assert.doesNotMatch(html, /(?:href|src)="\//)
      const { next_url: next = '' } = parseJsonFeed(json.text)
      const older = toldByJson((await reader.get(next.replace(ORIGIN, ''))).text)
      assert.deepEqual(
        older.ids,
        posts
          .slice(0, 5)
          .toReversed()
          .map(({ id }) => `urn:uuid:${id}`),
      )
    }
  })

  test(`an edit changes one entry of a feed and no order (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect })
    const anna = await t.person('anna')
    const [first] = await publish(t, anna, 3)
    assert.ok(first)
    const reader = t.stranger()
    const path = `${HOME}/atom.xml`
    const before = await reader.get(path)
    const headers = { 'if-none-match': String(before.headers['etag']) }
    assert.equal((await reader.get(path, { headers })).status, 304)
    t.clock.advance({ minutes: 5 })
    await anna.patch(`${API}/${first.id}`, { baseRev: 1, title: 'Иначе', slug: 'inache' })
    const [was, is] = [
      parseAtomFeed(before.text),
      parseAtomFeed((await reader.get(path, { headers })).text),
    ]
    assert.deepEqual(
      is.entries?.map(({ id }) => id),
      was.entries?.map(({ id }) => id),
    )
    const changed = is.entries?.filter(
      (entry, index) => entry.updated !== was.entries?.[index]?.updated,
    )
    assert.deepEqual(
      changed?.map(({ title }) => title?.value),
      ['Иначе'],
    )
  })

  test(
    `a kept page is dropped by what it shows (${dialect})`,
    needs('user-management'),
    async () => {
      await using t = await buildTestStation({ dialect })
      const [anna, reader] = [await t.person('anna'), t.stranger()]
      const [first, second] = await publish(t, anna, 2)
      assert.ok(first && second)
      const paths = [
        first.url,
        HOME,
        '/posts',
        '/',
        '/user/anna',
        '/feed.xml',
        '/sitemap-posts.xml',
      ]
      const texts = async (): Promise<string[]> =>
        Promise.all(paths.map(async (path) => (await reader.get(path)).text))
      const before = await texts()
      assert.deepEqual(await texts(), before)
      const renamed = { baseRev: 1, title: 'Новое имя', slug: 'novoe-imya' }
      await anna.patch(`${API}/${second.id}`, renamed)
      for (const text of await texts()) assert.match(text, /Новое[\s\u00A0]имя|novoe-imya/)
      await anna.delete(`${API}/${second.id}/publication?baseRev=2`)
      for (const text of await texts()) assert.doesNotMatch(text, /novoe-imya/)
      await anna.patch('/api/v1/me', { displayName: 'Анна К.' })
      assert.match((await reader.get(first.url)).text, /Анна К\./)
    },
  )

  test(`machines find every public page and nothing else (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect })
    const anna = await t.person('anna')
    const posts = await publish(t, anna, 3)
    await publish(t, anna, 1, () => ({ status: 'draft', publishAt: undefined, title: 'Черновик' }))
    const reader = t.stranger()
    assert.match(
      (await reader.get('/robots.txt')).text,
      /Sitemap: http:\/\/127\.0\.0\.1:8000\/sitemap\.xml/,
    )
    const addresses = async (path: string): Promise<string[]> =>
      [...(await reader.get(path)).text.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, loc = '']) =>
        loc.replace(ORIGIN, ''),
      )
    const maps = await addresses('/sitemap.xml')
    assert.deepEqual(maps, ['/sitemap-blogs.xml', '/sitemap-posts.xml'])
    const found = (await Promise.all(maps.map(addresses))).flat()
    assert.deepEqual(found, ['/', '/posts', HOME, ...posts.map(({ url }) => url)])
    for (const path of found) assert.equal((await reader.get(path)).status, 200, path)
  })

  test(`other modules ask for public posts only (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect })
    const anna = await t.person('anna')
    const [post] = await publish(t, anna, 1)
    const [draft] = await publish(t, anna, 1, () => ({ status: 'draft', publishAt: undefined }))
    assert.ok(post && draft)
    const { calls } = t.station
    const found = (await calls.call('blog.post', { id: post.id })) as {
      content: string
      username: string
    }
    assert.deepEqual([found.content, found.username], ['Текст 0', 'anna'])
    assert.equal(await calls.call('blog.post', { id: draft.id }), null)
    assert.equal(await calls.call('blog.post', { id: 'none' }), null)
    const latest = (await calls.call('blog.latest', { limit: 5 })) as PostDto[]
    assert.deepEqual(
      latest.map(({ id }) => id),
      [post.id],
    )
  })
}
