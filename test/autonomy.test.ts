import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { readManifest } from '../core/module-loader/manifest/read-manifest.ts'
import { moduleFolders } from './support/house-order.ts'
import { ModuleFolder } from './support/module-folder.ts'
import { buildTestStation, type TestStation } from './support/station.ts'
import { passwordOf, type Visitor } from './support/visitor.ts'

const ROOT = join(import.meta.dirname, '..')
const CLIENT = { ip: '127.0.0.1', userAgent: 'test' }

const manifests = moduleFolders(ROOT)
  .filter((path) => path.startsWith('modules/'))
  .map((path) => readManifest(join(ROOT, path)))

/** What people mainly do with each module, as far as its neighbours that are there allow. */
const FLOWS: Readonly<Record<string, (t: TestStation) => Promise<void>>> = {
  'user-management': async (t) => {
    const anna = await t.person('anna')
    await expectPages(anna, ['/user/anna', '/settings', '/api/v1/me'])
    const browser = t.stranger()
    const login = { login: 'anna', password: passwordOf('anna') }
    assert.equal((await browser.post('/api/v1/auth/login', login)).status, 200)
    assert.equal((await browser.post('/api/v1/auth/logout')).status, 204)
  },
  blog: async (t) => {
    const username = 'boris'
    const asBoris = { headers: { authorization: await proofOf(t, username) } }
    const post = {
      title: 'Alone',
      content: { markdown: '# Hello' },
      tags: ['x'],
      status: 'published',
    }
    const made = await t.stranger().ask('POST', '/api/v1/posts', { json: post, ...asBoris })
    assert.equal(made.status, 201, made.text)
    const { url, id, rev } = made.json<{ url: string; id: string; rev: number }>()
    const blog = `/user/${username}/blog`
    const places = [
      url,
      blog,
      `${blog}/tag/x`,
      '/posts',
      '/feed.xml',
      `${blog}/atom.xml`,
      '/sitemap.xml',
    ]
    await expectPages(t.stranger(), places)
    assert.match((await t.stranger().get('/')).text, /Alone/)
    const writing = await t.stranger().get(`/write/${id}`, asBoris)
    assert.equal(writing.status, 200, writing.text)
    const change = { json: { baseRev: rev, title: 'Still alone' }, ...asBoris }
    assert.equal((await t.stranger().ask('PATCH', `/api/v1/posts/${id}`, change)).status, 200)
    assert.match((await t.stranger().get(url)).text, /Still alone/)
  },
  relations: async (t) => {
    const asVera = { headers: { authorization: await proofOf(t, 'vera') } }
    await proofOf(t, 'gleb')
    const path = '/api/v1/users/gleb/follow'
    const followed = await t.stranger().ask('PUT', path, { json: {}, ...asVera })
    assert.equal(followed.status, 200, followed.text)
    await expectPages(t.stranger(), ['/user/gleb/followers', '/user/vera/following'])
    assert.match((await t.stranger().get('/user/gleb/followers')).text, /@vera/)
  },
  messaging: async (t) => {
    const asYana = { headers: { authorization: await proofOf(t, 'yana') } }
    await proofOf(t, 'zoya')
    const ask = async <T>(name: string, json: object): Promise<T> => {
      const answer = await t.stranger().ask('POST', `/api/v1/rt/${name}`, { json, ...asYana })
      assert.equal(answer.status, 200, `${name}: ${answer.text}`)
      return answer.json<T>()
    }
    const { chat } = await ask<{ chat: { id: string } }>('chats.open', { username: 'zoya' })
    const message = { chat: chat.id, cid: 'alone-0001', text: 'Hello @zoya' }
    const sent = await ask<{ seq: number }>('msg.send', message)
    assert.equal(sent.seq, 1)
    const { items } = await ask<{ items: { text: string }[] }>('msg.history', { chat: chat.id })
    assert.deepEqual(
      items.map(({ text }) => text),
      ['Hello @zoya'],
    )
  },
  'admin-panel': async (t) => {
    const asInga = { headers: { authorization: await proofOf(t, 'inga') } }
    await t.station.database.transaction((tx) =>
      tx.session.run(`update identities set role = 'admin' where username = 'inga'`),
    )
    for (const path of ['/admin', '/admin/people', '/admin/settings', '/admin/events']) {
      assert.equal((await t.stranger().get(path, asInga)).status, 200, path)
    }
  },
  search: async (t) => {
    await expectPages(t.stranger(), ['/search', '/search?q=lake'])
    const found = await t.stranger().get('/api/v1/search?q=lake')
    assert.deepEqual(found.json(), { items: [], nextCursor: null })
    const asOlga = { headers: { authorization: await proofOf(t, 'olga') } }
    const said = await t.stranger().get('/api/v1/search?q=lake&type=messages', asOlga)
    assert.deepEqual(said.json(), { items: [], nextCursor: null })
    const hasChats = t.station.router.find('GET', '/chats') !== null
    const page = await t.stranger().get('/search?q=lake', asOlga)
    assert.equal(page.text.includes('type=messages'), hasChats)
  },
  moderation: async (t) => {
    const asVera = { headers: { authorization: await proofOf(t, 'nina') } }
    const report = { subject: 'post/1', path: '/posts', reason: 'spam' }
    const filed = await t.stranger().ask('POST', '/api/v1/reports', { json: report, ...asVera })
    assert.equal(filed.status, 201, filed.text)
    assert.equal(await t.station.calls.call('moderation.open-count', {}), 1)
  },
}

async function expectPages(visitor: Visitor, paths: readonly string[]): Promise<void> {
  for (const path of paths) assert.equal((await visitor.get(path)).status, 200, path)
}

/** A session of a new person; of a bare account while nobody keeps profiles. */
async function proofOf(t: TestStation, username: string): Promise<string> {
  if (t.station.loader.modules.some(({ id }) => id === 'user-management')) {
    return `Bearer ${(await t.person(username)).cookies.get('quark-access')}`
  }
  const { auth, database } = t.station
  const account = { username, email: `${username}@example.org`, password: passwordOf(username) }
  const prepared = await auth.prepare(account)
  const opened = await database.transaction(async (tx) =>
    auth.openSession(tx, await auth.create(tx, prepared), CLIENT),
  )
  return `Bearer ${(await auth.startSession(opened)).accessToken}`
}

async function expectHealthy(t: TestStation): Promise<void> {
  const places = ['/health', '/health/live', '/health/ready', '/', '/api/docs', '/api/openapi.json']
  await expectPages(t.stranger(), [...places, '/api/asyncapi.json'])
  const page = await t.stranger().get('/')
  for (const [, href = ''] of page.text.matchAll(/ href="(\/[^"]*)"/g)) {
    const { status } = await t.stranger().get(href.replaceAll('&amp;', '&'))
    assert.ok(status < 400, `/ leads to ${href}, which answers ${status}`)
  }
  assert.deepEqual(
    t.warnings.filter((line) => line.startsWith('error')),
    [],
  )
}

/** Modules that cannot run without `gone`, directly or through another. */
function dependantsOf(gone: string): Set<string> {
  const lost = new Set([gone])
  for (let size = 0; size !== lost.size;) {
    size = lost.size
    for (const { id, requires } of manifests) {
      if (Object.keys(requires.modules).some((needed) => lost.has(needed))) lost.add(id)
    }
  }
  return lost
}

suite('a test that needs a neighbour', () => {
  for (const { id, requires } of manifests) {
    test(`of ${id} needs one that its manifest names`, () => {
      const folder = join(ROOT, 'modules', id)
      const files = globSync('**/*.test.{ts,tsx}', { cwd: folder })
      const texts = files.map((path) => readFileSync(join(folder, path), 'utf8')).join('\n')
      const needed = [...texts.matchAll(/\bneeds\('([^']*)'\)/g)].map(([, name = '']) => name)
      const named = new Set([...Object.keys(requires.modules), ...Object.keys(requires.optional)])
      assert.deepEqual(
        needed.filter((name) => !named.has(name)),
        [],
      )
    })
  }
})

suite('the station', () => {
  test('knows what people do with every module', () => {
    assert.ok(manifests.length > 1)
    assert.deepEqual(Object.keys(FLOWS).toSorted(), manifests.map(({ id }) => id).toSorted())
  })

  test('with every module does all of it', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    for (const flow of Object.values(FLOWS)) await flow(t)
    await expectHealthy(t)
    assert.deepEqual(t.warnings, [])
  })

  for (const { id: gone } of manifests) {
    test(`without ${gone} is healthy, and the others do what they do`, async () => {
      using folder = new ModuleFolder(`without-${gone}`)
      for (const { id } of manifests) {
        if (id !== gone) folder.bring(join(ROOT, 'modules', id))
      }
      await using t = await buildTestStation({ dialect: 'sqlite', modulesDir: folder.dir })
      const lost = dependantsOf(gone)
      const expected = manifests.flatMap(({ id }) =>
        id === gone ? [] : [`${id}: ${lost.has(id) ? 'invalid' : 'enabled'}`],
      )
      const found = t.station.loader.modules.map(({ id, status }) => `${id}: ${status}`)
      assert.deepEqual(found, expected.toSorted())
      for (const [id, flow] of Object.entries(FLOWS)) if (!lost.has(id)) await flow(t)
      await t.settle()
      await expectHealthy(t)
      assert.equal(t.warnings.length, lost.size - 1, t.warnings.join('\n'))
    })
  }

  test('with no module at all is healthy', async () => {
    using folder = new ModuleFolder()
    await using t = await buildTestStation({ dialect: 'sqlite', modulesDir: folder.dir })
    assert.deepEqual(t.station.loader.modules, [])
    await expectHealthy(t)
    assert.equal((await t.stranger().get('/user/anna')).status, 404)
    assert.deepEqual(t.warnings, [])
  })

  test('whose folder of modules is not there is healthy', async () => {
    const modulesDir = join(ROOT, '.cache', 'test-modules', 'nothing-here')
    await using t = await buildTestStation({ dialect: 'sqlite', modulesDir })
    await expectHealthy(t)
  })
})
