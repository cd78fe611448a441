import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DIALECTS } from '../../test/support/databases.ts'
import { needs } from '../../test/support/neighbour.ts'
import { buildTestStation } from '../../test/support/station.ts'
import type { Visitor } from '../../test/support/visitor.ts'
import type { PostDto } from './schema.ts'

const API = '/api/v1/posts'

async function write(by: Visitor, fields: Record<string, unknown> = {}): Promise<PostDto> {
  const answer = await by.post(API, { title: 'Слово', content: { markdown: 'Текст' }, ...fields })
  assert.equal(answer.status, 201, answer.text)
  return answer.json<PostDto>()
}

async function patch(
  by: Visitor,
  post: PostDto,
  fields: Record<string, unknown>,
): Promise<PostDto> {
  const answer = await by.patch(`${API}/${post.id}`, { baseRev: post.rev, ...fields })
  assert.equal(answer.status, 200, answer.text)
  return answer.json<PostDto>()
}

async function read(by: Visitor, id: string, format = 'doc'): Promise<PostDto> {
  const answer = await by.get(`${API}/${id}?format=${format}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.json<PostDto>()
}

interface PlainDoc {
  v: 1
  doc: { type: 'doc'; content: { attrs: { id: string }; content: { text: string }[] }[] }
}

function blocksOf(post: PostDto): PlainDoc['doc']['content'] {
  const doc = post.content?.doc as PlainDoc | undefined
  assert.ok(doc)
  return doc.doc.content
}

/** The document with the text of its n-th paragraph replaced. */
function withText(post: PostDto, index: number, text: string): { doc: PlainDoc } {
  const doc = structuredClone(post.content?.doc) as PlainDoc
  const inline = doc.doc.content[index]?.content[0]
  assert.ok(inline)
  inline.text = text
  return { doc }
}

for (const dialect of DIALECTS) {
  test(`an address follows its post for ever (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect })
    const anna = await t.person('anna')
    const reader = t.stranger()
    const fields = { title: 'Привет, мир! Ещё щука', status: 'published' }
    const post = await write(anna, fields)
    assert.equal(post.url, '/user/anna/blog/privet-mir-eshchyo-shchuka')
    const second = await patch(anna, post, { slug: 'privet-2' })
    const third = await patch(anna, second, { slug: 'privet-3' })
    assert.equal(third.url, '/user/anna/blog/privet-3')
    for (const old of ['privet-mir-eshchyo-shchuka', 'privet-2']) {
      const answer = await reader.get(`/user/anna/blog/${old}?utm=a%20b&x=1`)
      assert.equal(answer.status, 301)
      assert.equal(answer.headers['location'], '/user/anna/blog/privet-3?utm=a+b&x=1')
    }
    const other = await write(anna, { slug: 'privet-2', status: 'published' })
    assert.equal(other.slug, 'privet-2-2')
    assert.equal((await anna.delete(`${API}/${post.id}`)).status, 204)
    for (const slug of ['privet-mir-eshchyo-shchuka', 'privet-2', 'privet-3']) {
      assert.equal((await reader.get(`/user/anna/blog/${slug}`)).status, 410, slug)
    }
    assert.equal((await write(anna, { slug: 'privet-3' })).slug, 'privet-3-2')
  })

  test(`every title has an address, and the station keeps its own (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect })
    const anna = await t.person('anna')
    const slugs = new Set<string>()
    for (const title of ['日本語', '!!!', '', 'Два', 'Два', 'Feed', 'feed']) {
      const { slug } = await write(anna, { title })
      assert.match(slug, /^[a-z0-9-]+$/)
      slugs.add(slug)
    }
    assert.equal(slugs.size, 7)
    assert.ok(!slugs.has('feed'))
    for (const slug of [
      'feed',
      'edit',
      'tag',
      'archive',
      'new',
      '..',
      'A',
      'a--b',
      'я',
      'a'.repeat(101),
    ]) {
      const answer = await anna.post(API, { title: '', content: { markdown: '' }, slug })
      assert.equal(answer.status, 422, slug)
      assert.equal(answer.json<{ errors: { path: string }[] }>().errors[0]?.path, '/slug')
    }
  })

  test(`a draft moves with its title and leaves no trace (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect })
    const anna = await t.person('anna')
    const draft = await write(anna, { title: 'Раз' })
    const renamed = await patch(anna, draft, { title: 'Два' })
    assert.equal(renamed.slug, 'dva')
    assert.equal((await write(anna, { title: 'Раз' })).slug, 'raz')
    const chosen = await patch(anna, renamed, { slug: 'moyo' })
    assert.equal((await patch(anna, chosen, { title: 'Три' })).slug, 'moyo')
    await anna.delete(`${API}/${draft.id}`)
    assert.equal((await anna.get('/user/anna/blog/moyo')).status, 404)
    assert.equal((await write(anna, { slug: 'moyo' })).slug, 'moyo')
  })

  test(`no word is lost between two tabs (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect })
    const anna = await t.person('anna')
    const { id } = await write(anna, { content: { markdown: 'один\n\nдва\n\nтри' }, title: 'А' })
    const opened = await read(anna, id)
    const path = `${API}/${id}`
    assert.equal((await anna.patch(path, { title: 'Б' })).status, 428)
    const inA = await patch(anna, opened, { content: withText(opened, 1, 'ДВА') })
    assert.equal(inA.rev, 2)
    const inB = await patch(anna, opened, { content: withText(opened, 2, 'ТРИ'), title: 'А' })
    assert.equal(inB.rev, 3)
    assert.equal((await read(anna, id, 'markdown')).content?.markdown, 'один\n\nДВА\n\nТРИ\n')
    const clash = await anna.patch(path, { baseRev: 1, content: withText(opened, 1, 'zwei') })
    assert.equal(clash.status, 409)
    const { base, current, blocks } = clash.json<{
      base: number
      current: number
      blocks: string[]
    }>()
    const changed = blocksOf(opened)[1]?.attrs.id
    assert.deepEqual([base, current, blocks], [1, 3, [changed]])
    assert.equal((await read(anna, id, 'markdown')).content?.markdown, 'один\n\nДВА\n\nТРИ\n')
    const renamed = await patch(anna, inB, { title: 'Б' })
    const fieldClash = await anna.patch(path, { baseRev: 3, title: 'В' })
    assert.deepEqual(fieldClash.json<{ fields: string[] }>().fields, ['title'])
    assert.equal((await patch(anna, renamed, { title: 'Б' })).rev, renamed.rev)
    const markdown = await patch(anna, renamed, {
      content: { markdown: 'один\n\nдвойка\n\nТРИ\n' },
    })
    const ids = (post: PostDto): string[] => blocksOf(post).map((block) => block.attrs.id)
    assert.deepEqual(ids(await read(anna, markdown.id)), ids(opened))
    const revisions = await anna.get(`${path}/revisions?limit=2`)
    const list = revisions.json<{ items: { rev: number }[]; nextCursor: string }>()
    assert.deepEqual(
      list.items.map(({ rev }) => rev),
      [5, 4],
    )
    const older = await anna.get(`${path}/revisions?cursor=${list.nextCursor}`)
    assert.deepEqual(
      older.json<typeof list>().items.map(({ rev }) => rev),
      [3, 2, 1],
    )
  })

  test(`saves that meet at one moment are all kept (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect })
    const anna = await t.person('anna')
    const { id } = await write(anna, { content: { markdown: 'один\n\nдва\n\nтри\n\nчетыре' } })
    const opened = await read(anna, id)
    const saves = [0, 1, 2, 3].map((index) =>
      patch(anna, opened, { content: withText(opened, index, `${index}`) }),
    )
    await Promise.all(saves)
    const { rev, content } = await read(anna, id, 'markdown')
    assert.deepEqual([rev, content?.markdown], [5, '0\n\n1\n\n2\n\n3\n'])
  })

  test(`publishing wants a base, happens once and can be taken back (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect })
    const anna = await t.person('anna')
    const draft = await write(anna, {
      content: { markdown: '# Глава\n\n[ссылка](https://example.org/) ![](/media/x)' },
    })
    const publication = `${API}/${draft.id}/publication`
    assert.equal((await anna.put(publication, {})).status, 428)
    assert.equal((await anna.put(publication, { baseRev: 9 })).status, 409)
    assert.equal((await anna.put(publication, { baseRev: 1 })).json<PostDto>().status, 'published')
    assert.equal((await anna.put(publication, { baseRev: 1 })).status, 200)
    const published = t.events.filter(({ type }) => type === 'post.published')
    assert.equal(published.length, 1)
    const facts = published[0]?.data as QuarkEvents['post.published']
    assert.equal(published[0]?.subject, `post/${draft.id}`)
    assert.deepEqual(
      [facts.username, facts.url, facts.lang],
      ['anna', '/user/anna/blog/slovo', 'ru'],
    )
    assert.deepEqual(facts.headings, [{ level: 2, text: 'Глава' }])
    assert.deepEqual(facts.links, [{ href: 'https://example.org/', text: 'ссылка' }])
    assert.equal((await anna.delete(publication, {})).status, 428)
    const taken = await anna.delete(publication, { baseRev: 1 })
    assert.equal(taken.json<PostDto>().status, 'draft')
    assert.equal((await t.stranger().get('/user/anna/blog/slovo')).status, 404)
    const again = await anna.put(publication, { baseRev: 1 })
    assert.equal(again.json<PostDto>().publishedAt, facts.publishedAt)
    const publishAt = '2020-02-03T04:05:06Z'
    assert.match((await t.stranger().get('/user/anna/blog')).text, /Слово/)
    await anna.put(publication, { baseRev: 1, publishAt })
    assert.match((await t.stranger().get('/user/anna/blog')).text, /2020-02-03T04:05:06/)
    assert.equal((await t.stranger().get('/user/anna/blog/archive/2020-02')).status, 200)
  })

  test(`a planned post comes out once, at its time (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect })
    const anna = await t.person('anna')
    const reader = t.stranger()
    const at = (minutes: number): string =>
      new Date(t.clock.now().getTime() + minutes * 60_000).toISOString()
    const [due, cancelled] = [at(5), at(6)]
    const post = await write(anna, { title: 'Позже', status: 'published', publishAt: due })
    const never = await write(anna, { title: 'Никогда' })
    await anna.put(`${API}/${never.id}/publication`, { baseRev: 1, publishAt: cancelled })
    await anna.delete(`${API}/${never.id}/publication?baseRev=1`)
    assert.deepEqual([post.status, post.publishAt, post.publishedAt], ['scheduled', due, null])
    assert.equal((await reader.get(post.url)).status, 404)
    assert.doesNotMatch((await reader.get('/user/anna/blog')).text, /Позже/)
    t.clock.advance({ hours: 1 })
    await Promise.all([t.station.scheduler.tick(), t.station.scheduler.tick()])
    await t.station.scheduler.tick()
    assert.equal((await reader.get(post.url)).status, 200)
    assert.match((await reader.get('/user/anna/blog')).text, /Позже/)
    assert.equal((await read(anna, post.id)).publishedAt, due)
    assert.equal((await reader.get(never.url)).status, 404)
    assert.equal(t.events.filter(({ type }) => type === 'post.published').length, 1)
  })

  test(`what is not yours is not there (${dialect})`, needs('user-management'), async () => {
    await using t = await buildTestStation({ dialect })
    const [anna, bob] = [await t.person('anna'), await t.person('bob')]
    const stranger = t.stranger()
    const draft = await write(anna, { title: 'Черновик' })
    const hidden = await write(anna, {
      title: 'Личное',
      visibility: 'private',
      status: 'published',
    })
    const linked = await write(anna, {
      title: 'Ссылкой',
      visibility: 'unlisted',
      status: 'published',
      tags: ['тег'],
    })
    for (const who of [bob, stranger]) {
      for (const post of [draft, hidden]) {
        assert.equal((await who.get(post.url)).status, 404)
        assert.equal((await who.get(`${API}/${post.id}`)).status, 404)
        assert.equal((await who.get(`${API}/${post.id}/comments`)).status, 404)
      }
      assert.equal((await who.get(linked.url)).status, 200)
      const lists = [
        '/posts',
        '/user/anna/blog',
        '/feed.xml',
        '/user/anna/blog/atom.xml',
        '/sitemap-posts.xml',
        '/',
        '/user/anna',
        '/api/v1/users/anna/posts',
      ]
      for (const path of lists) {
        const { status, text } = await who.get(path)
        assert.equal(status, 200, path)
        assert.doesNotMatch(text, /Черновик|Личное|Ссылкой|chernovik|lichnoe|ssylkoy/, path)
      }
      assert.equal((await who.get('/user/anna/blog/tag/teg')).status, 404)
    }
    const { id } = linked
    const asked = [
      (who: Visitor) => who.patch(`${API}/${id}`, { baseRev: 1, title: 'Чужое' }),
      (who: Visitor) => who.delete(`${API}/${id}`),
      (who: Visitor) => who.put(`${API}/${id}/publication`, { baseRev: 1 }),
      (who: Visitor) => who.delete(`${API}/${id}/publication?baseRev=1`),
      (who: Visitor) => who.get(`${API}/${id}/revisions`),
    ]
    for (const ask of asked) {
      assert.equal((await ask(bob)).status, 404)
      assert.equal((await ask(stranger)).status, 401)
    }
    for (const path of [`/write/${id}`, `/write/${id}/preview`]) {
      assert.equal((await bob.get(path)).status, 404)
      assert.equal((await stranger.get(path)).status, 303)
    }
    assert.equal((await bob.submit(`/write/${id}`, { action: 'delete', baseRev: '1' })).status, 404)
    assert.equal((await anna.get(draft.url)).status, 200)
    assert.equal((await read(anna, id)).title, 'Ссылкой')
  })

  test(`a password opens one answer and is never kept (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect })
    const anna = await t.person('anna')
    const reader = t.stranger()
    const fields = {
      title: 'Тайник',
      content: { markdown: 'клад' },
      status: 'published',
      password: 'озеро',
    }
    const post = await write(anna, fields)
    for (const path of [
      post.url,
      '/user/anna/blog',
      '/feed.xml',
      '/user/anna/blog/feed.json',
      '/',
    ]) {
      assert.doesNotMatch((await reader.get(path)).text, /клад/, path)
    }
    assert.match((await reader.get('/user/anna/blog')).text, /Тайник/)
    const shown = await read(reader, post.id)
    assert.deepEqual([shown.protected, shown.excerpt, shown.content], [true, '', undefined])
    const wrong = await reader.submit(post.url, { password: 'море' })
    assert.equal(wrong.status, 403)
    assert.doesNotMatch(wrong.text, /клад/)
    const open = await reader.submit(post.url, { password: 'озеро' })
    assert.match(open.text, /клад/)
    assert.match(String(open.headers['cache-control']), /no-store/)
    assert.doesNotMatch((await reader.get(post.url)).text, /клад/)
    const facts = t.events.find(({ type }) => type === 'post.published')?.data
    assert.doesNotMatch(JSON.stringify(facts), /клад/)
    assert.equal(await t.station.calls.call('blog.post', { id: post.id }), null)
    await patch(anna, post, { password: null })
    assert.match((await reader.get(post.url)).text, /клад/)
  })

  test(`what does not fit is refused with its place (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect })
    const anna = await t.person('anna')
    const content = { markdown: 'a' }
    const cases: readonly (readonly [body: unknown, path: string])[] = [
      [{ title: 'я'.repeat(301), content }, '/title'],
      [{ title: 'a\u0007', content }, '/title'],
      [{ title: 'a', content, tags: Array.from({ length: 21 }, (_, i) => `t${i}`) }, '/tags'],
      [{ title: 'a', content, tags: ['я'.repeat(61)] }, '/tags/0'],
      [{ title: 'a', content, tags: ['\u200B'] }, '/tags/0'],
      [{ title: 'a', content: { markdown: 'a', html: 'a' } }, '/content'],
      [{ title: 'a', content: {} }, '/content'],
      [{ title: 'a', content: { markdown: 'a\u0000' } }, '/content/markdown'],
      [{ title: 'a', content: { markdown: 'a\u0001' } }, '/content/markdown'],
      [{ title: 'a', content, status: 'scheduled' }, '/status'],
      [{ title: 'a', content, status: 'published', publishAt: 'soon' }, '/publishAt'],
      [{ title: 'a', content, cover: { mediaId: 'x', alt: '' } }, '/cover/mediaId'],
      [{ title: 'a', content, colour: 'red' }, '/colour'],
      [{ title: 'a' }, '/content'],
      [
        {
          title: 'a',
          content: {
            doc: {
              v: 1,
              doc: {
                type: 'doc',
                content: [
                  {
                    type: 'paragraph',
                    content: [
                      {
                        type: 'text',
                        text: 'x',
                        marks: [{ type: 'link', attrs: { href: 'java\tscript:alert(1)' } }],
                      },
                    ],
                  },
                ],
              },
            },
          },
        },
        '/content/doc/doc/content/0/content/0/marks/0/attrs/href',
      ],
    ]
    for (const [body, path] of cases) {
      const answer = await anna.post(API, body)
      assert.equal(answer.status, 422, answer.text)
      const { errors } = answer.json<{ errors: { path: string }[] }>()
      assert.ok(
        errors.some((error) => error.path.endsWith(path)),
        answer.text,
      )
    }
    assert.equal((await anna.get('/api/v1/users/anna/posts?cursor=abc')).status, 422)
    assert.deepEqual((await anna.get('/write')).text.match(/own-row/g), null)
  })

  test(`hostile words are shown as they are (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect })
    const anna = await t.person('anna')
    const reader = t.stranger()
    const words = [
      '</title><script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "' or 1=1 --",
      '{{7*7}}',
      '\u202Etest',
      '../../etc',
      'undefined',
    ]
    for (const word of words) {
      const post = await write(anna, {
        title: word,
        content: { markdown: word },
        tags: [word],
        status: 'published',
      })
      const page = await reader.get(post.url)
      assert.equal(page.status, 200)
      assert.equal((await read(anna, post.id)).title, word)
      assert.doesNotMatch(page.text, /<script>alert|<img src=x/)
      for (const path of [
        '/user/anna/blog',
        '/posts',
        '/feed.xml',
        '/atom.xml',
        `/write/${post.id}`,
      ]) {
        const { status, text } = await anna.get(path)
        assert.equal(status, 200, path)
        if (!path.endsWith('.xml')) assert.doesNotMatch(text, /<script>alert|<img src=x/, path)
      }
    }
    const html =
      '<p onclick="x()">Да<script>alert(1)</script><a href="javascript:alert(1)">нет</a></p>'
    const { dropped, id } = await write(anna, { content: { html } })
    assert.ok(dropped !== undefined && dropped.length > 0)
    assert.doesNotMatch((await read(anna, id, 'html')).content?.html ?? '', /script|onclick/)
  })
}
