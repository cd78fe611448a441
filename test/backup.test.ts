import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { suite, test } from 'node:test'
import { ChildStation } from './support/child-station.ts'
import { DataFolder } from './support/data-folder.ts'

const ROOT = join(import.meta.dirname, '..')
const NODE = join(ROOT, 'node_modules', '.bin', 'node')
const PASSWORD = 'alice has a long password'

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function command(dataDir: string, words: readonly string[]): ChildProcess {
  const env = {
    PATH: process.env['PATH'],
    QUARK_DATA_DIR: dataDir,
    QUARK_LOCALE: 'en',
    QUARK_BCRYPT_COST: '10',
  }
  return spawn(NODE, ['cli.ts', ...words], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
}

async function quark(dataDir: string, ...words: readonly string[]): Promise<Ended> {
  const child = command(dataDir, words)
  let out = ''
  let err = ''
  child.stdout?.on('data', (text) => (out += String(text)))
  child.stderr?.on('data', (text) => (err += String(text)))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out, err }
}

/** Signs alice in and writes about fifty posts a second until stopped. */
async function write(url: string): Promise<{ titles: string[]; stop: () => Promise<void> }> {
  const ask = (path: string, body: unknown, token?: string): Promise<Response> =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: url,
        'sec-fetch-site': 'same-origin',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    })
  const signedIn = await ask('/api/v1/auth/login', { login: 'alice', password: PASSWORD })
  const { accessToken } = (await signedIn.json()) as { accessToken: string }
  const titles: string[] = []
  const until = new AbortController()
  const one = async (number: number): Promise<void> => {
    const title = `Post ${number}`
    const body = { title, content: { markdown: 'Words.' }, status: 'published' }
    const answer = await ask('/api/v1/posts', body, accessToken)
    await answer.arrayBuffer()
    if (answer.status === 201) titles.push(title)
  }
  const work = (async () => {
    const open: Promise<void>[] = []
    for (let number = 0; !until.signal.aborted; number++) {
      open.push(one(number))
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    await Promise.all(open)
  })()
  return { titles, stop: async () => (until.abort(), work) }
}

suite('quark backup beside a station that is written to', () => {
  test('holds what was acknowledged, and is restored elsewhere', { timeout: 180_000 }, async () => {
    using folder = new DataFolder()
    const dataDir = join(folder.dir, 'data')
    const made = await quark(
      dataDir,
      'user:create',
      'alice',
      '--email',
      'a@example.org',
      '--password',
      PASSWORD,
    )
    assert.equal(made.code, 0, made.err)
    const file = join(folder.dir, 'copy.tar.gz')
    let before: string[]
    {
      await using station = new ChildStation({ dataDir })
      const { titles, stop } = await write(await station.address())
      while (titles.length < 30) await new Promise((resolve) => setTimeout(resolve, 50))
      before = [...titles]
      const backup = await quark(dataDir, 'backup', '--to', file, '--with-secrets', '--json')
      assert.equal(backup.code, 0, backup.err)
      assert.ok(titles.length > before.length, 'the station went on writing')
      assert.equal(statSync(file).mode & 0o777, 0o600)
      const running = await quark(dataDir, 'restore', file, '--force')
      assert.deepEqual([running.code, /is running/.test(running.err)], [1, true], running.err)
      await stop()
    }
    const verified = await quark(dataDir, 'backup:verify', file, '--json')
    assert.equal(verified.code, 0, verified.err)
    const there = join(folder.dir, 'there')
    const restored = await quark(there, 'restore', file)
    assert.equal(restored.code, 0, restored.err)
    const database = new DatabaseSync(join(there, 'quark.db'), { readOnly: true })
    const rows = database.prepare('select title from blog_posts').all()
    database.close()
    const titles = new Set(rows.map(({ title }) => String(title)))
    assert.deepEqual(
      before.filter((title) => !titles.has(title)),
      [],
    )
    await using second = new ChildStation({ dataDir: there })
    const again = await write(await second.address())
    await again.stop()
  })

  test('leaves no half archive when it is killed', { timeout: 120_000 }, async () => {
    using folder = new DataFolder()
    const dataDir = join(folder.dir, 'data')
    assert.equal((await quark(dataDir, 'db:migrate')).code, 0)
    /* Enough that the archive takes a moment. */
    for (let number = 10; number < 40; number++) {
      const dir = join(dataDir, 'media', String(number), `01a2-${number}`)
      await mkdir(dir, { recursive: true })
      const bytes = crypto.getRandomValues(new Uint8Array(65_536))
      await writeFile(join(dir, 'original'), Buffer.concat(Array.from({ length: 64 }, () => bytes)))
    }
    const backups = join(dataDir, 'backups')
    const child = command(dataDir, ['backup'])
    const ended = once(child, 'close')
    const isUnderWay = (): boolean =>
      existsSync(backups) && readdirSync(backups).some((name) => name.endsWith('.part'))
    while (!isUnderWay() && child.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    child.kill('SIGKILL')
    await ended
    const left = readdirSync(backups)
    assert.deepEqual(
      left.filter((name) => name.endsWith('.tar.gz')),
      [],
    )
    assert.ok(left.some((name) => name.endsWith('.part')))
    const whole = await quark(dataDir, 'backup')
    assert.equal(whole.code, 0, whole.err)
    const now = readdirSync(backups)
    assert.equal(now.length, 1, now.join())
    assert.equal((await quark(dataDir, 'backup:verify', join(backups, now[0] ?? ''))).code, 0)
  })

  test(
    'a restore that is killed leaves all of the old or all of the new',
    { timeout: 120_000 },
    async () => {
      using folder = new DataFolder()
      const dataDir = join(folder.dir, 'data')
      const create = ['user:create', 'alice', '--email', 'a@example.org', '--password', PASSWORD]
      assert.equal((await quark(dataDir, ...create)).code, 0)
      const file = join(folder.dir, 'copy.tar.gz')
      assert.equal((await quark(dataDir, 'backup', '--to', file)).code, 0)
      const bob = ['user:create', 'bob', '--email', 'b@example.org', '--password', PASSWORD]
      assert.equal((await quark(dataDir, ...bob)).code, 0)
      const child = command(dataDir, ['restore', file, '--force'])
      const ended = once(child, 'close')
      /* The journal is on disk: from here on it must go through. */
      while (!existsSync(join(dataDir, 'restore.json')) && child.exitCode === null) {
        await new Promise(setImmediate)
      }
      child.kill('SIGKILL')
      await ended
      assert.equal((await quark(dataDir, 'db:migrate')).code, 0)
      const database = new DatabaseSync(join(dataDir, 'quark.db'), { readOnly: true })
      const people = database.prepare('select username from identities order by 1').all()
      database.close()
      assert.deepEqual(
        people.map(({ username }) => username),
        ['alice'],
      )
      assert.deepEqual(
        readdirSync(dataDir).filter((name) => /^restore\.json|^\.work-/.test(name)),
        [],
      )
    },
  )
})
