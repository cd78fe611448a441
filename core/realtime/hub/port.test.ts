import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { ModuleFolder } from '../../../test/support/module-folder.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import type { Visitor } from '../../../test/support/visitor.ts'

const USERS = new URL('../../../modules/user-management', import.meta.url).pathname

const ECHO = {
  permissions: ['realtime'],
  methods: [{ name: 'echo.say', policy: 'member' }],
}
const INPUT = `{ type: 'object', required: ['text'], properties: { text: { type: 'string' } }, additionalProperties: false }`

function stationOf(modules: ModuleFolder, dialect: (typeof DIALECTS)[number] = 'sqlite') {
  modules.bring(USERS)
  return buildTestStation({ dialect, modulesDir: modules.dir })
}

async function logOf(t: TestStation, { id }: Visitor): Promise<[string, string][]> {
  const updates = await t.station.realtime.updates.read(id, 0, 100)
  return updates.map(({ type, data }) => [type, data])
}

for (const dialect of DIALECTS) {
  test(`${dialect}: a module tells people through the port, in a delivery and in its own transaction`, async () => {
    using modules = new ModuleFolder()
    modules.plant('greeter', {
      manifest: {
        permissions: ['realtime'],
        events: { subscribes: { 'user.created': { version: 1 } }, publishes: {} },
      },
      register: [
        `app.onEvent('user.created', async ({ data }) => {`,
        `  await app.realtime.push(data.id, 'greeter.hello', { name: data.username })`,
        `})`,
      ],
    })
    modules.plant('keeper', {
      manifest: {
        level: 'core',
        permissions: ['realtime'],
        routes: [{ method: 'POST', path: '/keep/:id', policy: 'public' }],
      },
      register: [
        `app.route('POST', '/keep/:id', { policy: 'public', summary: '' }, async ({ params, body }) => {`,
        `  await app.db().transaction(async (tx) => {`,
        `    await tx.push(params.id, 'keeper.kept', { n: 1 })`,
        `    if (body.fail) throw new Error('rolled back')`,
        `  })`,
        `  return { body: {} }`,
        `})`,
      ],
    })
    await using t = await stationOf(modules, dialect)
    const alice = await t.person('alice')
    await t.settle()
    assert.equal((await alice.post(`/api/v1/keeper/keep/${alice.id}`, { fail: true })).status, 500)
    assert.equal((await alice.post(`/api/v1/keeper/keep/${alice.id}`)).status, 200)
    assert.deepEqual(await logOf(t, alice), [
      ['greeter.hello', '{"name":"alice"}'],
      ['keeper.kept', '{"n":1}'],
    ])
  })
}

test('a method is a POST under its policy and schema, and stands in the contract', async () => {
  using modules = new ModuleFolder()
  modules.plant('echo', {
    manifest: ECHO,
    register: [
      `app.method('echo.say', { policy: 'member', summary: 'Says it back', input: ${INPUT}, output: {} },`,
      `  async ({ input, actor }) => ({ heard: input.text, from: actor.username }))`,
    ],
  })
  await using t = await stationOf(modules)
  const alice = await t.person('alice')
  const said = await alice.post('/api/v1/rt/echo.say', { text: 'hi' })
  assert.deepEqual([said.status, said.json()], [200, { heard: 'hi', from: 'alice' }])
  assert.equal((await alice.post('/api/v1/rt/echo.say', { txt: 'hi' })).status, 422)
  assert.equal((await t.stranger().post('/api/v1/rt/echo.say', { text: 'hi' })).status, 401)
  const { paths } = (await alice.get('/api/openapi.json')).json<{ paths: Record<string, object> }>()
  assert.ok(paths['/api/v1/rt/echo.say'])
})

test('a method without a policy, or on one side only, does not start', async () => {
  using modules = new ModuleFolder()
  const options = `summary: '', input: {}, output: {}`
  modules.plant('open', {
    manifest: { methods: [{ name: 'open.all', policy: 'public' }] },
    register: [`app.method('open.all', { ${options} }, async () => ({}))`],
  })
  modules.plant('silent', { manifest: { methods: [{ name: 'silent.say', policy: 'member' }] } })
  modules.plant('sneaky', {
    register: [`app.method('sneaky.say', { policy: 'member', ${options} }, async () => ({}))`],
  })
  await using t = await stationOf(modules)
  const reasons = new Map(t.station.loader.modules.map(({ id, reason }) => [id, reason ?? '']))
  assert.match(reasons.get('open') ?? '', /open\.all has no policy/)
  assert.match(
    reasons.get('silent') ?? '',
    /silent\.say member is declared but never bound.*app\.method/,
  )
  assert.match(reasons.get('sneaky') ?? '', /bound but not declared.*\/methods.*"sneaky\.say"/)
})

test('a module without the permission tells nobody anything', async () => {
  using modules = new ModuleFolder()
  modules.plant('loud', {
    manifest: { routes: [{ method: 'POST', path: '/x/:id', policy: 'public' }] },
    register: [
      `app.route('POST', '/x/:id', { policy: 'public', summary: '' }, async ({ params }) => {`,
      `  await app.realtime.push(params.id, 'loud.noise', {})`,
      `})`,
    ],
  })
  await using t = await stationOf(modules)
  const alice = await t.person('alice')
  assert.equal((await alice.post(`/api/v1/loud/x/${alice.id}`)).status, 500)
  assert.ok(t.warnings.some((line) => line.includes('lacks the permission realtime')))
  assert.deepEqual(await logOf(t, alice), [])
})
