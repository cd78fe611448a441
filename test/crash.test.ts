import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { text } from 'node:stream/consumers'
import { suite, test } from 'node:test'
import type { Acknowledged } from './crash/busy-station.ts'
import { DataFolder } from './support/data-folder.ts'
import { ModuleFolder } from './support/module-folder.ts'
import { sharedData } from './support/shared-data.ts'
import { buildTestStation, type TestStation } from './support/station.ts'
import { passwordOf } from './support/visitor.ts'

const ROOT = join(import.meta.dirname, '..')
const NODE = join(ROOT, 'node_modules', '.bin', 'node')
const EXPORT = sharedData('themeunittestdata.wordpress.xml')
/** How many places of the work the process is killed at; more with QUARK_TEST_CRASH_POINTS. */
const POINTS = Number(process.env['QUARK_TEST_CRASH_POINTS'] ?? 24)
/** So many of them on a station that starts for the first time. */
const FRESH_POINTS = Math.ceil(POINTS / 4)

/** Everything the station ships with, a greeter of newcomers, and a witness of published posts. */
function crew(): ModuleFolder {
  const folder = new ModuleFolder('crash')
  for (const id of ['user-management', 'blog']) folder.bring(join(ROOT, 'modules', id))
  folder.bring(join(ROOT, 'examples', 'modules', 'hello'))
  folder.plant('witness', {
    manifest: {
      events: {
        subscribes: { 'post.published': { version: 1 } },
        publishes: { 'witness.saw': { version: 1 } },
      },
      collections: ['seen'],
    },
    register: [
      `app.eventBus.define('witness.saw', { type: 'object' })`,
      `const seen = app.store('seen')`,
      `app.onEvent('post.published', async ({ subject }) => {`,
      `  const before = await seen.get(subject)`,
      `  await seen.put(subject, { times: (before?.times ?? 0) + 1 })`,
      `  await app.eventBus.publish('witness.saw', {}, { subject })`,
      `})`,
    ],
  })
  return folder
}

interface Run {
  readonly journal: readonly Acknowledged[]
  readonly signal: NodeJS.Signals | null
}

/** Runs the busy station until it is done or killed at its n-th write. */
async function runUntil(
  killAt: number,
  side: 'before' | 'after',
  folders: { readonly dataDir: string; readonly modulesDir: string },
): Promise<Run> {
  const preload = ['./core/views/tsx-hook.ts', './test/crash/kill-at-write.ts']
  const child = spawn(
    NODE,
    [
      ...preload.flatMap((file) => ['--import', file]),
      'test/crash/busy-station.ts',
      folders.dataDir,
      folders.modulesDir,
    ],
    {
      cwd: ROOT,
      env: {
        PATH: process.env['PATH'],
        QUARK_TEST_KILL_AT: String(killAt),
        QUARK_TEST_KILL_SIDE: side,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const [said, [, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  const lines = said.split('\n').filter((line) => line !== '')
  return { journal: lines.map((line) => JSON.parse(line) as Acknowledged), signal }
}

async function totalWrites(folders: Parameters<typeof runUntil>[2]): Promise<number> {
  const { journal } = await runUntil(0, 'before', folders)
  const last = journal.at(-1)
  assert.equal(last?.done, 'all')
  return last.writes
}

/** Numbers spread evenly from 1 to `total`. */
function spread(points: number, total: number): number[] {
  return Array.from({ length: points }, (_, index) =>
    Math.max(1, Math.round(((index + 1) * total) / points)),
  )
}

/** Sentences about rows that cannot stand beside each other; none in a whole database. */
const CONTRADICTIONS: Readonly<Record<string, string>> = {
  'an account without its one profile': `select username from identities where
    (select count(*) from user_management_profiles p where p.user_id = identities.id) <> 1`,
  'a profile without its account': `select username from user_management_profiles
    where user_id not in (select id from identities)`,
  'an account without its one fact': `select username from identities where
    (select count(*) from events where type = 'user.created'
      and json_extract(envelope, '$.subject') = 'user/' || identities.id) <> 1`,
  'a post without its one fact': `select title from blog_posts where
    (select count(*) from events where type = 'post.created'
      and json_extract(envelope, '$.subject') = 'post/' || blog_posts.id) <> 1`,
  'a public post that did not move in, without its one fact': `select title from blog_posts
    where source_key is null and (status = 'published') <> (select count(*) from events where type = 'post.published'
      and json_extract(envelope, '$.subject') = 'post/' || blog_posts.id)`,
  'a post without its newest revision': `select title from blog_posts where rev <>
    (select max(rev) from blog_revisions r where r.post_id = blog_posts.id)`,
  'a post without its address': `select title from blog_posts where not exists
    (select 1 from blog_slugs s where s.post_id = blog_posts.id and s.slug = blog_posts.slug)`,
  'a tag that counts wrong': `select name from blog_tags where post_count <>
    (select count(*) from blog_post_tags p
      where p.author_id = blog_tags.author_id and p.slug = blog_tags.slug)`,
  'a newcomer not greeted exactly once': `select username from identities where
    (select count(*) from events where type = 'hello.greeted'
      and json_extract(envelope, '$.subject') = 'user/' || identities.id) <> 1
    or (select count(*) from module_documents d where d.id = identities.id) <> 1`,
  'a publication not witnessed exactly once': `select title from blog_posts
    where status = 'published' and (
      (select count(*) from events where type = 'witness.saw'
        and json_extract(envelope, '$.subject') = 'post/' || blog_posts.id) <> 1
      or coalesce((select document from module_documents d
        where d.id = 'post/' || blog_posts.id), '') <> '{"times":1}')`,
}

async function requireWhole(t: TestStation, dataDir: string, withCrew: boolean): Promise<void> {
  const file = new DatabaseSync(join(dataDir, 'quark.db'), { readOnly: true })
  assert.deepEqual(file.prepare('pragma integrity_check').all().map(Object.values), [['ok']])
  assert.deepEqual(file.prepare('pragma foreign_key_check').all(), [])
  file.close()
  for (const [what, sql] of Object.entries(CONTRADICTIONS)) {
    const isOfCrew = /greeted|witnessed/.test(what)
    if (isOfCrew && !withCrew) continue
    assert.deepEqual(await t.station.database.reader.all(sql), [], what)
  }
}

async function requireAcknowledged(
  t: TestStation,
  journal: readonly Acknowledged[],
): Promise<void> {
  const titles = new Map<string, string>()
  const urls = new Map<string, string>()
  for (const line of journal) {
    if (line.done === 'registered') {
      const login = { login: line.username, password: passwordOf(line.username) }
      const answer = await t.stranger().post('/api/v1/auth/login', login)
      assert.equal(answer.status, 200, answer.text)
      assert.equal(answer.json<{ user: { id: string } }>().user.id, line.id)
    } else if (line.done === 'published') urls.set(line.id, line.url)
    else if (line.done === 'created' || line.done === 'edited') titles.set(line.id, line.title)
  }
  const posts = await t.station.database.reader.all('select id, title from blog_posts')
  for (const [id, title] of titles) {
    const found = posts.filter((post) => post['id'] === id).map((post) => String(post['title']))
    assert.equal(found.length, 1)
    /* What came after may have been written too, only its answer is missing. */
    assert.ok([title, title.replace('First words', 'Second thoughts')].includes(found[0] ?? ''))
  }
  for (const url of urls.values()) assert.equal((await t.stranger().get(url)).status, 200, url)
}

suite('kill -9', () => {
  test('at any write loses nothing acknowledged and leaves nothing half-written', async () => {
    using modules = crew()
    using template = new DataFolder()
    const common = { dialect: 'sqlite', modulesDir: modules.dir } as const
    await (await buildTestStation({ ...common, dataDir: template.dir }))[Symbol.asyncDispose]()
    const folderLike = (data: DataFolder) => {
      cpSync(template.dir, data.dir, { recursive: true })
      return { dataDir: data.dir, modulesDir: modules.dir }
    }
    using rehearsal = new DataFolder()
    const total = await totalWrites(folderLike(rehearsal))
    assert.ok(total > 100, `${total} writes`)
    const progress = new Set<number>()
    for (const [index, at] of spread(POINTS - FRESH_POINTS, total).entries()) {
      using data = new DataFolder()
      const side = index % 2 === 0 ? 'after' : 'before'
      const { journal, signal } = await runUntil(at, side, folderLike(data))
      /* Timers add or save a write, so that the last points may lie behind the end. */
      if (journal.at(-1)?.done !== 'all') assert.equal(signal, 'SIGKILL')
      progress.add(journal.length)
      await using t = await buildTestStation({ ...common, dataDir: data.dir })
      await t.settle()
      const states = t.station.loader.modules.map(({ status }) => status)
      assert.deepEqual([...new Set(states)], ['enabled'], `${side} write ${at}`)
      await requireWhole(t, data.dir, true)
      await requireAcknowledged(t, journal)
      await t.person('newcomer')
      assert.deepEqual(await t.station.bus.deadLetters.list(), [])
    }
    assert.ok(progress.size > 5, `killed after ${[...progress].join(', ')} acknowledgements`)
  })

  test('at any write of the first start leaves a station that starts', async () => {
    using modules = new ModuleFolder('crash-fresh')
    for (const id of ['user-management', 'blog']) modules.bring(join(ROOT, 'modules', id))
    using rehearsal = new DataFolder()
    const total = await totalWrites({ dataDir: rehearsal.dir, modulesDir: modules.dir })
    /* The first half of all writes: what follows the start is the other test's. */
    for (const [index, at] of spread(FRESH_POINTS, total / 2).entries()) {
      using data = new DataFolder()
      const folders = { dataDir: data.dir, modulesDir: modules.dir }
      const { journal, signal } = await runUntil(at, index % 2 === 0 ? 'after' : 'before', folders)
      assert.equal(signal, 'SIGKILL')
      const t = await buildTestStation({ dialect: 'sqlite', ...folders })
      await using _ = t
      const states = t.station.loader.modules.map(({ status }) => status)
      assert.deepEqual(states, ['enabled', 'enabled'], `write ${at}`)
      await t.settle()
      await requireWhole(t, data.dir, false)
      await requireAcknowledged(t, journal)
      await t.person('newcomer')
    }
  })

  test(
    'in the middle of a move leaves a blog that the next run completes',
    EXPORT.needed,
    async () => {
      using data = new DataFolder()
      const options = { dialect: 'sqlite', dataDir: data.dir } as const
      {
        await using t = await buildTestStation(options)
        await t.person('anna')
      }
      const command = ['cli.ts', 'import', 'wordpress', EXPORT.path, '--user', 'anna']
      const child = spawn(NODE, ['--import', './test/crash/kill-at-write.ts', ...command], {
        cwd: ROOT,
        env: {
          PATH: process.env['PATH'],
          QUARK_DATA_DIR: data.dir,
          QUARK_LOG_LEVEL: 'silent',
          QUARK_TEST_KILL_AT: '700',
        },
        stdio: 'ignore',
      })
      const [, signal] = await once(child, 'exit')
      assert.equal(signal, 'SIGKILL')
      await using t = await buildTestStation(options)
      const kept = async (): Promise<number> => {
        const [row] = await t.station.database.reader.all('select count(*) as n from blog_posts')
        return Number(row?.['n'])
      }
      const before = await kept()
      assert.ok(before > 5 && before < 60, `${before} posts before the end`)
      await requireWhole(t, data.dir, false)
      let progress = await t.station.calls.call('blog.import', {
        file: EXPORT.path,
        username: 'anna',
      })
      while (!(progress as { isFinished: boolean }).isFinished) {
        progress = await t.station.calls.call('blog.import-step', {
          id: (progress as { id: string }).id,
        })
      }
      const { report } = progress as { report: { posts: number; pages: number } }
      assert.equal(await kept(), report.posts + report.pages)
      await requireWhole(t, data.dir, false)
    },
  )
})
