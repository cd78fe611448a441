import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { PlantedTree } from '../test/support/planted-tree.ts'

interface Run {
  readonly code: number
  readonly said: string
}

const asked: string[] = []
let mostAtOnce = 0
let atOnce = 0
const server = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`)
  atOnce += 1
  mostAtOnce = Math.max(mostAtOnce, atOnce)
  setTimeout(() => {
    atOnce -= 1
    response.statusCode = request.url === '/missing' ? 404 : 200
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end('<a href="/user/alice/blog/first-post">first</a><rss></rss>')
  }, 20)
})

async function load(script: string, ...flags: string[]): Promise<Run> {
  asked.length = 0
  mostAtOnce = 0
  using tree = new PlantedTree(tmpdir(), { 'script.mjs': script })
  return await start(join(tree.root, 'script.mjs'), ...flags)
}

function start(...args: string[]): Promise<Run> {
  const { port } = server.address() as AddressInfo
  const env = { ...process.env, BASE_URL: `http://127.0.0.1:${port}` }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(import.meta.dirname, 'run.ts'), ...args],
      { env },
      (error, out, err) => {
        const code = typeof error?.code === 'number' ? error.code : 0
        resolve({ code, said: `${out}${err}` })
      },
    )
  })
}

const READ = `
  import http from 'k6/http'
  import { check, sleep } from 'k6'
  export default function () {
    const answer = http.get(__ENV.BASE_URL + '/page', { tags: { page: 'one' } })
    check(answer, {
      'is there': (it) => it.status === 200,
      'is html': (it) => it.headers['Content-Type'].startsWith('text/html'),
    })
    sleep(0.01)
  }
`

suite('the runner for k6 scripts', { concurrency: false, timeout: 60_000 }, () => {
  before(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening')
  })
  after(() => server.close())

  test('shares the iterations among its users, who ask at the same time', async () => {
    const { code, said } = await load(`${READ}; export const options = { vus: 3, iterations: 12 }`)
    assert.equal(code, 0, said)
    assert.equal(asked.length, 12)
    assert.ok(mostAtOnce > 1 && mostAtOnce <= 3, `${mostAtOnce} at once`)
    assert.match(said, /✓ is there/)
    assert.match(said, /checks\.+: 100% ✓ 24 ✗ 0/)
    assert.match(said, /http_reqs\.+: 12 /)
    assert.match(said, /http_req_duration\.+: avg=\d/)
  })

  test('a threshold that is met is shown and one that is missed ends with code 99', async () => {
    const options = `export const options = { iterations: 3, thresholds: {
      http_req_failed: ['rate<0.01'],
      'http_req_duration{page:one}': ['p(95)<5000', 'p(95)<1'],
    } }`
    const { code, said } = await load(`${READ};${options}`)
    assert.equal(code, 99, said)
    assert.match(said, /✓ 'rate<0\.01' \(0\)/)
    assert.match(said, /✓ 'p\(95\)<5000'/)
    assert.match(said, /✗ 'p\(95\)<1' \(\d/)
    assert.match(said, /Thresholds missed: http_req_duration\{page:one\}/)
  })

  test('a threshold without a measurement is missed', async () => {
    const options = `export const options = { thresholds: { nothing: ['rate<1'] } }`
    const { code, said } = await load(`${READ};${options}`)
    assert.equal(code, 99)
    assert.match(said, /'rate<1' \(no measurements\)/)
  })

  test('failed answers and failed checks are counted', async () => {
    const { code, said } = await load(`
      import { get } from 'k6/http'
      import { check } from 'k6'
      import { Counter } from 'k6/metrics'
      const seen = new Counter('seen')
      export const options = { iterations: 4, thresholds: { http_req_failed: ['rate<0.5'] } }
      export default () => {
        const answer = get(__ENV.BASE_URL + (__ITER === 0 ? '/page' : '/missing'))
        check(answer, { 'is there': ({ status }) => status === 200 })
        seen.add(2)
      }
    `)
    assert.equal(code, 99)
    assert.match(said, /✗ is there\n\s+↳ {2}25% — ✓ 1 \/ ✗ 3/)
    assert.match(said, /✗ 'rate<0\.5' \(0\.75\)/)
    assert.match(said, /seen\.+: 8 /)
  })

  test('stages raise and lower the number of users and end on time', async () => {
    const startedMs = performance.now()
    const { code, said } = await load(`${READ}; export const options = { vus: 1, stages: [
      { duration: '300ms', target: 4 }, { duration: '300ms', target: 0 } ] }`)
    assert.equal(code, 0, said)
    assert.match(said, /vus\.+: \d min=\d max=[2-4]/)
    assert.ok(performance.now() - startedMs < 10_000)
  })

  test('what setup returns reaches every user', async () => {
    const { code, said } = await load(`
      import http from 'k6/http'
      export const options = { vus: 2, iterations: 4 }
      export function setup() { return { path: '/' + http.get(__ENV.BASE_URL + '/start').status } }
      export default function ({ path }) { http.post(__ENV.BASE_URL + path, { a: 'b' }) }
    `)
    assert.equal(code, 0, said)
    assert.deepEqual(asked, ['GET /start', ...Array.from({ length: 4 }, () => 'POST /200')])
  })

  test('flags stand above the options of the script', async () => {
    const script = `${READ}; export const options = { stages: [{ duration: '1h', target: 9 }] }`
    assert.equal((await load(script, '--iterations', '2')).code, 0)
    assert.equal(asked.length, 2)
  })

  test('an error inside an iteration is named and the run goes on', async () => {
    const { code, said } = await load(`
      export const options = { iterations: 3 }
      export default function () { throw new Error('broken page') }
    `)
    assert.equal(code, 0)
    assert.match(said, /3 × Error: broken page/)
    assert.match(said, /iteration_errors\.+: 3 /)
  })

  test('a script that cannot start ends with code 107 and says why', async () => {
    const failing = `import { fail } from 'k6'
      export function setup() { fail('no posts here') }
      export default () => {}`
    const setup = await load(failing)
    assert.equal(setup.code, 107)
    assert.match(setup.said, /no posts here/)

    const foreign = await load('export const options = { scenarios: {} }; export default () => {}')
    assert.equal(foreign.code, 107)
    assert.match(foreign.said, /the runner knows vus, duration/)
  })

  test('the readers’ script finds the posts of a home page and reads them', async () => {
    const script = join(import.meta.dirname, 'read-posts.js')
    const { code, said } = await start(script, '--iterations', '1')
    // How fast a busy machine answers is not the subject here, hence a missed threshold may be.
    assert.ok(code === 0 || code === 99, said)
    for (const path of [
      '/user/alice/blog',
      '/user/alice/blog/first-post',
      '/user/alice/blog/feed.xml',
    ]) {
      assert.ok(asked.includes(`GET ${path}`), path)
    }
    assert.match(said, /✓ post is there/)
    assert.match(said, /http_req_duration\{page:post\}/)
  })
})
