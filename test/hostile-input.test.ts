import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { probePath, ROUTE_PROBES } from './support/route-probes.ts'
import { buildTestStation, type TestStation } from './support/station.ts'
import { tableDigest } from './support/table-digest.ts'
import { type Answer, passwordOf, type Visitor } from './support/visitor.ts'

const KIB = 1024

/** What the station has reported to its operator as its own failure. */
function failuresOf({ warnings }: TestStation): string[] {
  return warnings.filter((line) => line.startsWith('error'))
}

function wrongPaths(answer: Answer): string[] {
  return answer.json<{ errors?: { path: string }[] }>().errors?.map(({ path }) => path) ?? []
}

/** Every route of the API that takes a body, with one that fits and a post it may be about. */
/** Somebody whom every route lets through to its schema. */
async function ownerOf(t: TestStation): Promise<Visitor> {
  const alice = await t.person('alice')
  await t.station.auth.residents.setRole('operator', alice.id, 'owner')
  const answer = await alice.post('/api/v1/auth/login', {
    login: 'alice',
    password: passwordOf('alice'),
  })
  assert.equal(answer.status, 200, answer.text)
  return alice
}

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

function asText(body: unknown): string {
  return JSON.stringify(body)
}

function withField(body: object, field: string): string {
  return asText(body).replace(/,?\}$/, `,${field}}`).replace('{,', '{')
}

function filling(body: object, more: number): string {
  const around = Buffer.byteLength(withField(body, '"x":""'))
  return 'x'.repeat(256 * KIB - around + more)
}

suite('a body that no client of ours would send', () => {
  const DEEP = 10_000
  const CASES: Readonly<Record<string, [(body: object) => string | Buffer, number, string]>> = {
    'cut off': [(body) => asText(body).slice(0, -1), 400, 'QL_BODY_BROKEN'],
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
    'a list': [(body) => asText([body]), 422, 'QL_VALIDATION'],
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

  test('is refused with its code by every route, and nothing changes', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const alice = await ownerOf(t)
    const routes = await bodyRoutes(t, alice)
    await t.settle()
    const before = await tableDigest(t.station.database, ['audit_log'])
    for (const route of routes) {
      for (const [what, [make, status, code]] of Object.entries(CASES)) {
        const answer = await sent(alice, t, route, { payload: make(route.body) })
        assert.equal(answer.status, status, `${route.route}, ${what}: ${answer.text.slice(0, 300)}`)
        assert.equal(codeOf(answer.text), code, `${route.route}, ${what}`)
      }
    }
    assert.equal(await tableDigest(t.station.database, ['audit_log']), before)
    assert.deepEqual(failuresOf(t), [])
    assert.equal(Reflect.get({}, 'role'), undefined)
  })

  test('is refused for every field of another type: nothing is turned into what it is not', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const alice = await ownerOf(t)
    const routes = await bodyRoutes(t, alice)
    await t.settle()
    const before = await tableDigest(t.station.database, ['audit_log'])
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
    assert.equal(await tableDigest(t.station.database, ['audit_log']), before)
  })

  test('deep inside a text is refused with its place', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const alice = await t.person('alice')
    await t.settle()
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
  /* A field that may be null is something else than null where it is given. */
  return value === null ? [true, ['text']] : [1, true, 'text', null]
}

function link(href: string): object {
  const marks = [{ type: 'link', attrs: { href } }]
  return { type: 'paragraph', content: [{ type: 'text', text: 'x', marks }] }
}

function block(type: string, attrs: object): object {
  return { type, attrs }
}

test('a text that could run something is refused with its place, and nothing changes', async () => {
  const probe = '"><script>alert(1)</script>'
  const PROBES = [
    block('figure', { src: 'javascript:alert(1)' }),
    block('figure', { src: 'data:text/html,<script>alert(1)</script>' }),
    block('figure', { src: '/a.png', onerror: 'alert(1)' }),
    block('heading', { level: '"x onload=1"' }),
    block('codeBlock', { language: probe }),
    block('embed', { url: 'javascript:alert(1)' }),
    block('unknownBlock', { module: probe, type: 'x' }),
    block('script', {}),
    block('paragraph', { style: 'background:url(//evil.example)' }),
    link('javascript:alert(1)'),
    link('"><img src=x onerror=alert(1)>'),
    link('data:text/html,x'),
    link('//evil.example'),
  ]
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const alice = await t.person('alice')
  const made = await alice.post('/api/v1/posts', { title: '', content: { markdown: 'Mine.' } })
  const { id, rev } = made.json<{ id: string; rev: number }>()
  await t.settle()
  const before = await tableDigest(t.station.database)
  for (const content of PROBES) {
    const body = { content: { doc: { v: 1, doc: { type: 'doc', content: [content] } } } }
    const answers = [
      await alice.post('/api/v1/posts', { title: '', ...body }),
      await alice.patch(`/api/v1/posts/${id}`, { baseRev: rev, ...body }),
    ]
    for (const answer of answers) {
      assert.equal(answer.status, 422, JSON.stringify(content))
      assert.match(wrongPaths(answer)[0] ?? '', /^\/content\/doc\/.+/, answer.text)
    }
  }
  assert.equal(await tableDigest(t.station.database), before)
})

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
