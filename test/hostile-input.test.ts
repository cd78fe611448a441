import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import { SaxesParser } from 'saxes'
import { DIALECTS } from './support/databases.ts'
import { probePath, ROUTE_PROBES } from './support/route-probes.ts'
import { sharedData } from './support/shared-data.ts'
import { shownPage } from './support/shown-page.ts'
import { buildTestStation, type TestStation } from './support/station.ts'
import { tableDigest } from './support/table-digest.ts'
import type { Answer, Visitor } from './support/visitor.ts'

const KIB = 1024
/** At least so many posts stand in a feed. */
const FEED_LENGTH = 20
const NAUGHTY = sharedData('blns.json')

interface Post {
  readonly id: string
  readonly url: string
  readonly title: string
  readonly tags: readonly string[]
  readonly [name: string]: unknown
}

/** The string as title, text and tag; what is refused by name is left out of the next attempt. */
async function postWith(alice: Visitor, text: string): Promise<Post> {
  const fields: Record<string, unknown> = {
    title: text,
    tags: [text],
    excerpt: text,
    content: { doc: documentOf(text) },
  }
  const neutral: Record<string, unknown> = {
    title: '',
    tags: [],
    excerpt: '',
    content: { markdown: 'Nothing.' },
  }
  for (let attempt = 0; attempt < 5; attempt++) {
    const answer = await alice.post('/api/v1/posts', { ...fields, status: 'published' })
    if (answer.status === 201) return answer.json<Post>()
    assert.equal(answer.status, 422, `${JSON.stringify(text)}: ${answer.text}`)
    const wrong = wrongPaths(answer).map((path) => path.split('/')[1] ?? '')
    assert.ok(wrong.length > 0, answer.text)
    for (const name of wrong) fields[name] = neutral[name]
  }
  throw new Error(`Refused without an end: ${JSON.stringify(text)}`)
}

/** What the station has reported to its operator as its own failure. */
function failuresOf({ warnings }: TestStation): string[] {
  return warnings.filter((line) => line.startsWith('error'))
}

function wrongPaths(answer: Answer): string[] {
  return answer.json<{ errors?: { path: string }[] }>().errors?.map(({ path }) => path) ?? []
}

function documentOf(text: string): object {
  const inline = text === '' ? [] : [{ type: 'text', text }]
  return { v: 1, doc: { type: 'doc', content: [{ type: 'paragraph', content: inline }] } }
}

/** Typography may exchange one kind of space for another. */
function words(text: string | undefined): string {
  return (text ?? '').replaceAll(/\s+/g, ' ').trim()
}

suite('strings that break programs', () => {
  const strings = NAUGHTY.needed.skip === undefined ? read(NAUGHTY.path) : []

  test('as title, text and tag are shown as they are', NAUGHTY.needed, async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const alice = await t.person('alice')
    let shown = 0
    for (const [index, text] of strings.entries()) {
      const post = await postWith(alice, text)
      const answer = await t.stranger().get(post.url)
      assert.equal(answer.status, 200, JSON.stringify(text))
      const page = shownPage(answer.text)
      assert.deepEqual(page.active(), [], JSON.stringify(text))
      if (post.title !== '') {
        assert.equal(post.title, text)
        assert.equal(words(page.text('h1')), words(text))
        shown++
      }
      const [tag] = post.tags
      if (tag !== undefined)
        assert.ok(
          page.texts('a').some((link) => words(link).includes(words(tag))),
          tag,
        )
      /* A feed shows the newest, so that every text stands in one of those looked at. */
      if (index % FEED_LENGTH === 0) await requireFeeds(t)
    }
    await requireFeeds(t)
    assert.ok(shown > 450, `${shown} shown`)
    for (const path of ['/', '/posts', '/user/alice/blog', '/user/alice']) {
      const answer = await t.stranger().get(path)
      assert.equal(answer.status, 200)
      assert.deepEqual(shownPage(answer.text).active(), [], path)
    }
    assert.deepEqual(failuresOf(t), [])
  })

  test('as Markdown and HTML leave nothing that runs', NAUGHTY.needed, async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const alice = await t.person('alice')
    for (const text of strings) {
      for (const kind of ['markdown', 'html']) {
        const content = { [kind]: text }
        const made = await alice.post('/api/v1/posts', { title: '', content, status: 'published' })
        assert.ok([201, 422].includes(made.status), `${kind} ${JSON.stringify(text)}: ${made.text}`)
        if (made.status !== 201) continue
        const { id } = made.json<Post>()
        const html = await alice.get(`/api/v1/posts/${id}?format=html`)
        const { content: shown } = html.json<{ content: { html: string } }>()
        assert.deepEqual(shownPage(`<main>${shown.html}</main>`).active(), [], JSON.stringify(text))
      }
    }
    assert.deepEqual(failuresOf(t), [])
  })

  test('as a name and a text about oneself are shown as they are', NAUGHTY.needed, async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const alice = await t.person('alice')
    for (const text of strings) {
      const changed = await alice.patch('/api/v1/me', { displayName: text, bio: text })
      assert.ok([200, 422].includes(changed.status), `${JSON.stringify(text)}: ${changed.text}`)
      if (changed.status !== 200) continue
      const { displayName } = changed.json<{ displayName: string }>()
      const page = shownPage((await t.stranger().get('/user/alice')).text)
      assert.equal(words(page.text('h1')), words(displayName))
      assert.deepEqual(page.active(), [], JSON.stringify(text))
    }
    assert.deepEqual(failuresOf(t), [])
  })

  test(
    'as user name, login, address and query never fail the station',
    NAUGHTY.needed,
    async () => {
      await using t = await buildTestStation({ dialect: 'sqlite' })
      const alice = await t.person('alice')
      for (const text of strings) {
        const there = encodeURIComponent(text)
        const account = { username: text, email: text, password: text, consent: true }
        const answers = [
          await t.stranger().post('/api/v1/auth/register', account),
          await t.stranger().post('/api/v1/auth/login', { login: text, password: text }),
          await t.stranger().get(`/user/${there}`),
          await t.stranger().get(`/user/alice/blog/${there}`),
          await t.stranger().get(`/user/alice/blog/tag/${there}`),
          await t.stranger().get(`/posts?cursor=${there}`),
          await alice.get(`/api/v1/posts/${there}/revisions?cursor=${there}&limit=${there}`),
          await alice.submit('/settings', { displayName: text, timeZone: text, locale: text }),
          await alice.submit('/write/new', {
            action: text,
            title: text,
            markdown: text,
            tags: text,
          }),
        ]
        for (const { status } of answers) assert.ok(status < 500, JSON.stringify(text))
      }
      assert.deepEqual(failuresOf(t), [])
    },
  )

  for (const dialect of DIALECTS) {
    test(
      `${dialect}: come back from the database as they were written`,
      NAUGHTY.needed,
      async () => {
        await using t = await buildTestStation({ dialect })
        const alice = await t.person('alice')
        const content = strings
          .filter((text) => isPlain(text))
          .map((text) => ({
            type: 'paragraph',
            content: [{ type: 'text', text }],
          }))
        assert.ok(content.length > 450)
        const doc = { v: 1, doc: { type: 'doc', content } }
        const made = await alice.post('/api/v1/posts', { title: '', content: { doc } })
        assert.equal(made.status, 201, made.text)
        const kept = await alice.get(`/api/v1/posts/${made.json<Post>().id}`)
        const back = kept.json<{ content: { doc: { doc: { content: typeof content } } } }>()
        const texts = back.content.doc.doc.content.map((block) => block.content[0]?.text)
        assert.deepEqual(
          texts,
          content.map((block) => block.content[0]?.text),
        )
      },
    )
  }
})

async function requireFeeds(t: TestStation): Promise<void> {
  for (const path of ['/feed.xml', '/atom.xml', '/sitemap-posts.xml']) {
    const { text } = await t.stranger().get(path)
    assert.doesNotThrow(() => new SaxesParser({ xmlns: true }).write(text).close(), path)
  }
  const { text } = await t.stranger().get('/feed.json')
  assert.equal(typeof (JSON.parse(text) as { version?: unknown }).version, 'string')
}

function read(path: string): string[] {
  return JSON.parse(readFileSync(path, 'utf8')) as string[]
}

function isPlain(text: string): boolean {
  return text.trim() !== '' && !/[\p{Cc}\u2028\u2029\ufffe\uffff]/u.test(text)
}

/** Every route of the API that takes a body, with one that fits and a post it may be about. */
async function bodyRoutes(t: TestStation, alice: Visitor) {
  const made = await alice.post('/api/v1/posts', { title: 'Mine', content: { markdown: 'Mine.' } })
  const { id, slug, rev } = made.json<{ id: string; slug: string; rev: number }>()
  const facts = { draft: { id, slug, rev }, month: '2026-01', unique: 1 }
  const routes = t.station.router.routes.flatMap(({ method, path, kind, options }) => {
    const route = `${method} ${path}`
    const probe = ROUTE_PROBES[route]
    if (kind !== 'route' || !options.body || !probe?.json) return []
    const body = probe.json(facts) as Readonly<Record<string, unknown>>
    return [{ route, method, url: probePath(route, probe, facts), body }]
  })
  assert.ok(routes.length >= 6, `${routes.length} routes`)
  return routes
}

interface Raw {
  readonly payload: string | Buffer
  readonly type?: string
}

/** A body exactly as given. */
async function sent(
  alice: Visitor,
  { station }: TestStation,
  { method, url }: { method: string; url: string },
  { payload, type = 'application/json' }: Raw,
): Promise<{ status: number; text: string }> {
  const { statusCode, payload: text } = await station.http.inject({
    method: method as 'POST',
    url,
    payload,
    headers: {
      host: '127.0.0.1:8000',
      origin: 'http://127.0.0.1:8000',
      'sec-fetch-site': 'same-origin',
      'content-type': type,
      cookie: [...alice.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    },
  })
  return { status: statusCode, text }
}

function codeOf(text: string): string {
  return String((JSON.parse(text) as { code?: string }).code)
}

suite('a body that no client of ours would send', () => {
  const DEEP = 10_000
  const text = (body: unknown): string => JSON.stringify(body)
  const withField = (body: object, field: string): string => text(body).replace(/\}$/, `,${field}}`)
  const CASES: Readonly<Record<string, [(body: object) => string | Buffer, number, string]>> = {
    'cut off': [(body) => text(body).slice(0, -1), 400, 'QL_BODY_BROKEN'],
    'not JSON': [() => 'title=Mine', 400, 'QL_BODY_BROKEN'],
    'with single quotes': [() => `{'title':'Mine'}`, 400, 'QL_BODY_BROKEN'],
    'empty text': [() => '', 400, 'QL_BODY_BROKEN'],
    'no UTF-8': [
      () => Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31]),
      400,
      'QL_BODY_BROKEN',
    ],
    'reaching for the prototype': [
      (body) => withField(body, '"__proto__":{"role":"owner"}'),
      400,
      'QL_BODY_BROKEN',
    ],
    'reaching for the constructor': [
      (body) => withField(body, '"constructor":{"prototype":{"role":"owner"}}'),
      400,
      'QL_BODY_BROKEN',
    ],
    'a list': [(body) => text([body]), 422, 'QL_VALIDATION'],
    'a number': [() => '1', 422, 'QL_VALIDATION'],
    nothing: [() => 'null', 422, 'QL_VALIDATION'],
    'a field nobody knows': [(body) => withField(body, '"colour":"red"'), 422, 'QL_VALIDATION'],
    'half a surrogate pair': [
      (body) => withField(body, String.raw`"bio":"\ud800"`),
      422,
      'QL_VALIDATION',
    ],
    'a NUL': [(body) => withField(body, String.raw`"bio":"a\u0000b"`), 422, 'QL_VALIDATION'],
    'a NUL in a name': [(body) => withField(body, String.raw`"b\u0000":1`), 422, 'QL_VALIDATION'],
    'a list 10 000 deep': [
      (body) => withField(body, `"bio":${'['.repeat(DEEP)}${']'.repeat(DEEP)}`),
      422,
      'QL_VALIDATION',
    ],
    'an object 10 000 deep': [
      (body) => withField(body, `"bio":${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`),
      422,
      'QL_VALIDATION',
    ],
    'one byte more than 256 KiB': [
      (body) => withField(body, `"x":"${filling(body, 1)}"`),
      413,
      'QL_BODY_TOO_LARGE',
    ],
    'exactly 256 KiB, with a field nobody knows': [
      (body) => withField(body, `"x":"${filling(body, 0)}"`),
      422,
      'QL_VALIDATION',
    ],
  }

  function filling(body: object, more: number): string {
    const around = Buffer.byteLength(withField(body, '"x":""'))
    return 'x'.repeat(256 * KIB - around + more)
  }

  test('is refused with its code by every route, and nothing changes', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const alice = await t.person('alice')
    const routes = await bodyRoutes(t, alice)
    const before = await tableDigest(t.station.database)
    for (const route of routes) {
      for (const [what, [make, status, code]] of Object.entries(CASES)) {
        const answer = await sent(alice, t, route, { payload: make(route.body) })
        assert.equal(answer.status, status, `${route.route}, ${what}: ${answer.text.slice(0, 300)}`)
        assert.equal(codeOf(answer.text), code, `${route.route}, ${what}`)
      }
    }
    assert.equal(await tableDigest(t.station.database), before)
    assert.deepEqual(failuresOf(t), [])
    assert.equal(Reflect.get({}, 'role'), undefined)
  })

  test('is refused for every field of another type: nothing is turned into what it is not', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const alice = await t.person('alice')
    const routes = await bodyRoutes(t, alice)
    const before = await tableDigest(t.station.database)
    let fields = 0
    for (const { route, method, url, body } of routes) {
      for (const [name, value] of Object.entries(body)) {
        for (const wrong of othersThan(value)) {
          const answer = await alice.ask(method, url, { json: { ...body, [name]: wrong } })
          const what = `${route} /${name} ${JSON.stringify(wrong)}: ${answer.text}`
          assert.equal(answer.status, 422, what)
          assert.ok(
            wrongPaths(answer).every((path) => path.startsWith(`/${name}`)),
            what,
          )
          fields++
        }
      }
    }
    assert.ok(fields > 30, `${fields} fields`)
    assert.equal(await tableDigest(t.station.database), before)
  })

  test('deep inside a text is refused with its place', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const alice = await t.person('alice')
    const before = await tableDigest(t.station.database)
    const nested = `${'{"type":"blockquote","content":['.repeat(5_000)}${']}'.repeat(5_000)}`
    const doc = `{"v":1,"doc":{"type":"doc","content":[${nested}]}}`
    const payload = `{"title":"","content":{"doc":${doc}}}`
    const target = { method: 'POST', url: '/api/v1/posts' }
    const answer = await sent(alice, t, target, { payload })
    assert.equal(answer.status, 422, answer.text.slice(0, 300))
    assert.match(codeOf(answer.text), /^QL_(?:BLOG_DOCUMENT|VALIDATION)$/)
    for (const markdown of [
      '> '.repeat(20_000),
      '['.repeat(50_000),
      '* '.repeat(20_000),
      '`'.repeat(99_999),
    ]) {
      const { status } = await alice.post('/api/v1/posts', { title: '', content: { markdown } })
      assert.ok([201, 422].includes(status), `${markdown.slice(0, 5)} ${status}`)
    }
    for (const html of [
      '<div>'.repeat(20_000),
      '<b>'.repeat(50_000),
      '<ul><li>'.repeat(20_000),
      '<table>'.repeat(20_000),
    ]) {
      const { status } = await alice.post('/api/v1/posts', { title: '', content: { html } })
      assert.ok([201, 422].includes(status), `${html.slice(0, 8)} ${status}`)
    }
    assert.deepEqual(failuresOf(t), [])
    assert.notEqual(await tableDigest(t.station.database), before)
  })

  test('of a form is refused or understood, never a failure of the station', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const alice = await t.person('alice')
    const form = 'application/x-www-form-urlencoded'
    const bodies = [
      '',
      '&&&===',
      'title=a&title=b&action=save&action=delete&displayName=1&displayName=2&login=a&login=b',
      'title=%00&markdown=%00&displayName=%00&login=%00&password=%00',
      'title=%ff%fe&markdown=%c3%28',
      'title=%zz',
      '__proto__=1&constructor=1&title=x&markdown=x',
      `${'a=1&'.repeat(5_000)}z=1`,
      `markdown=${'x'.repeat(300 * KIB)}&title=x&action=save`,
    ]
    const pages = t.station.router.routes.filter(
      ({ kind, method }) => kind === 'page' && method === 'POST',
    )
    assert.ok(pages.length >= 6)
    for (const { path } of pages) {
      const url = path.replace(':username', 'alice').replace(':slug', 'x').replace(':id', 'x')
      for (const payload of bodies) {
        const { status } = await sent(alice, t, { method: 'POST', url }, { payload, type: form })
        assert.ok(status < 500, `${url} ${payload.slice(0, 40)}: ${status}`)
      }
      const tooLarge = { payload: `x=${'x'.repeat(1024 * KIB)}`, type: form }
      assert.equal((await sent(alice, t, { method: 'POST', url }, tooLarge)).status, 413)
    }
    assert.deepEqual(failuresOf(t), [])
  })
})

/** A value of every other type, as a client that means well might send it. */
function othersThan(value: unknown): unknown[] {
  if (typeof value === 'number') return [String(value), true, [value], { value }, null]
  if (typeof value === 'boolean') return [String(value), value ? 1 : 0, [value], { value }, null]
  if (typeof value === 'string') return [1, true, [value], { value }, null]
  return [1, true, 'text', null]
}

suite('an address or header that no browser would send', () => {
  test('is refused or ignored', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const alice = await t.person('alice')
    const malformed = [
      '/%',
      '/%zz',
      '/user/%E0%A4%A',
      '/user/alice/blog/%ff',
      '/api/v1/users/%c3%28',
      '/media/%',
      '/media/%00',
    ]
    for (const url of malformed) {
      const { status, headers } = await alice.get(url)
      assert.equal(status, 404, url)
      assert.equal(headers['x-content-type-options'], 'nosniff', url)
    }
    const odd = [
      '//evil.example/',
      '/\\evil.example',
      '/..',
      '/../../etc/passwd',
      '/assets/../../package.json',
      '/assets/%2e%2e/%2e%2e/package.json',
      '/media/..%2f..%2fsecrets.json',
      '/user/%00',
      '/user/alice%0d%0aX: 1',
      `/${'a/'.repeat(4_000)}`,
      `/user/${'x'.repeat(8_000)}`,
      `/?${'a=1&'.repeat(20_000)}`,
      `/posts?cursor=${'x'.repeat(60_000)}`,
      '/?__proto__=1&constructor=2',
      '/posts?cursor=%00',
      '/api/v1/users/alice/posts?limit=1e9',
      '/api/v1/users/alice/posts?limit=-1',
      '/api/v1/users/alice/posts?limit=10&limit=20',
      '/api/v1/users/alice/posts?colour=red',
    ]
    for (const url of odd) {
      const { status, text } = await alice.get(url)
      assert.ok(status < 500, `${url.slice(0, 60)}: ${status}`)
      assert.doesNotMatch(text, /root:x:0|"devDependencies"|refreshKey/, url.slice(0, 60))
    }
    const headers: Record<string, string>[] = [
      { cookie: `quark-access=${'x'.repeat(9_000)}; ; ;=;a=%ff; quark-locale=../../x` },
      { 'accept-language': '*;q=zz,,,ru-RU-x-y-z;q=9, \u00ff' },
      { 'accept-encoding': 'br;q=0, gzip;q=0, identity;q=0' },
      { 'if-none-match': 'W/"x", *, "' },
      { host: 'evil.example\u00ff' },
      { host: '127.0.0.1:99999' },
      { accept: 'text/html;q=zz,,application/json' },
      { range: 'bytes=9-1,-,,' },
      { authorization: 'Basic ÿÿÿ' },
      {
        'x-forwarded-for': '1.2.3.4, <script>',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'javascript',
      },
    ]
    for (const header of headers) {
      for (const path of [
        '/',
        '/posts',
        '/user/alice',
        '/api/v1/me',
        '/nothing-here',
        '/feed.xml',
      ]) {
        const { status, text } = await alice.get(path, { headers: header })
        assert.ok(status < 500, `${path} ${JSON.stringify(header).slice(0, 80)}: ${status}`)
        assert.doesNotMatch(text, /evil\.example/, path)
      }
    }
    assert.deepEqual(failuresOf(t), [])
  })

  test('or a method nobody offers is told so without a failure', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const alice = await t.person('alice')
    for (const method of ['OPTIONS', 'TRACE', 'PUT', 'DELETE', 'PATCH']) {
      for (const path of ['/', '/posts', '/api/v1/me', '/assets/x', '/media/x']) {
        const { status } = await alice.ask(method, path)
        assert.ok(status >= 400 && status < 500, `${method} ${path}: ${status}`)
      }
    }
  })
})
