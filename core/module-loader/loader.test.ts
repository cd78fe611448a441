import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { DataFolder } from '../../test/support/data-folder.ts'
import { DIALECTS } from '../../test/support/databases.ts'
import { ModuleFolder } from '../../test/support/module-folder.ts'
import { buildTestStation, type TestStation } from '../../test/support/station.ts'
import { nextTry } from './journal.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const HELLO = join(ROOT, 'examples/modules/hello')
const NODE = join(ROOT, 'node_modules/.bin/node')

const THING = {
  type: 'object',
  required: ['text'],
  properties: { text: { type: 'string' } },
  additionalProperties: false,
}

function reasonOf(t: TestStation, id: string): string {
  return t.station.loader.modules.find((module) => module.id === id)?.reason ?? ''
}

function statuses(t: TestStation): Record<string, string> {
  return Object.fromEntries(t.station.loader.modules.map(({ id, status }) => [id, status]))
}

/** One of everything a module can bind, and then a failure. */
const BINDS_ALL = {
  manifest: {
    events: {
      subscribes: { 'user.created': { version: 1 } },
      publishes: { 'bad.done': { version: 1 } },
    },
    calls: { provides: { 'bad.call': { version: 1 } }, uses: {} },
    routes: [{ method: 'GET', path: '/x', policy: 'public' }],
    slots: ['nav'],
    collections: ['things'],
    jobs: [{ id: 'tidy', cron: '0 * * * *' }],
  },
  register: [
    `app.eventBus.define('bad.done', { type: 'object' })`,
    `app.onEvent('user.created', () => { throw new Error('never delivered') })`,
    `app.provide('bad.call', { input: {}, output: {} }, async () => 'never answered')`,
    `app.route('GET', '/x', { policy: 'public', summary: '' }, async () => ({ body: 1 }))`,
    `app.slot('nav', async () => ({ title: 'never shown' }))`,
    `app.store('things')`,
    `app.job('tidy', '0 * * * *', async () => {})`,
  ],
}

async function nothingBoundBy(t: TestStation, id: string): Promise<void> {
  assert.deepEqual(
    t.station.router.routes.filter(({ module }) => module === id),
    [],
  )
  await assert.rejects(t.station.calls.call('bad.call', {}), { code: 'QL_CALL_UNAVAILABLE' })
  assert.ok(!(await t.station.bus.lag()).some(({ consumer }) => consumer.startsWith(`${id}/`)))
  const landing = await t.stranger().get('/')
  assert.equal(landing.status, 200)
  assert.doesNotMatch(landing.text, /never shown/)
  const jobs = await t.station.database.reader.all('select id from jobs')
  assert.deepEqual(
    jobs.filter(({ id: job }) => String(job).startsWith(`${id}/`)),
    [],
  )
}

test('what staff do is not given to code that the station does not ship with', async () => {
  using folder = new ModuleFolder()
  const manifest = { permissions: ['administration'] }
  const register = [`await app.administration.people.counts()`]
  folder.plant('greedy', { manifest, register })
  folder.plant('hopeful', { manifest })
  folder.plant('sly', { register })
  await using t = await buildTestStation({ dialect: 'sqlite', modulesDir: folder.dir })
  assert.deepEqual(statuses(t), { greedy: 'failed', hopeful: 'failed', sly: 'failed' })
  assert.match(reasonOf(t, 'hopeful'), /module\.json:\d+: hopeful asks for administration, which/)
  for (const id of ['greedy', 'sly']) {
    assert.match(reasonOf(t, id), new RegExp(`${id} lacks the permission administration`))
  }
})

suite('a module that fails while it registers', () => {
  test('is failed with file and line, leaves nothing bound, and others go on', async () => {
    using folder = new ModuleFolder()
    const { manifest, register } = BINDS_ALL
    folder.plant('bad-async', { manifest, register: [...register, `throw new Error('no luck')`] })
    folder.plant('bad-sync', { manifest })
    const sync = ['export function register(app) {', ...register, `throw new Error('no luck')`, '}']
    folder.write('bad-sync/index.ts', sync.join('\n'))
    folder.plant('bad-syntax')
    folder.write('bad-syntax/index.ts', 'export function register(app) {\n  const = 1\n}\n')
    folder.plant('never', { register: ['await new Promise(() => {})'] })
    folder.bring(HELLO)
    await using t = await buildTestStation({ dialect: 'sqlite', modulesDir: folder.dir })
    assert.deepEqual(statuses(t), {
      'bad-async': 'failed',
      'bad-sync': 'failed',
      'bad-syntax': 'failed',
      hello: 'enabled',
      never: 'failed',
    })
    assert.match(reasonOf(t, 'bad-async'), /no luck .*\/bad-async\/index\.ts:9:/)
    assert.match(reasonOf(t, 'bad-sync'), /no luck .*\/bad-sync\/index\.ts:9:/)
    assert.match(reasonOf(t, 'bad-syntax'), /\/bad-syntax\/index\.ts:2/)
    assert.match(reasonOf(t, 'never'), /\/never\/index\.ts.* 5000 ms/)
    for (const id of ['bad-async', 'bad-sync', 'bad-syntax', 'never']) await nothingBoundBy(t, id)
    assert.equal((await t.stranger().get('/health')).status, 200)
    const greeting = await t.stranger().get('/api/v1/hello/greetings/nobody')
    assert.equal(greeting.json()['code'], 'no-greeting')
  })

  test('is not tried again by a restart, only by a change of its folder', async () => {
    using folder = new ModuleFolder()
    using data = new DataFolder()
    const tries = countedIn('tries')
    folder.plant('bad', { register: [`globalThis.tries++`, `throw new Error('no luck')`] })
    const options = { dialect: 'sqlite', modulesDir: folder.dir, dataDir: data.dir } as const
    for (const attempt of ['first', 'second']) {
      await using t = await buildTestStation(options)
      assert.deepEqual(statuses(t), { bad: 'failed' }, attempt)
      assert.match(reasonOf(t, 'bad'), /no luck .*bad\/index\.ts:3/)
    }
    assert.equal(tries(), 1)
    /* Another entry, because this process has read the first one for good. */
    folder.plant('bad', { manifest: { entry: 'mended.ts' }, register: [`globalThis.tries++`] })
    await using t = await buildTestStation(options)
    assert.deepEqual(statuses(t), { bad: 'enabled' })
    assert.equal(tries(), 2)
  })

  test('takes back what it has bound when only the last binding is refused', async () => {
    using folder = new ModuleFolder()
    const { manifest, register } = BINDS_ALL
    folder.plant('bad', {
      manifest: { ...manifest, jobs: [{ id: 'tidy', cron: 'whenever' }] },
      register: [...register.slice(0, -1), `app.job('tidy', 'whenever', async () => {})`],
    })
    await using t = await buildTestStation({ dialect: 'sqlite', modulesDir: folder.dir })
    assert.deepEqual(statuses(t), { bad: 'failed' })
    await nothingBoundBy(t, 'bad')
  })
})

/** How often the modules of a test have counted `globalThis[name]` up. */
function countedIn(name: string): () => number {
  Reflect.set(globalThis, name, 0)
  return () => Number(Reflect.get(globalThis, name))
}

const requires = (modules: Record<string, string>) => ({ requires: { modules, optional: {} } })

suite('requirements', () => {
  const runs = { register: ['globalThis.ran++'] }

  test('that cannot be met refuse a module before any of its code runs', async () => {
    using folder = new ModuleFolder()
    const ran = countedIn('ran')
    folder.plant('ring-a', { ...runs, manifest: requires({ 'ring-b': '^1.0' }) })
    folder.plant('ring-b', { ...runs, manifest: requires({ 'ring-c': '^1.0' }) })
    folder.plant('ring-c', { ...runs, manifest: requires({ 'ring-a': '^1.0' }) })
    folder.plant('shop', { ...runs, manifest: { version: '1.4.0' } })
    folder.plant('too-new', { ...runs, manifest: requires({ shop: '^2' }) })
    folder.plant('lonely', { ...runs, manifest: requires({ nobody: '^1.0' }) })
    folder.plant('behind', { ...runs, manifest: requires({ lonely: '^1.0' }) })
    folder.plant('future', { ...runs, manifest: { api: '^2' } })
    folder.plant('content', { ...runs, manifest: requires({ shop: '^1.2' }) })
    await using t = await buildTestStation({ dialect: 'sqlite', modulesDir: folder.dir })
    const invalid = ['ring-a', 'ring-b', 'ring-c', 'too-new', 'lonely', 'behind', 'future']
    assert.deepEqual(statuses(t), {
      ...Object.fromEntries(invalid.map((id) => [id, 'invalid'])),
      shop: 'enabled',
      content: 'enabled',
    })
    assert.equal(ran(), 2)
    assert.match(reasonOf(t, 'ring-a'), /ring-a → ring-b → ring-c → ring-a/)
    assert.match(reasonOf(t, 'ring-c'), /ring-c → ring-a → ring-b → ring-c/)
    assert.match(reasonOf(t, 'too-new'), /Requires shop \^2, but 1\.4\.0 is here/)
    assert.match(reasonOf(t, 'lonely'), /Requires the module nobody \^1\.0, which is not here/)
    assert.match(reasonOf(t, 'behind'), /Requires lonely, which cannot run/)
    assert.match(reasonOf(t, 'future'), /future\/module\.json:\d+: Needs the contract \^2/)
    assert.equal((await t.stranger().get('/health')).status, 200)
  })

  test('on a module that fails keep those behind it back', async () => {
    using folder = new ModuleFolder()
    const ran = countedIn('ran')
    folder.plant('base', { register: [`throw new Error('no luck')`] })
    folder.plant('upon', { ...runs, manifest: requires({ base: '^1.0' }) })
    await using t = await buildTestStation({ dialect: 'sqlite', modulesDir: folder.dir })
    assert.deepEqual(statuses(t), { base: 'failed', upon: 'failed' })
    assert.match(reasonOf(t, 'upon'), /Requires base, which does not run/)
    assert.equal(ran(), 0)
  })
})

suite('what is declared and what is bound', () => {
  const cases = {
    event: {
      register: [`app.onEvent('user.created', () => {})`],
      tells: `Add to /events/subscribes of module.json: "user.created": { "version": 1 }`,
    },
    fact: {
      register: [`app.eventBus.define('fact.done', {})`],
      tells: `Add to /events/publishes of module.json: "fact.done": { "version": 1 }`,
    },
    call: {
      register: [`app.provide('call.it', { input: {}, output: {} }, async () => 1)`],
      tells: `Add to /calls/provides of module.json: "call.it": { "version": 1 }`,
    },
    route: {
      register: [`app.route('PUT', '/x', { policy: 'member', summary: '' }, async () => ({}))`],
      tells: `Add to /routes of module.json: {"method":"PUT","path":"/x","policy":"member"}`,
    },
    page: {
      register: [`app.page('/x', { policy: 'public' }, async () => ({}))`],
      tells: `Add to /pages of module.json: {"method":"GET","path":"/x","policy":"public"}`,
    },
    slot: {
      register: [`app.slot('nav', async () => null)`],
      tells: `Add to /slots of module.json: "nav"`,
    },
    store: {
      register: [`app.store('things')`],
      tells: `Add to /collections of module.json: "things"`,
    },
    job: {
      register: [`app.job('tidy', '0 * * * *', async () => {})`],
      tells: `Add to /jobs of module.json: {"id":"tidy","cron":"0 * * * *"}`,
    },
    policy: {
      register: [`app.route('GET', '/x', { policy: 'public', summary: '' }, async () => ({}))`],
      manifest: { routes: [{ method: 'GET', path: '/x', policy: 'admin' }] },
      tells: `Add to /routes of module.json: {"method":"GET","path":"/x","policy":"public"}`,
    },
  }

  test('differ: the line of code is named, and the JSON to add', async () => {
    using folder = new ModuleFolder()
    for (const [id, planted] of Object.entries(cases)) folder.plant(`un-${id}`, planted)
    await using t = await buildTestStation({ dialect: 'sqlite', modulesDir: folder.dir })
    for (const [id, { tells }] of Object.entries(cases)) {
      const reason = reasonOf(t, `un-${id}`)
      assert.ok(reason.includes(`/un-${id}/index.ts:2: `), reason)
      assert.ok(reason.includes(tells), reason)
    }
    assert.ok(Object.values(statuses(t)).every((status) => status === 'failed'))
  })

  test('differ: the line of the manifest is named, and the code to add', async () => {
    using folder = new ModuleFolder()
    folder.plant('idle', { manifest: BINDS_ALL.manifest })
    await using t = await buildTestStation({ dialect: 'sqlite', modulesDir: folder.dir })
    const reason = reasonOf(t, 'idle')
    const code = [
      `app.onEvent('user.created', …)`,
      `app.eventBus.define('bad.done', schema)`,
      `app.provide('bad.call', …)`,
      `app.route('GET', '/x', { policy: 'public', … }, …)`,
      `app.slot('nav', …)`,
      `app.store('things')`,
      `app.job('tidy', '0 * * * *', …)`,
    ]
    for (const line of code) assert.ok(reason.includes(`Add ${line} to register()`), reason)
    assert.equal(reason.match(/\/idle\/module\.json:\d+: /g)?.length, code.length)
  })

  test('a route without a policy stops its module, and only that one', async () => {
    using folder = new ModuleFolder()
    folder.plant('open-door', {
      manifest: { routes: [{ method: 'GET', path: '/x', policy: 'public' }] },
      register: [`app.route('GET', '/x', { summary: '' }, async () => ({ body: 1 }))`],
    })
    folder.bring(HELLO)
    await using t = await buildTestStation({ dialect: 'sqlite', modulesDir: folder.dir })
    assert.deepEqual(statuses(t), { hello: 'enabled', 'open-door': 'failed' })
    assert.match(reasonOf(t, 'open-door'), /GET \/x has no policy.*open-door\/index\.ts:2/)
    assert.equal((await t.stranger().get('/api/v1/open-door/x')).status, 404)
  })
})

suite('a folder in modules/', () => {
  test('dropped in is found at the next start', async () => {
    using folder = new ModuleFolder()
    using data = new DataFolder()
    const options = { dialect: 'sqlite', modulesDir: folder.dir, dataDir: data.dir } as const
    {
      await using t = await buildTestStation(options)
      assert.deepEqual(statuses(t), {})
      assert.equal(
        (await t.stranger().get('/api/v1/hello/greetings/1')).json()['code'],
        'QL_NOT_FOUND',
      )
    }
    folder.bring(HELLO)
    await using t = await buildTestStation(options)
    assert.deepEqual(statuses(t), { hello: 'enabled' })
    assert.equal(
      (await t.stranger().get('/api/v1/hello/greetings/1')).json()['code'],
      'no-greeting',
    )
  })

  test('that is no module, or holds a link to nowhere, stops no other', async () => {
    using folder = new ModuleFolder()
    folder.write('notes/readme.txt', 'not a module')
    folder.write('torn/module.json', '{ "id": "torn",')
    folder.plant('linked')
    symlinkSync('nowhere', join(folder.dir, 'linked', 'dangling'))
    folder.bring(HELLO)
    await using t = await buildTestStation({ dialect: 'sqlite', modulesDir: folder.dir })
    const expected = { hello: 'enabled', linked: 'enabled', notes: 'invalid', torn: 'invalid' }
    assert.deepEqual(statuses(t), expected)
    assert.match(reasonOf(t, 'notes'), /There is no module\.json/)
    assert.match(reasonOf(t, 'torn'), /torn\/module\.json.*Not valid JSON/)
  })

  test('whose code kills the process while it is enabled is quarantined at the next start', async () => {
    using folder = new ModuleFolder()
    using data = new DataFolder()
    folder.plant('deadly', { register: [`process.kill(process.pid, 'SIGKILL')`] })
    folder.bring(HELLO)
    const env = {
      ...process.env,
      QUARK_MODULES_DIR: folder.dir,
      QUARK_DATA_DIR: data.dir,
      QUARK_PORT: '0',
      QUARK_LOG_FILE: 'off',
    }
    const child = spawn(NODE, ['main.ts'], { cwd: ROOT, env, stdio: 'ignore' })
    const [, signal] = await once(child, 'exit')
    assert.equal(signal, 'SIGKILL')

    const options = { dialect: 'sqlite', modulesDir: folder.dir, dataDir: data.dir } as const
    for (const start of ['first', 'second']) {
      await using t = await buildTestStation(options)
      assert.deepEqual(statuses(t), { deadly: 'quarantined', hello: 'enabled' }, start)
      assert.match(reasonOf(t, 'deadly'), /stopped while this module was being enabled/)
    }
    folder.plant('deadly', { manifest: { entry: 'mended.ts' } })
    await using t = await buildTestStation(options)
    assert.deepEqual(statuses(t), { deadly: 'enabled', hello: 'enabled' })
  })
})

const row = (operation: string | null) => ({ operation, state: 'enabled' }) as const

test('a module that has run before is tried three times before it is given up', () => {
  const isolated = { level: 'isolated' } as const
  assert.equal(nextTry(isolated, undefined), 'enable')
  assert.equal(nextTry(isolated, row('enable')), null)
  assert.equal(nextTry(isolated, row(null)), 'resume 1')
  assert.equal(nextTry(isolated, row('resume 1')), 'resume 2')
  assert.equal(nextTry(isolated, row('resume 3')), null)
  assert.equal(nextTry({ level: 'core' }, undefined), 'resume 1')
})

for (const dialect of DIALECTS) {
  test(`${dialect}: a handler that fails three times has its effects once, in order, and holds up no other subject`, async () => {
    using folder = new ModuleFolder()
    folder.plant('flaky', {
      manifest: {
        events: {
          subscribes: { 'thing.done': { version: 1 } },
          publishes: { 'flaky.saw': { version: 1 } },
        },
        collections: ['seen'],
      },
      register: [
        `const seen = app.store('seen')`,
        `const tries = new Map()`,
        `app.eventBus.define('flaky.saw', ${JSON.stringify(THING)})`,
        `app.onEvent('thing.done', async ({ subject, data }) => {`,
        `  const attempt = (tries.get(data.text) ?? 0) + 1`,
        `  tries.set(data.text, attempt)`,
        `  await seen.put(data.text, { attempt })`,
        `  await app.eventBus.publish('flaky.saw', data, { subject })`,
        `  if (data.text === 'first' && attempt <= 3) throw new Error('not yet')`,
        `  if (data.text === 'poison') throw new Error('never')`,
        `})`,
      ],
    })
    await using t = await buildTestStation({ dialect, modulesDir: folder.dir })
    const happens = (subject: string, text: string): Promise<unknown> =>
      t.station.database.transaction((tx) =>
        t.station.bus.publish(tx, { type: 'thing.done', subject, data: { text }, source: '/test' }),
      )
    const effects = (): string[] =>
      t.events
        .filter(({ type }) => type === 'flaky.saw')
        .map(({ data }) => (data as { text: string }).text)
    const documents = async (): Promise<unknown[]> => {
      const rows = await t.station.database.reader.all(
        `select id, document from module_documents where module = 'flaky' order by updated_at, id`,
      )
      return rows.map(({ id, document }) => [id, JSON.parse(String(document))])
    }
    await happens('s/1', 'first')
    await happens('s/1', 'second')
    await happens('s/2', 'other')
    await happens('s/3', 'poison')
    await t.settle()
    assert.deepEqual(effects(), ['other'])
    assert.deepEqual(await documents(), [['other', { attempt: 1 }]])
    for (const seconds of [2, 7]) {
      t.clock.advance({ seconds })
      await t.settle()
      assert.deepEqual(effects(), ['other'])
    }
    t.clock.advance({ seconds: 40 })
    await t.settle()
    assert.deepEqual(effects(), ['other', 'first', 'second'])
    assert.deepEqual(await documents(), [
      ['other', { attempt: 1 }],
      ['first', { attempt: 4 }],
      ['second', { attempt: 1 }],
    ])
    for (const minutes of [3, 13]) {
      t.clock.advance({ minutes })
      await t.settle()
    }
    const letters = await t.station.bus.deadLetters.list()
    assert.deepEqual(
      letters.map(({ consumer, attempts, error, event }) => [
        consumer,
        attempts,
        error,
        event.subject,
      ]),
      [['flaky/thing.done', 6, 'Error: never', 's/3']],
    )
    assert.deepEqual(effects(), ['other', 'first', 'second'])
  })
}
