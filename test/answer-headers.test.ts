import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readConfig } from '../config.ts'
import { pictureOf } from './support/pictures.ts'
import { rawRequest, type RawAnswer } from './support/raw-request.ts'
import { buildTestStation, type TestStation } from './support/station.ts'
import { passwordOf } from './support/visitor.ts'

const PUBLIC_URL = 'https://station.example'
const ALWAYS: Readonly<Record<string, RegExp>> = {
  'x-content-type-options': /^nosniff$/,
  'referrer-policy': /^(?:strict-origin-when-cross-origin|no-referrer)$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'permissions-policy': /camera=\(\)/,
  'strict-transport-security': /^max-age=31536000; includeSubDomains$/,
}
const RULES = [
  "default-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'self'",
  /script-src '(?:self|none)'$/,
] as const

/** Addresses of every page and route that is read, filled in for alice. */
function placesOf({ station }: TestStation): string[] {
  return station.router.routes
    .filter(({ method }) => method === 'GET')
    .map(({ path }) =>
      path.replace(':username', 'alice').replace(':document', 'terms').replaceAll(/:\w+/g, 'x'),
    )
}

function assertGuarded(path: string, { headers, status, body }: RawAnswer): void {
  const type = String(headers['content-type'])
  if (body.byteLength > 0) assert.match(type, /^[a-z]+\/[a-z0-9.+-]+/, `${path}: ${type}`)
  if (/^text\/|xml|json/.test(type)) assert.match(type, /charset=utf-8/, `${path}: ${type}`)
  for (const [name, form] of Object.entries(ALWAYS)) {
    assert.match(String(headers[name]), form, `${path} (${status}): ${name}`)
  }
  for (const name of ['server', 'x-powered-by', 'access-control-allow-origin']) {
    assert.equal(headers[name], undefined, `${path}: ${name}`)
  }
  if (!type.startsWith('text/html')) return
  const policy = String(headers['content-security-policy'])
  for (const rule of RULES) {
    const isThere = typeof rule === 'string' ? policy.includes(rule) : rule.test(policy)
    assert.ok(isThere, `${path}: ${String(rule)} is not in ${policy}`)
  }
  assert.doesNotMatch(policy, /unsafe|https?:|\*/, path)
}

suite('every answer of a station that people reach by https', () => {
  test('tells the browser what it may do with it', async () => {
    const { server } = readConfig({ QUARK_PORT: '0', QUARK_PUBLIC_URL: PUBLIC_URL })
    await using t = await buildTestStation({ dialect: 'sqlite', config: { server } })
    const address = await t.station.listen()
    const alice = await t.stranger().ask('POST', '/api/v1/auth/register', {
      json: {
        username: 'alice',
        email: 'alice@example.org',
        password: passwordOf('alice'),
        consent: true,
      },
      headers: { host: 'station.example', origin: PUBLIC_URL },
    })
    assert.equal(alice.status, 201, alice.text)
    const odd = [
      '/nothing-here',
      '/%zz',
      '/assets/nothing',
      '/assets/',
      '/media/x',
      '/ws',
      '/',
      '/posts',
    ]
    const paths = [...placesOf(t), ...odd]
    assert.ok(paths.length > 50, `${paths.length} places`)
    const kinds = new Set<string>()
    for (const path of paths) {
      for (const accept of ['text/html', 'application/json']) {
        const answer = await rawRequest(`${address}${path}`, { headers: { accept } })
        assert.ok(answer.status < 500 || path.startsWith('/health'), `${path}: ${answer.status}`)
        assertGuarded(path, answer)
        kinds.add(`${answer.status}`)
      }
    }
    assert.ok(kinds.has('200') && kinds.has('404') && kinds.has('401'), [...kinds].join())
    for (const line of [alice.headers['set-cookie'] ?? []].flat().map(String)) {
      if (!line.includes('quark-access') && !line.includes('quark-refresh')) continue
      assert.match(line, /^__Host-.*; Path=\/; HttpOnly; Secure; SameSite=Lax/)
    }
  })

  test('is for one person alone where it is about one', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const alice = await t.person('alice')
    for (const path of ['/', '/settings', '/write', '/api/v1/me', '/user/alice']) {
      const { status, headers } = await alice.get(path)
      assert.equal(status, 200, path)
      assert.equal(headers['cache-control'], 'private, no-store', path)
    }
    const goodbye = await (await t.person('bob')).post('/api/v1/auth/logout')
    assert.equal(goodbye.headers['clear-site-data'], '"storage"')
    const picture = await alice.upload('/api/v1/media', { bytes: await pictureOf('jpeg') })
    const { headers } = await alice.get(String(picture.json()['url']))
    assert.equal(headers['content-security-policy'], "default-src 'none'; sandbox")
  })
})

async function addressOf(trusted: string, peer: string, forwarded: string): Promise<unknown> {
  const { server } = readConfig({ QUARK_PORT: '0', QUARK_TRUST_PROXY: trusted })
  await using t = await buildTestStation({ dialect: 'sqlite', config: { server } })
  await t.person('alice')
  const { statusCode } = await t.station.http.inject({
    method: 'POST',
    url: '/api/v1/auth/login',
    remoteAddress: peer,
    headers: { host: '127.0.0.1:8000', 'x-forwarded-for': forwarded },
    payload: { login: 'alice', password: passwordOf('alice') },
  })
  assert.equal(statusCode, 200)
  const [row] = await t.station.database.reader.all(
    `select ip from sessions where ip <> '127.0.0.1'`,
  )
  return row?.['ip']
}

test('what cannot be had of the built files is not there, and no failure', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const home = await t.stranger().get('/')
  const [, sheet = ''] = /href="(\/assets\/[^"]+\.css)"/.exec(home.text) ?? []
  assert.equal((await t.stranger().get(sheet)).status, 200)
  const asked: [string, Record<string, string>][] = [
    ['/assets/', {}],
    ['/assets', {}],
    ['/assets/.hidden', {}],
    [sheet, { range: 'bytes=999999999-' }],
    [sheet, { 'if-match': '"another"' }],
  ]
  for (const [path, headers] of asked) {
    const { status } = await t.stranger().get(path, { headers })
    assert.equal(status, 404, `${path} ${JSON.stringify(headers)}`)
  }
  assert.deepEqual(t.warnings, [])
})

suite('the address of whoever signs in', () => {
  test('is what their connection says, whatever they write into headers', async () => {
    assert.equal(await addressOf('', '198.51.100.7', '203.0.113.9'), '198.51.100.7')
    assert.equal(await addressOf('10.0.0.0/8', '198.51.100.7', '203.0.113.9'), '198.51.100.7')
  })

  test('is what a trusted proxy has added, not what was sent to it', async () => {
    assert.equal(await addressOf('10.0.0.0/8', '10.1.2.3', '6.6.6.6, 203.0.113.9'), '203.0.113.9')
  })
})
