import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from './support/databases.ts'
import { PEOPLE } from './support/probe.ts'
import { probePath, ROUTE_PROBES } from './support/route-probes.ts'
import { buildTestStation, type TestStation } from './support/station.ts'
import { tableDigest } from './support/table-digest.ts'
import { type Answer, type AskOptions, passwordOf, type Visitor } from './support/visitor.ts'

const UNSAFE = /^(?:POST|PUT|PATCH|DELETE) /
/** A configured address: without one, a collector on the same machine may read `/metrics`. */
const server = {
  host: '127.0.0.1',
  port: 0,
  publicUrl: 'http://127.0.0.1:8000',
  trustProxy: [],
  drainMs: 1000,
}

/** Each person comes with a new session, which nobody before them has ended. */
const OPENS_OR_ENDS = /auth|admin\/(?:security\/)?sessions/
/** Afterwards nobody is signed in. */
const ENDS_ALL = /admin\/(?:security\/)?sessions/

interface Draft {
  readonly id: string
  readonly slug: string
  readonly rev: number
}

async function newPost(author: Visitor, change: object = {}): Promise<Draft> {
  const answer = await author.post('/api/v1/posts', {
    title: 'A secret plan',
    content: { markdown: 'Nobody knows **xyzzy**.' },
    tags: ['plotters'],
    ...change,
  })
  assert.equal(answer.status, 201, answer.text)
  return answer.json<Draft & Record<string, unknown>>()
}

/** Alice with one published post, and everybody else. */
async function inhabit(t: TestStation): Promise<{ alice: Visitor; month: string }> {
  const alice = await t.person('alice')
  await t.person('bob')
  for (const role of ['moderator', 'admin', 'owner']) {
    const email = `${role}@example.org`
    const person = { username: `the-${role}`, email, password: passwordOf(`the-${role}`), role }
    await t.station.calls.call('users.create', person)
  }
  await newPost(alice, { title: 'Open', tags: ['open'], status: 'published' })
  return { alice, month: t.clock.now().toISOString().slice(0, 7) }
}

const USERNAMES = {
  stranger: '',
  member: 'bob',
  moderator: 'the-moderator',
  admin: 'the-admin',
  owner: 'the-owner',
  author: 'alice',
}

/** A new session, so that one that ends or renews itself disturbs no other request. */
async function signedIn(t: TestStation, person: keyof typeof USERNAMES): Promise<Visitor> {
  const visitor = t.stranger()
  const login = USERNAMES[person]
  if (login === '') return visitor
  const answer = await visitor.post('/api/v1/auth/login', { login, password: passwordOf(login) })
  assert.equal(answer.status, 200, answer.text)
  return visitor
}

async function cameTo(
  t: TestStation,
  route: string,
  person: keyof typeof USERNAMES,
  people: Map<string, Visitor>,
): Promise<Visitor> {
  if (OPENS_OR_ENDS.test(route)) return signedIn(t, person)
  const visitor = people.get(person) ?? (await signedIn(t, person))
  people.set(person, visitor)
  return visitor
}

function outcome({ status, headers }: Answer): string {
  const isLogin = status === 303 && String(headers['location']).startsWith('/auth/login?return=')
  return isLogin ? 'login' : String(status)
}

test('every route answers every role as the table says', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite', config: { server } })
  const { alice, month } = await inhabit(t)
  const routes = t.station.router.routes.map(({ method, path }) => `${method} ${path}`)
  assert.deepEqual(Object.keys(ROUTE_PROBES).toSorted(), routes.toSorted())
  const people = new Map<string, Visitor>()
  let unique = 0
  for (const [route, probe] of Object.entries(ROUTE_PROBES)) {
    /* Whoever asks to end their other sessions keeps the one that asks. */
    const draft = await newPost(people.get('author') ?? alice)
    const [method = ''] = route.split(' ')
    const seen: string[] = []
    for (const person of PEOPLE) {
      const visitor = await cameTo(t, route, person, people)
      unique++
      const facts = { draft, month, unique }
      const answer = await visitor.ask(method, probePath(route, probe, facts), {
        ...(probe.json ? { json: probe.json(facts) } : {}),
        ...(probe.form ? { form: probe.form(facts) } : {}),
        ...(probe.upload ? { upload: probe.upload } : {}),
      })
      seen.push(outcome(answer))
    }
    assert.equal(seen.join(' '), probe.gets, `${route} (${PEOPLE.join(' ')})`)
    if (ENDS_ALL.test(route)) {
      people.clear()
      people.set('author', await signedIn(t, 'author'))
    }
  }
})

suite('a request that does not come from this site', () => {
  const evil = 'https://evil.example'
  const ABROAD: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'a foreign origin': { origin: evil, 'sec-fetch-site': 'cross-site' },
    'a foreign origin, without fetch metadata': { origin: evil, 'sec-fetch-site': '' },
    'our name as the beginning of another': { origin: 'http://127.0.0.1:8000.evil.example' },
    'an origin without a name': { origin: 'null' },
    'a neighbour on the same site': { 'sec-fetch-site': 'same-site' },
    'fetch metadata alone': { origin: '', 'sec-fetch-site': 'cross-site' },
  }

  test('is refused by every unsafe route, and nothing changes', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const { alice, month } = await inhabit(t)
    const draft = await newPost(alice)
    const unsafe = Object.entries(ROUTE_PROBES).filter(([route]) => UNSAFE.test(route))
    assert.ok(unsafe.length > 12)
    await t.settle()
    const before = await tableDigest(t.station.database)
    for (const [route, probe] of unsafe) {
      const [method = ''] = route.split(' ')
      const facts = { draft, month, unique: 1 }
      const path = probePath(route, probe, facts)
      for (const [what, headers] of Object.entries(ABROAD)) {
        const sent = present(headers)
        const body = probe.form ? { form: probe.form(facts) } : { json: probe.json?.(facts) ?? {} }
        const answer = await forged(t, method, path, {
          ...body,
          cookie: cookieOf(alice),
          headers: sent,
        })
        assert.equal(answer.status, 403, `${route}: ${what}`)
      }
      const noProof = { json: probe.json?.(facts) ?? {}, cookie: cookieOf(alice), headers: {} }
      assert.equal((await forged(t, method, path, noProof)).status, 403, `${route}: no proof`)
      const rebound = {
        ...noProof,
        headers: { host: 'evil.example', origin: 'http://evil.example' },
      }
      assert.equal((await forged(t, method, path, rebound)).status, 403, `${route}: rebound`)
    }
    await t.settle()
    assert.equal(await tableDigest(t.station.database), before)
  })

  test('or speaks to the API as a form can, is refused, and nothing changes', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const { alice, month } = await inhabit(t)
    const draft = await newPost(alice)
    await t.settle()
    const before = await tableDigest(t.station.database)
    const own = { origin: 'http://127.0.0.1:8000', 'sec-fetch-site': 'same-origin' }
    const types = [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]
    for (const [route, probe] of Object.entries(ROUTE_PROBES)) {
      if (!UNSAFE.test(route) || !route.includes(' /api/')) continue
      const [method = ''] = route.split(' ')
      const facts = { draft, month, unique: 1 }
      for (const type of types) {
        if (probe.upload && type.startsWith('multipart')) continue
        const answer = await forged(t, method, probePath(route, probe, facts), {
          json: probe.json?.(facts) ?? {},
          cookie: cookieOf(alice),
          headers: { ...own, 'content-type': type },
        })
        assert.equal(answer.status, 415, `${route} ${type}`)
      }
    }
    assert.equal(await tableDigest(t.station.database), before)
  })

  test('may be a program with its own token, whatever its origin', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const alice = await t.person('alice')
    const authorization = `Bearer ${alice.cookies.get('quark-access')}`
    const answer = await forged(t, 'PATCH', '/api/v1/me', {
      json: { bio: 'From a program' },
      headers: { authorization, origin: evil },
    })
    assert.equal(answer.status, 200, answer.text)
  })
})

test('a page of whoever was signed in before changes nothing of who is now', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const [alice, carol] = [await t.person('alice'), await t.person('carol')]
  const [alices, carols] = [await idOf(alice), await idOf(carol)]
  const before = await tableDigest(t.station.database)
  const asked = async (
    owner: string,
    method: string,
    url: string,
    body: object,
  ): Promise<object> => {
    const headers = { origin: 'http://127.0.0.1:8000', 'quark-user': owner }
    const cookie = cookieOf(carol)
    const { status, text } = await forged(t, method, url, { json: body, cookie, headers })
    return { status, code: (JSON.parse(text) as { code?: string }).code }
  }
  const refused = { status: 401, code: 'QL_AUTH_OTHER_PERSON' }
  const bio = { bio: 'Private words of Alice' }
  assert.deepEqual(await asked(alices, 'PATCH', '/api/v1/me', bio), refused)
  assert.deepEqual(await asked(alices, 'POST', '/api/v1/posts', { title: 'Hers' }), refused)
  assert.equal(await tableDigest(t.station.database), before)
  assert.deepEqual(await asked(carols, 'PATCH', '/api/v1/me', bio), {
    status: 200,
    code: undefined,
  })
})

interface Forged {
  readonly json?: unknown
  readonly form?: Readonly<Record<string, string>>
  readonly cookie?: string
  readonly headers: Readonly<Record<string, string>>
}

/** A request with exactly these headers: what a browser would add is left out. */
async function forged(
  { station }: TestStation,
  method: string,
  url: string,
  { json, form, cookie, headers }: Forged,
): Promise<{ status: number; text: string }> {
  const type = form ? 'application/x-www-form-urlencoded' : 'application/json'
  const response = await station.http.inject({
    method: method as 'POST',
    url,
    headers: {
      host: '127.0.0.1:8000',
      'content-type': type,
      ...(cookie === undefined ? {} : { cookie }),
      ...headers,
    },
    payload: form ? new URLSearchParams(form).toString() : JSON.stringify(json),
  })
  return { status: response.statusCode, text: response.payload }
}

async function idOf(visitor: Visitor): Promise<string> {
  return (await visitor.get('/api/v1/me')).json<{ id: string }>().id
}

function cookieOf(visitor: Visitor): string {
  return [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}

/** Headers with a value; an empty one means that the browser sends none. */
function present(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''))
}

for (const dialect of DIALECTS) {
  suite(`what only its author may know of, on ${dialect}`, () => {
    const KINDS = {
      draft: {},
      private: { status: 'published', visibility: 'private' },
      scheduled: { status: 'published', publishAt: '2100-01-01T00:00:00Z' },
    }

    test('answers through every door as if it did not exist', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const bob = await t.person('bob')
      for (const [kind, change] of Object.entries(KINDS)) {
        const post = await newPost(alice, change)
        for (const [method, path, sent] of doorsOf(post)) {
          const there = await bob.ask(method, path, sent)
          const absent = path.replace(post.id, 'nothing').replace(post.slug, 'nothing')
          const nothing = await bob.ask(method, absent, sent)
          assert.equal(there.status, 404, `${kind}: ${method} ${path}: ${there.text}`)
          assert.equal(anonymised(there, post), anonymised(nothing, post), `${kind}: ${path}`)
        }
        assert.equal(await t.station.calls.call('blog.post', { id: post.id }), null, kind)
      }
      const unchanged = await alice.get('/write')
      assert.equal(unchanged.text.match(/A secret plan/g)?.length, 3)
    })

    test('stands in no list, feed, map or page of anybody else', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const bob = await t.person('bob')
      for (const change of Object.values(KINDS)) await newPost(alice, change)
      await newPost(alice, {
        title: 'Open',
        tags: ['open'],
        content: { markdown: 'Read me.' },
        status: 'published',
      })
      const once = await newPost(alice, { status: 'published' })
      const back = await alice.delete(`/api/v1/posts/${once.id}/publication?baseRev=${once.rev}`)
      assert.equal(back.status, 200, back.text)
      const month = t.clock.now().toISOString().slice(0, 7)
      const places = t.station.router.routes
        .filter(({ policy }) => policy === 'public' || policy === 'member')
        .filter(
          ({ method, path }) =>
            method === 'GET' && !/:id|:slug|:chat|:token|auth|setup|unsubscribe/.test(path),
        )
        .map(({ path }) =>
          path
            .replace(':username', 'alice')
            .replace(':month', month)
            .replace(':tag', 'open')
            .replace(':document', 'terms'),
        )
      assert.ok(places.length > 20)
      for (const place of places) {
        for (const reader of [bob, t.stranger()]) {
          const { status, text } = await reader.get(place)
          assert.ok(status < 400 || status === 401, `${place}: ${status}`)
          assert.doesNotMatch(text, /xyzzy|secret[- ]plan|plotters/i, place)
        }
      }
      assert.equal((await bob.get('/user/alice/blog/tag/plotters')).status, 404)
      const latest = (await t.station.calls.call('blog.latest', { limit: 100 })) as unknown[]
      assert.equal(latest.length, 1)
    })
  })

  test(`${dialect}: fields nobody may set are refused by name`, async () => {
    await using t = await buildTestStation({ dialect })
    const alice = await t.person('alice')
    const { id: bobsId } = await t.person('bob')
    const draft = await newPost(alice)
    const account = {
      username: 'eve',
      email: 'eve@example.org',
      password: passwordOf('eve'),
      consent: true,
    }
    const content = { markdown: 'x' }
    const refused: [string, string, Record<string, unknown>, string][] = [
      ['POST', '/api/v1/auth/register', { ...account, role: 'owner' }, '/role'],
      ['POST', '/api/v1/auth/register', { ...account, id: 'chosen' }, '/id'],
      ['PATCH', '/api/v1/me', { role: 'owner' }, '/role'],
      ['PATCH', '/api/v1/me', { id: bobsId }, '/id'],
      ['PATCH', '/api/v1/me', { username: 'bob' }, '/username'],
      ['PATCH', '/api/v1/me', { email: 'bob@example.org' }, '/email'],
      ['POST', '/api/v1/posts', { title: '', content, authorId: bobsId }, '/authorId'],
      ['POST', '/api/v1/posts', { title: '', content, author_id: bobsId }, '/author_id'],
      ['POST', '/api/v1/posts', { title: '', content, id: 'chosen' }, '/id'],
      ['POST', '/api/v1/posts', { title: '', content, rev: 9 }, '/rev'],
      [
        'POST',
        '/api/v1/posts',
        { title: '', content, createdAt: '2001-01-01T00:00:00Z' },
        '/createdAt',
      ],
      [
        'PATCH',
        `/api/v1/posts/${draft.id}`,
        { baseRev: draft.rev, status: 'published' },
        '/status',
      ],
      ['PATCH', `/api/v1/posts/${draft.id}`, { baseRev: draft.rev, username: 'bob' }, '/username'],
      [
        'PUT',
        `/api/v1/posts/${draft.id}/publication`,
        { baseRev: draft.rev, publishedAt: '2001-01-01T00:00:00Z' },
        '/publishedAt',
      ],
    ]
    for (const [method, path, json, pointer] of refused) {
      const answer = await alice.ask(method, path, { json })
      assert.equal(answer.status, 422, `${method} ${path} ${JSON.stringify(json)}: ${answer.text}`)
      const { errors = [] } = answer.json<{ errors?: { path: string }[] }>()
      assert.deepEqual(
        errors.map(({ path: at }) => at),
        [pointer],
      )
    }
    const form = { displayName: 'Алиса', role: 'owner', username: 'owner', email: 'x@example.org' }
    await alice.submit('/settings', form)
    const me = (await alice.get('/api/v1/me')).json()
    assert.deepEqual(
      [me['role'], me['username'], me['email']],
      ['member', 'alice', 'alice@example.org'],
    )
  })
}

/** Every way to a post by its id or address. */
function doorsOf({ id, slug, rev }: Draft): [method: string, path: string, sent?: AskOptions][] {
  const api = `/api/v1/posts/${id}`
  const form = (action: string): AskOptions => ({
    form: { action, title: 'Mine now', markdown: '', baseRev: String(rev) },
  })
  return [
    ['GET', api],
    ['GET', `${api}?format=markdown`],
    ['GET', `${api}?format=html`],
    ['PATCH', api, { json: { baseRev: rev, title: 'Mine now' } }],
    ['DELETE', `${api}?baseRev=${rev}`],
    ['PUT', `${api}/publication`, { json: { baseRev: rev } }],
    ['DELETE', `${api}/publication?baseRev=${rev}`],
    ['GET', `${api}/revisions`],
    ['GET', `${api}/comments`],
    ['GET', `/user/alice/blog/${slug}`],
    ['POST', `/user/alice/blog/${slug}`, { form: { password: 'guess' } }],
    ['GET', `/write/${id}`],
    ['POST', `/write/${id}`, form('save')],
    ['POST', `/write/${id}`, form('publish')],
    ['POST', `/write/${id}`, form('unpublish')],
    ['POST', `/write/${id}`, form('preview')],
    ['POST', `/write/${id}`, form('delete')],
    ['GET', `/write/${id}/preview`],
  ]
}

/** The answer without what differs from request to request. */
function anonymised({ text }: Answer, { id, slug }: Draft): string {
  return text
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'some-id')
    .replaceAll(slug, 'nothing')
    .replaceAll(id, 'nothing')
    .replaceAll('some-id', 'nothing')
}
