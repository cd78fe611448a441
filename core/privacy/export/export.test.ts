import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { strFromU8, unzipSync } from 'fflate'
import { h } from 'preact'
import { DIALECTS } from '../../../test/support/databases.ts'
import { openWith, send } from '../../../test/support/messenger.ts'
import { photo } from '../../../test/support/pictures.ts'
import { buildTestStation } from '../../../test/support/station.ts'
import type { Visitor } from '../../../test/support/visitor.ts'
import { renderView } from '../../views/render-view.ts'
import { ArchiveData } from '../views/archive.tsx'
import { ArchivePages } from './archive-pages.ts'

const PATH = '/api/v1/me/export'

interface State {
  readonly id: string
  readonly state: string
  readonly percent: number
}

async function begin(person: Visitor): Promise<string> {
  const answer = await person.post(PATH)
  assert.equal(answer.status, 202, answer.text)
  return answer.json<{ id: string }>().id
}

async function stateOf(person: Visitor, id: string): Promise<State | undefined> {
  const list = (await person.get(PATH)).json<{ items: readonly State[] }>()
  return list.items.find((item) => item.id === id)
}

for (const dialect of DIALECTS) {
  suite(`an archive of one's data, on ${dialect}`, () => {
    test('holds what every keeper has, for programs and for reading', async () => {
      await using t = await buildTestStation({ dialect })
      const marie = await t.person('marie')
      const picture = await marie.upload('/api/v1/media', { bytes: await photo() })
      const { id: mediaId, url } = picture.json<{ id: string; url: string }>()
      const content = { markdown: `Ice <script>.\n\n![Lake](${url})` }
      const post = { title: 'First «ice»', content, status: 'published' }
      assert.equal((await marie.post('/api/v1/posts', post)).status, 201)
      const expected: string[] = []
      for await (const part of t.station.personalData.exports({ userId: marie.id })) {
        expected.push(...part.files.map(({ path }) => `${part.name}/${path}`))
      }
      const id = await begin(marie)
      await t.settle()
      const answer = await marie.get(`${PATH}/${id}`)
      assert.equal(answer.status, 200, answer.text)
      assert.equal(answer.headers['content-type'], 'application/zip')
      assert.match(String(answer.headers['content-disposition']), /^attachment; filename="quark-/)
      assert.equal(String(answer.headers['cache-control']), 'private, no-store')
      const files = unzipSync(answer.bytes)
      const text = (path: string): string => strFromU8(files[path] ?? new Uint8Array())
      const about = JSON.parse(text('export.json')) as { format: string; files: string[] }
      assert.equal(about.format, 'quark-export/1')
      for (const path of about.files) assert.ok(path in files, path)
      for (const path of expected) assert.ok(path in files, path)
      assert.match(text('auth/account.json'), /marie@example\.org/)
      const html = Object.keys(files).find((path) => path.endsWith('post.html')) ?? ''
      assert.match(text(html), /First «ice»/)
      assert.doesNotMatch(text(html), /<script>/)
      assert.match(text(html), new RegExp(`src="(\\.\\./)+media/${mediaId}\\.`))
      assert.ok(Object.keys(files).some((path) => path.startsWith(`media/${mediaId}.`)))
      assert.ok(`media/originals/${mediaId}` in files)
      for (const [, href = ''] of text('index.html').matchAll(/href="([^"]+)"/g)) {
        assert.ok(href.startsWith('http') || decodeURIComponent(href) in files, href)
      }
      const { items } = (await marie.get('/api/v1/notifications')).json<{
        items: { kind: string; url: string }[]
      }>()
      assert.deepEqual([items[0]?.kind, items[0]?.url], ['my-data', '/settings/data'])
      assert.deepEqual(t.warnings, [])
    })

    test('is read in the language of its person, and names what is kept in words', async () => {
      await using t = await buildTestStation({ dialect })
      const marie = await t.person('marie')
      assert.equal((await marie.patch('/api/v1/me', { locale: 'ru' })).status, 200)
      const messages = join(t.station.config.modulesDir, 'messaging')
      if (existsSync(messages)) await send(marie, (await openWith(marie, 'marie')).id, 'Words')
      const id = await begin(marie)
      await t.settle()
      const files = unzipSync((await marie.get(`${PATH}/${id}`)).bytes)
      const pages = Object.entries(files).filter(([path]) => path.endsWith('.json.html'))
      assert.ok(pages.length > 10, `${pages.length} pages`)
      for (const [path, bytes] of pages) {
        const names = [...strFromU8(bytes).matchAll(/<dt[^>]*>([^<]*)</g)].map(([, name]) => name)
        for (const name of names) assert.doesNotMatch(name ?? '', /[a-z](?:_|[A-Z])/, path)
      }
      const profile = strFromU8(files['user-management/profile.json.html'] ?? new Uint8Array())
      assert.match(profile, /<dt title="display_name">Имя<\/dt>/)
      const value = { seen_ms: Date.UTC(2026, 10, 29, 12) }
      const moment = renderView(h(ArchiveData, { t: String, locale: 'en', value }))
      assert.match(moment, /November 29, 2026/)
      const index = strFromU8(files['index.html'] ?? new Uint8Array())
      assert.deepEqual(
        [...index.matchAll(/<(?:h2|a href="[^"]*html")>([A-Za-z][^<]*)</g)].flat(),
        [],
      )
    })

    test('calls the parts of what is long by one name', () => {
      const pages = new ArchivePages({ t: (key) => key, locale: 'en' }, new Map())
      const paths = ['logs-0.json', 'logs-1000.json', 'logs-0198-2.json', 'two-words.json']
      for (const path of paths) pages.render('keeper', { path, json: [] })
      const facts = {
        stationName: '',
        origin: '',
        person: '',
        at: '2026-11-29T12:00:00Z',
        leftOut: [],
      }
      const names = [...pages.index(facts).matchAll(/html">([^<]*)</g)].map(([, name]) => name)
      assert.deepEqual(names, ['Logs', 'archive.part', 'archive.part', 'Two words'])
    })

    test('is nobody else’s, whoever they are', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const bob = await t.person('bob')
      const admin = await t.person('carol')
      await t.station.auth.residents.setRole('operator', admin.id, 'admin')
      const login = { login: 'carol', password: 'carol has a long password' }
      await admin.post('/api/v1/auth/login', login)
      const id = await begin(alice)
      for (const other of [bob, admin]) {
        assert.equal((await other.get(`${PATH}/${id}`)).status, 404)
        assert.equal((await other.delete(`${PATH}/${id}`)).status, 404)
        assert.equal(await stateOf(other, id), undefined)
        await other.submit('/settings/data/cancel', { id })
      }
      assert.equal((await t.stranger().get(`${PATH}/${id}`)).status, 401)
      await t.settle()
      for (const other of [bob, admin]) {
        assert.equal((await other.get(`${PATH}/${id}`)).status, 404)
      }
      assert.equal((await stateOf(alice, id))?.state, 'ready')
    })

    test('is one, however often it is asked for at once', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const ids = await Promise.all(Array.from({ length: 20 }, () => begin(alice)))
      assert.equal(new Set(ids).size, 1)
      await t.settle()
      const rows = await t.station.database.reader.all('select id from personal_exports')
      assert.equal(rows.length, 1)
      const folder = join(t.station.config.dataDir, 'exports')
      assert.deepEqual(readdirSync(folder), [`${ids[0]}.zip`])
    })

    test('can be stopped, and leaves no file', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const id = await begin(alice)
      assert.equal((await alice.delete(`${PATH}/${id}`)).status, 204)
      await t.settle()
      assert.equal((await stateOf(alice, id))?.state, 'cancelled')
      assert.equal((await alice.get(`${PATH}/${id}`)).status, 404)
      assert.deepEqual(readdirSync(join(t.station.config.dataDir, 'exports')), [])
      const again = await begin(alice)
      assert.notEqual(again, id)
      await t.settle()
      assert.equal((await alice.get(`${PATH}/${again}`)).status, 200)
      assert.deepEqual(t.warnings, [])
    })

    test('can be fetched for a week', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const id = await begin(alice)
      await t.settle()
      t.clock.advance({ hours: 24 * 7 + 1 })
      await alice.post('/api/v1/auth/login', {
        login: 'alice',
        password: 'alice has a long password',
      })
      assert.equal((await alice.get(`${PATH}/${id}`)).status, 404)
      /* Whether a tick of the station's own or this one takes it away: afterwards it is gone. */
      await t.station.scheduler.tick()
      assert.deepEqual(readdirSync(join(t.station.config.dataDir, 'exports')), [])
      assert.equal((await stateOf(alice, id))?.state, 'expired')
    })
  })
}
