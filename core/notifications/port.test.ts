import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { DIALECTS, type DialectName } from '../../test/support/databases.ts'
import { ModuleFolder } from '../../test/support/module-folder.ts'
import { buildTestStation, type TestStation } from '../../test/support/station.ts'
import type { NotificationLine } from './index.ts'

const USERS = fileURLToPath(new URL('../../modules/user-management', import.meta.url))
const KINDS = {
  hello: {
    title: { en: 'Greetings', ru: 'Приветствия' },
    defaults: { inApp: true, push: false, mail: false },
  },
}
const WORDS = `text: { en: 'welcomes you', ru: 'приветствует вас' }, url: '/posts'`

/** Greets everybody who comes, and keeps what it is posted together with a notification. */
function plant(modules: ModuleFolder, kind = 'hello'): void {
  modules.bring(USERS)
  modules.plant('greeter', {
    manifest: {
      notifications: KINDS,
      events: { subscribes: { 'user.created': { version: 1 } }, publishes: {} },
    },
    register: [
      `app.onEvent('user.created', ({ data }) =>`,
      `  app.notify(data.id, { kind: '${kind}', ${WORDS}, subject: 'user/' + data.id }))`,
    ],
  })
  modules.plant('keeper', {
    manifest: {
      level: 'core',
      notifications: KINDS,
      routes: [{ method: 'POST', path: '/keep/:id', policy: 'public' }],
    },
    register: [
      `app.route('POST', '/keep/:id', { policy: 'public', summary: '' }, async ({ params, body }) => {`,
      `  await app.db().transaction(async (tx) => {`,
      `    await tx.notify(params.id, { kind: 'hello', ${WORDS} })`,
      `    await tx.withdrawNotifications('user/' + params.id)`,
      `    if (body.fail) throw new Error('rolled back')`,
      `  })`,
      `  return { body: {} }`,
      `})`,
    ],
  })
}

async function kindsOf(t: TestStation, id: string): Promise<string[]> {
  const { items } = await t.station.notifications.list(id, 'en', { limit: 10 })
  return items.map(({ kind }: NotificationLine) => kind)
}

async function stationOf(modules: ModuleFolder, dialect: DialectName): Promise<TestStation> {
  return buildTestStation({ dialect, modulesDir: modules.dir })
}

for (const dialect of DIALECTS) {
  test(`${dialect}: a module tells people in a delivery and in its own transaction`, async () => {
    using modules = new ModuleFolder()
    plant(modules)
    await using t = await stationOf(modules, dialect)
    const alice = await t.person('alice')
    await t.settle()
    assert.deepEqual(await kindsOf(t, alice.id), ['greeter.hello'])
    assert.equal((await alice.post(`/api/v1/keeper/keep/${alice.id}`, { fail: true })).status, 500)
    assert.deepEqual(await kindsOf(t, alice.id), ['greeter.hello'])
    assert.equal((await alice.post(`/api/v1/keeper/keep/${alice.id}`)).status, 200)
    /* It could not take back what another module had said about the same subject. */
    assert.deepEqual(await kindsOf(t, alice.id), ['keeper.hello', 'greeter.hello'])
  })
}

test('a module cannot speak of kinds it does not declare, and is told where to write them', async () => {
  using modules = new ModuleFolder()
  plant(modules, 'security')
  await using t = await stationOf(modules, 'sqlite')
  const alice = await t.person('alice')
  await t.settle()
  assert.deepEqual(await kindsOf(t, alice.id), [])
  const waiting = await t.station.database.reader.all('select error from event_deliveries')
  assert.match(String(waiting[0]?.['error']), /greeter notifies of security\. Add it to \/notif/)
})
