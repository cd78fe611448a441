import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from '../config.ts'
import { rawRequest, type RawAnswer, type RawRequest } from './support/raw-request.ts'
import { buildTestStation, type TestStation } from './support/station.ts'
import type { Visitor } from './support/visitor.ts'

interface Blog extends AsyncDisposable {
  readonly t: TestStation
  readonly alice: Visitor
  readonly post: Post
  get(path: string, request?: RawRequest): Promise<RawAnswer>
  /** Whether the second answer to this comes from kept bytes. */
  wasKept(answer: () => Promise<RawAnswer>): Promise<boolean>
}

interface Post {
  readonly id: string
  readonly rev: number
  readonly url: string
}

const LONG = 'A sentence that is long enough to be worth compressing. '.repeat(40)

/** A station on a real port, with one published post of alice. */
async function openBlog(pageCacheBytes?: number): Promise<Blog> {
  const { server } = readConfig({ QUARK_PORT: '0' })
  const config = { server, ...(pageCacheBytes === undefined ? {} : { pageCacheBytes }) }
  const t = await buildTestStation({ dialect: 'sqlite', config })
  const address = await t.station.listen()
  const alice = await t.person('alice')
  const { kept } = t.station
  return {
    t,
    alice,
    post: await publish(alice, 'Zebra'),
    get: (path, request) => rawRequest(`${address}${path}`, request),
    wasKept: async (answer) => {
      await answer()
      const before = kept.answered
      await answer()
      return kept.answered > before
    },
    [Symbol.asyncDispose]: () => t[Symbol.asyncDispose](),
  }
}

async function publish(author: Visitor, title: string): Promise<Post> {
  const content = { markdown: LONG }
  const made = await author.post('/api/v1/posts', {
    title,
    content,
    tags: ['t'],
    status: 'published',
  })
  assert.equal(made.status, 201, made.text)
  return made.json<Post & Record<string, unknown>>()
}

function etagOf({ headers }: RawAnswer): string {
  const { etag } = headers
  assert.equal(typeof etag, 'string')
  return String(etag)
}

function placesOf({ url }: Post): string[] {
  return [
    '/',
    '/posts',
    '/user/alice/blog',
    '/user/alice/blog/tag/t',
    url,
    '/feed.xml',
    '/sitemap-posts.xml',
  ]
}

test('a stranger is answered from kept bytes that need no second sending', async () => {
  await using blog = await openBlog()
  for (const path of placesOf(blog.post)) {
    const first = await blog.get(path)
    const second = await blog.get(path)
    assert.equal(first.status, 200, path)
    assert.equal(etagOf(second), etagOf(first), path)
    assert.deepEqual(second.body, first.body, path)
    assert.ok(await blog.wasKept(() => blog.get(path)), path)
    const unchanged = await blog.get(path, { headers: { 'if-none-match': etagOf(first) } })
    assert.equal(unchanged.status, 304, path)
    assert.equal(unchanged.body.byteLength, 0)
    assert.equal(etagOf(unchanged), etagOf(first))
    const stale = await blog.get(path, { headers: { 'if-none-match': '"something-else"' } })
    assert.equal(stale.status, 200, path)
    const head = await blog.get(path, { method: 'HEAD' })
    assert.equal(head.body.byteLength, 0)
    assert.equal(head.headers['content-length'], String(first.body.byteLength))
  }
})

test('compressed twins say the same', async () => {
  await using blog = await openBlog()
  const { url } = blog.post
  const plain = await blog.get(url)
  assert.equal(plain.headers['content-encoding'], undefined)
  for (const [accepted, expected] of [
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['br', 'br'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['gzip;q=0, *;q=0.1', 'br'],
    ['gzip, br;q=0.1', 'gzip'],
    ['identity, gzip;q=0.5', undefined],
    ['br;q=0, gzip;q=0', undefined],
    ['deflate', undefined],
  ] as const) {
    const answer = await blog.get(url, { headers: { 'accept-encoding': accepted } })
    assert.equal(answer.headers['content-encoding'], expected, accepted)
    assert.equal(answer.text, plain.text)
    assert.equal(answer.headers['content-length'], String(answer.body.byteLength))
    assert.match(String(answer.headers['vary']), /Accept-Encoding/)
    if (expected !== undefined) assert.ok(answer.body.byteLength < plain.body.byteLength / 2)
  }
})

test('each coding has a tag of its own, and only the one that would be sent is known', async () => {
  await using blog = await openBlog()
  const { url } = blog.post
  const codings = ['identity', 'gzip', 'br'] as const
  const tags = new Map<string, string>()
  for (const coding of codings)
    tags.set(coding, etagOf(await blog.get(url, { headers: { 'accept-encoding': coding } })))
  assert.equal(new Set(tags.values()).size, codings.length)
  for (const asked of codings) {
    for (const [known, tag] of tags) {
      for (const header of [tag, `W/${tag}`, `"x", ${tag}`]) {
        const headers = { 'accept-encoding': asked, 'if-none-match': header }
        const { status, body, headers: sent } = await blog.get(url, { headers })
        assert.equal(status, asked === known ? 304 : 200, `${asked}: ${header}`)
        assert.equal(sent['etag'], tags.get(asked))
        assert.match(String(sent['vary']), /Accept-Encoding/)
        assert.equal(body.byteLength === 0, asked === known)
      }
    }
    const any = { 'accept-encoding': asked, 'if-none-match': '*' }
    assert.equal((await blog.get(url, { headers: any })).status, 304)
  }
})

test('a page that is not kept honours the same wishes', async () => {
  await using blog = await openBlog(0)
  for (const [accepted, expected] of [
    ['gzip, br', 'gzip'],
    ['br', undefined],
    ['gzip;q=0', undefined],
    ['*;q=0', undefined],
    ['identity, gzip;q=0.5', undefined],
    ['*', 'gzip'],
  ] as const) {
    const answer = await blog.get(blog.post.url, { headers: { 'accept-encoding': accepted } })
    assert.equal(answer.headers['content-encoding'], expected, accepted)
    assert.match(answer.text, /Zebra/)
  }
})

test('publishing, editing, taking back and deleting are seen by the next reader', async () => {
  await using blog = await openBlog()
  const { alice, post } = blog
  const shown = async (path: string): Promise<string> => (await blog.get(path)).text
  const lists = ['/posts', '/user/alice/blog', '/user/alice/blog/tag/t', '/feed.xml', '/atom.xml']
  const seen = async (title: RegExp, isThere: boolean): Promise<void> => {
    for (const path of lists)
      assert.equal(title.test(await shown(path)), isThere, `${path} ${title}`)
  }
  await seen(/Zebra/, true)
  assert.match(await shown('/'), /Zebra/)
  const second = await publish(alice, 'Yak')
  await seen(/Yak/, true)
  assert.match(await shown('/'), /Yak/)

  const old = etagOf(await blog.get(post.url))
  const edited = await alice.patch(`/api/v1/posts/${post.id}`, { baseRev: post.rev, title: 'Zebu' })
  assert.equal(edited.status, 200, edited.text)
  assert.match(await shown(post.url), /Zebu/)
  assert.equal((await blog.get(post.url, { headers: { 'if-none-match': old } })).status, 200)
  await seen(/Zebu/, true)
  await seen(/Zebra/, false)

  const { rev } = edited.json<Post & Record<string, unknown>>()
  const back = await alice.delete(`/api/v1/posts/${post.id}/publication?baseRev=${rev}`)
  assert.equal(back.status, 200, back.text)
  assert.equal((await blog.get(post.url)).status, 404)
  await seen(/Zebu/, false)

  await blog.get(second.url)
  const gone = await alice.delete(`/api/v1/posts/${second.id}?baseRev=${second.rev}`)
  assert.equal(gone.status, 204, gone.text)
  assert.equal((await blog.get(second.url)).status, 410)
  assert.equal((await blog.get('/user/alice/blog/tag/t')).status, 404)
  assert.doesNotMatch(await shown('/'), /Yak/)
})

test('a new name and colour of the author are seen by the next reader', async () => {
  await using blog = await openBlog()
  const places = ['/', '/posts', '/user/alice', '/user/alice/blog', blog.post.url]
  for (const path of places) await blog.get(path)
  const changed = await blog.alice.patch('/api/v1/me', {
    displayName: 'Алиса Мюллер',
    flavour: 'charm',
  })
  assert.equal(changed.status, 200, changed.text)
  for (const path of places) assert.match((await blog.get(path)).text, /Алиса Мюллер/, path)
})

test('somebody signed in never meets kept bytes, and never leaves any', async () => {
  await using blog = await openBlog()
  const bob = await blog.t.person('bob')
  const cookie = [...bob.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const asBob = { headers: { cookie } }
  for (const path of ['/', '/posts', '/user/alice', '/user/alice/blog', blog.post.url]) {
    for (const order of ['bob first', 'stranger first']) {
      if (order === 'stranger first') await blog.get(path)
      const own = await blog.get(path, asBob)
      assert.match(own.text, /@bob/, path)
      assert.match(String(own.headers['cache-control']), /private, no-store/)
      assert.equal(own.headers['etag'], undefined)
      const foreign = await blog.get(path)
      assert.doesNotMatch(foreign.text, /bob/, path)
      assert.equal(foreign.headers['set-cookie'], undefined)
    }
    assert.equal(await blog.wasKept(() => blog.get(path, asBob)), false, path)
  }
})

test('a forged session and a forged token leave nothing behind', async () => {
  await using blog = await openBlog()
  const path = blog.post.url
  const headers: Record<string, string>[] = [
    { cookie: 'quark-access=forged' },
    { cookie: 'quark-refresh=forged; quark-access=forged' },
    { authorization: 'Bearer forged' },
  ]
  for (const header of headers) {
    assert.equal(await blog.wasKept(() => blog.get(path, { headers: header })), false)
  }
  assert.equal((await blog.get(path)).headers['set-cookie'], undefined)
})

test('each language, theme, colour, size and motion has its own bytes', async () => {
  await using blog = await openBlog()
  const looks: Record<string, string>[] = [
    { 'accept-language': 'en' },
    { 'accept-language': 'ru' },
    { cookie: 'quark-theme=dark' },
    { cookie: 'quark-theme=light' },
    { cookie: 'quark-flavour=charm' },
    { cookie: 'quark-text=large' },
    { cookie: 'quark-motion=less' },
    { cookie: 'quark-locale=ru; quark-theme=dark' },
  ]
  const seen = new Map<string, string>()
  for (const headers of looks) {
    const answer = await blog.get('/posts', { headers })
    seen.set(etagOf(answer), JSON.stringify(headers))
    assert.ok(await blog.wasKept(() => blog.get('/posts', { headers })))
    assert.match(String(answer.headers['vary']), /Cookie.*Accept-Language/)
  }
  assert.equal(seen.size, looks.length, [...seen.values()].join('\n'))
  const russian = await blog.get('/posts', { headers: { 'accept-language': 'ru' } })
  assert.match(russian.text, /<html lang="ru"/)
  const chosen = { 'accept-language': 'ru', cookie: 'quark-locale=en' }
  assert.match((await blog.get('/posts', { headers: chosen })).text, /<html lang="en"/)
})

test('a foreign host name stands in nobody else’s page', async () => {
  await using blog = await openBlog()
  for (const path of placesOf(blog.post)) {
    const poisoned = await blog.get(path, { headers: { host: 'evil.example' } })
    assert.equal(poisoned.status, 200)
    assert.doesNotMatch((await blog.get(path)).text, /evil\.example/, path)
  }
})

test('kept bytes stay within their bound, whatever is asked for', async () => {
  const bound = 256 * 1024
  await using blog = await openBlog(bound)
  const { cache } = blog.t.station
  for (let query = 0; query < 200; query++) {
    const headers = { 'accept-encoding': query % 2 === 0 ? 'br' : 'gzip' }
    await blog.get(`${blog.post.url}?${query}`, { headers })
    assert.ok(cache.bytes <= bound, `${cache.bytes} bytes after ${query} pages`)
  }
  assert.ok(cache.bytes > 0)
})
