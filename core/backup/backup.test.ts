import assert from 'node:assert/strict'
import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { DataFolder } from '../../test/support/data-folder.ts'
import { type DialectName, DIALECTS, openTestConnections } from '../../test/support/databases.ts'
import { photo } from '../../test/support/pictures.ts'
import { buildTestStation, type TestStation } from '../../test/support/station.ts'
import { passwordOf, type Visitor } from '../../test/support/visitor.ts'
import { knownSteps } from './known-steps.ts'
import { type MadeBackup, makeBackup } from './making/make-backup.ts'
import {
  type RestoredBackup,
  restoreBackup,
  type RestoreOrder,
} from './restoring/restore-backup.ts'
import { verifyBackup } from './checking/verify-backup.ts'

function back(t: TestStation, target: string, withSecrets = true): Promise<MadeBackup> {
  const { database, config } = t.station
  const { dataDir } = config
  const about = { dataDir, program: '1.2.3', now: t.clock.now(), target, withSecrets }
  return makeBackup({ ...about, origin: database.origin })
}

/** Restores into a place of its own and answers how to open it. */
async function restored(
  dialect: DialectName,
  file: string,
  { dataDir, ...more }: Partial<RestoreOrder> & { dataDir: string },
): Promise<{ result: RestoredBackup; open: () => Promise<TestStation>; end: () => Promise<void> }> {
  const { modulesDir } = { modulesDir: join(import.meta.dirname, '..', '..', 'modules') }
  const database = dialect === 'sqlite' ? null : await openTestConnections(dialect)
  const result = await restoreBackup({
    file,
    dataDir,
    databaseUrl: null,
    ...(database ? { connections: database.connections } : {}),
    steps: await knownSteps(modulesDir),
    now: new Date(),
    force: false,
    withoutLedger: false,
    ...more,
  })
  return {
    result,
    open: async () =>
      buildTestStation({
        dialect,
        dataDir,
        ...(database ? { connections: await database.reopen() } : {}),
      }),
    end: async () => database?.dispose(),
  }
}

async function postsOf(visitor: Visitor, username: string): Promise<string[]> {
  const answer = await visitor.get(`/api/v1/users/${username}/posts?limit=100`)
  return answer.json<{ items: { title: string }[] }>().items.map(({ title }) => title)
}

/** Publishes one after the other until told to stop; answers the titles acknowledged so far. */
function writing(author: Visitor): { acknowledged: string[]; stop: () => Promise<void> } {
  const acknowledged: string[] = []
  const until = new AbortController()
  const work = (async () => {
    for (let number = 0; !until.signal.aborted; number++) {
      const title = `Post ${number}`
      const content = { markdown: `Text ${number}, «ёж» \u2028 and \u0085` }
      const answer = await author.post('/api/v1/posts', { title, content, status: 'published' })
      if (answer.status === 201) acknowledged.push(title)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  })()
  return { acknowledged, stop: async () => (until.abort(), work) }
}

for (const dialect of DIALECTS) {
  suite(`a backup on ${dialect}`, () => {
    test('holds all that was acknowledged before it began, while others write on', async () => {
      await using t = await buildTestStation({ dialect })
      using folder = new DataFolder()
      const alice = await t.person('alice')
      const bytes = await photo({ width: 400, height: 300 })
      const media = await alice.upload('/api/v1/media', { bytes })
      const { url } = media.json<{ url: string }>()
      const work = writing(alice)
      while (work.acknowledged.length < 5) await new Promise((resolve) => setTimeout(resolve, 20))
      const before = [...work.acknowledged]
      const file = join(folder.dir, 'copy.tar.gz')
      const { manifest } = await back(t, file)
      await work.stop()
      assert.ok(work.acknowledged.length >= before.length)
      assert.deepEqual(readdirSync(folder.dir), ['copy.tar.gz'])

      const dataDir = join(folder.dir, 'elsewhere')
      const { result, open, end } = await restored(dialect, file, { dataDir })
      assert.deepEqual(
        [result.secrets, result.aside, result.stepsBehind, result.missingPictures],
        ['restored', null, 0, 0],
      )
      {
        await using second = await open()
        const anna = second.stranger()
        const titles = await postsOf(anna, 'alice')
        for (const title of before) assert.ok(titles.includes(title), title)
        const login = { login: 'alice', password: passwordOf('alice') }
        assert.equal((await anna.post('/api/v1/auth/login', login)).status, 200)
        const [here, there] = await Promise.all([alice.get(url), anna.get(url)])
        assert.deepEqual([here.status, there.status], [200, 200], t.warnings.join('\n'))
        assert.ok(here.bytes.equals(there.bytes))
        const more = { title: 'After', content: { markdown: 'x' }, status: 'published' }
        assert.equal((await anna.post('/api/v1/posts', more)).status, 201)
        await second.settle()
        const [row] = await second.station.database.reader.all('select epoch from realtime_epoch')
        const [old] = await t.station.database.reader.all('select epoch from realtime_epoch')
        assert.notEqual(row?.['epoch'], old?.['epoch'])
        assert.ok((await second.station.audit.verify()).isWhole)
        assert.deepEqual(second.warnings, [])
      }
      await end()
      assert.equal(manifest.database.tables['identities'], 1)
    })

    test('ends every session, so that one ended since does not come back', async () => {
      await using t = await buildTestStation({ dialect })
      using folder = new DataFolder()
      const alice = await t.person('alice')
      const file = join(folder.dir, 'copy.tar.gz')
      await back(t, file)
      const { open, end } = await restored(dialect, file, { dataDir: join(folder.dir, 'there') })
      {
        await using second = await open()
        const cookie = [...alice.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
        const answer = await second.stranger().get('/api/v1/me', { headers: { cookie } })
        assert.equal(answer.status, 401)
      }
      await end()
    })

    test('brings nobody back who was erased after it', async () => {
      await using t = await buildTestStation({ dialect })
      using folder = new DataFolder()
      const marie = await t.person('marie')
      await t.person('bob')
      await marie.post('/api/v1/posts', {
        title: 'Xylophone',
        content: { markdown: 'x' },
        status: 'published',
      })
      const file = join(folder.dir, 'copy.tar.gz')
      await back(t, file)
      await t.station.privacy.erasures.eraseNow(marie.id, 'delete', 'asked for')
      const dataDir = join(folder.dir, 'there')
      /* The ledger of the present, as it lies in the data folder that is restored into. */
      for (const name of ['erasures.jsonl', 'erasures.key']) {
        cpSync(join(t.station.config.dataDir, name), join(dataDir, name))
      }
      const { open, end } = await restored(dialect, file, { dataDir })
      {
        await using second = await open()
        assert.equal((await second.stranger().get('/user/marie')).status, 404)
        assert.equal((await second.stranger().get('/user/bob')).status, 200)
        const rows = await second.station.database.reader.all('select username from identities')
        assert.doesNotMatch(JSON.stringify(rows), /marie/)
        assert.match(second.warnings.join('\n'), /erased again/)
      }
      await end()
    })

    test('is refused where the ledger it knows is lost, unless that is accepted', async () => {
      await using t = await buildTestStation({ dialect })
      using folder = new DataFolder()
      const marie = await t.person('marie')
      await t.station.privacy.erasures.eraseNow(marie.id, 'delete', 'asked for')
      const file = join(folder.dir, 'copy.tar.gz')
      await back(t, file)
      const dataDir = join(folder.dir, 'there')
      await assert.rejects(restored(dialect, file, { dataDir }), /QL_BACKUP_LEDGER_LOST/)
      const { end } = await restored(dialect, file, { dataDir, withoutLedger: true })
      await end()
    })

    test('is checked whole, and says what it lacks', async () => {
      await using t = await buildTestStation({ dialect })
      using folder = new DataFolder()
      const alice = await t.person('alice')
      await alice.upload('/api/v1/media', { bytes: await photo({ width: 400, height: 300 }) })
      const file = join(folder.dir, 'copy.tar.gz')
      await back(t, file, false)
      const { modulesDir, dataDir } = t.station.config
      const steps = await knownSteps(modulesDir)
      const here = await verifyBackup({ file, dataDir, steps })
      assert.deepEqual(
        [here.stepsBehind, here.missingPictures, here.knowsErased, here.hasSecrets],
        [0, 0, true, true],
      )
      assert.deepEqual(readdirSync(join(dataDir, 'backups')), [])
      const there = await verifyBackup({ file, dataDir: join(folder.dir, 'there'), steps })
      assert.equal(there.hasSecrets, false)
      const older = { owner: 'core', name: '9999-later', up: async () => undefined }
      assert.equal((await verifyBackup({ file, dataDir, steps: [...steps, older] })).stepsBehind, 1)
      await assert.rejects(
        verifyBackup({ file, dataDir, steps: steps.slice(1) }),
        /QL_BACKUP_NEWER.*0001-events/,
      )
    })
  })
}
