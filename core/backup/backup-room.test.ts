import assert from 'node:assert/strict'
import { readdirSync, utimesSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { DIALECTS } from '../../test/support/databases.ts'
import { buildTestStation, type TestStation } from '../../test/support/station.ts'
import { passwordOf, type Visitor } from '../../test/support/visitor.ts'

const OWNER = { id: 'the-owner' }

async function staff(t: TestStation, role: 'owner' | 'admin'): Promise<Visitor> {
  const person = { username: `the-${role}`, email: `${role}@example.org`, role }
  await t.station.calls.call('users.create', { ...person, password: passwordOf(`the-${role}`) })
  const visitor = t.stranger()
  const login = { login: `the-${role}`, password: passwordOf(`the-${role}`) }
  assert.equal((await visitor.post('/api/v1/auth/login', login)).status, 200)
  return visitor
}

/** The night passes, with whatever is due in it. */
async function night(t: TestStation): Promise<void> {
  t.clock.advance({ hours: 24 })
  await t.station.scheduler.tick()
}

for (const dialect of DIALECTS) {
  suite(`the backups of a station on ${dialect}`, () => {
    test('are made every night, checked, and kept as many as is set', async () => {
      await using t = await buildTestStation({ dialect })
      const { backups, settings } = t.station
      await t.person('alice')
      await settings.change('backups', { keep: 2 }, OWNER)
      for (let day = 0; day < 3; day++) await night(t)
      const items = await backups.list()
      assert.deepEqual(
        items.map(({ kind, check }) => [kind, check?.problem]),
        [
          ['daily', null],
          ['daily', null],
        ],
      )
      assert.ok((items[0]?.madeAt ?? '') > (items[1]?.madeAt ?? ''))
      await settings.change('backups', { daily: false }, OWNER)
      await night(t)
      assert.deepEqual(await backups.list(), items)
      assert.equal((await backups.state()).last?.problem, null)
      assert.deepEqual(t.warnings, [])
    })

    test('are made, checked and downloaded on a page, by those who may', async () => {
      await using t = await buildTestStation({ dialect })
      const [owner, admin] = [await staff(t, 'owner'), await staff(t, 'admin')]
      const alice = await t.person('alice')
      assert.match((await admin.get('/admin/backups')).text, /No backups yet/)
      const [first, twice] = await Promise.all([
        admin.submit('/admin/backups', {}),
        admin.submit('/admin/backups', {}),
      ])
      assert.deepEqual([first?.status, twice?.status], [303, 303])
      await t.station.backups.idle()
      const answer = await admin.get('/api/v1/admin/backups')
      const { items, running } = answer.json<{
        items: { name: string; kind: string }[]
        running: null
      }>()
      assert.deepEqual([items.length, items[0]?.kind, running], [1, 'by-hand', null])
      const path = `/admin/backups/${items[0]?.name}`
      const page = await owner.get('/admin/backups')
      assert.match(page.text, /whole, checked/)
      assert.ok(page.text.includes(`href="${path}"`))
      assert.ok(!(await admin.get('/admin/backups')).text.includes(`href="${path}"`))
      for (const [visitor, status] of [
        [owner, 200],
        [admin, 404],
        [alice, 404],
        [t.stranger(), 401],
      ] as const) {
        assert.equal((await visitor.get(path)).status, status, visitor.username)
      }
      const { bytes, headers } = await owner.get(path)
      assert.match(gunzipSync(bytes).subarray(0, 11).toString(), /^backup\.json$/)
      assert.match(String(headers['content-disposition']), /^attachment/)
      assert.equal((await owner.get('/admin/backups/..%2Fsecrets.json')).status, 404)
      const { items: noted } = await t.station.audit.list({ area: 'backup' })
      assert.deepEqual(
        noted.map(({ action }) => action),
        ['backup.downloaded', 'backup.downloaded', 'backup.begun'],
      )
    })

    test('are made, checked and downloaded by programs, by the same people', async () => {
      await using t = await buildTestStation({ dialect })
      const [owner, admin] = [await staff(t, 'owner'), await staff(t, 'admin')]
      const alice = await t.person('alice')
      const all = '/api/v1/admin/backups'
      assert.equal((await alice.post(all)).status, 404)
      const begun = await admin.post(all)
      assert.deepEqual(
        [begun.status, begun.json<{ running: object }>().running !== null],
        [202, true],
      )
      assert.equal((await admin.post(all)).status, 202)
      await t.station.backups.idle()
      const { items } = (await admin.get(all)).json<{ items: { name: string; check: object }[] }>()
      assert.equal(items.length, 1)
      assert.deepEqual(Object.keys(items[0]?.check ?? {}).toSorted(), ['at', 'problem'])
      const path = `${all}/${items[0]?.name}`
      assert.equal((await admin.post(`${path}/check`)).status, 202)
      await t.station.backups.idle()
      assert.equal((await admin.post(`${all}/nothing/check`)).status, 404)
      for (const [visitor, status] of [
        [owner, 200],
        [admin, 404],
        [alice, 404],
        [t.stranger(), 401],
      ] as const) {
        assert.equal((await visitor.get(path)).status, status, visitor.username)
      }
      assert.match(
        gunzipSync((await owner.get(path)).bytes).toString('utf8', 0, 11),
        /^backup\.json$/,
      )
      t.clock.advance({ minutes: 16 })
      assert.equal((await owner.get(path)).json()['code'], 'QL_AUTH_VERIFY_NEEDED')
    })
  })
}

suite('the folder of backups', () => {
  test('keeps nothing longer than 35 days, whoever made it', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const { backups, config } = t.station
    await backups.make('by-hand')
    const dir = join(config.dataDir, 'backups')
    const before = join(dir, 'before-migration-2026-01-01.db')
    await writeFile(before, '')
    utimesSync(before, t.clock.now(), t.clock.now())
    await writeFile(join(dir, 'notes.txt'), 'of the operator')
    t.clock.advance({ hours: 24 * 34 })
    await night(t)
    assert.equal((await backups.list()).filter(({ kind }) => kind === 'by-hand').length, 1)
    t.clock.advance({ hours: 24 })
    await night(t)
    assert.equal((await backups.list()).filter(({ kind }) => kind === 'by-hand').length, 0)
    assert.deepEqual(
      readdirSync(dir).filter((name) => !name.startsWith('quark-daily-')),
      ['notes.txt', 'results.json'],
    )
  })

  test('a failure is noted where it is looked for, and a damaged one is named', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const { backups, config } = t.station
    const admin = await staff(t, 'admin')
    await backups.make('by-hand')
    const [made] = await backups.list()
    const file = join(config.dataDir, 'backups', made?.name ?? '')
    await writeFile(file, 'not what it was')
    const path = `/admin/backups/${made?.name}/check`
    assert.equal((await admin.submit(path, {})).status, 303)
    await backups.idle()
    assert.match((await admin.get('/admin/backups')).text, /damaged and cannot be trusted/)
    await rm(join(config.dataDir, 'secrets.json'))
    await assert.rejects(backups.make('daily'), /QL_BACKUP_NOTHING/)
    assert.match((await admin.get('/admin/backups')).text, /nothing to back up/)
  })
})
