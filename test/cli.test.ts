import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, suite, test } from 'node:test'

const ROOT = join(import.meta.dirname, '..')

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

const home = mkdtempSync(join(tmpdir(), 'quark-cli-'))
/* Inside the project, so that `#core` and `#testkit` resolve from a module made there. */
const modulesDir = join(ROOT, '.cache', `cli-modules-${process.pid}`)
after(() => {
  rmSync(home, { recursive: true, force: true })
  rmSync(modulesDir, { recursive: true, force: true })
})

function run(words: readonly string[], environment: Record<string, string> = {}): Promise<Ended> {
  const { NODE_TEST_CONTEXT: _context, ...inherited } = process.env
  const child = spawn(process.execPath, [join(ROOT, 'cli.ts'), ...words], {
    env: {
      ...inherited,
      QUARK_DATA_DIR: join(home, 'data'),
      QUARK_BCRYPT_COST: '10',
      QUARK_LOCALE: 'en',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (text) => (out += String(text)))
  child.stderr.on('data', (text) => (err += String(text)))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })))
}

function inDatabase(...statements: readonly string[]): object[] {
  const raw = new DatabaseSync(join(home, 'data', 'quark.db'))
  try {
    const last = statements.at(-1) ?? ''
    for (const sql of statements.slice(0, -1)) raw.exec(sql)
    return raw
      .prepare(last)
      .all()
      .map((row) => ({ ...row }))
  } finally {
    raw.close()
  }
}

let sessions = 0

/** Signed in somewhere, and asked for a code that nobody has any more. */
function lockOut(username: string): void {
  const from = `from identities where username = '${username}'`
  const times = `'2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', '2099-01-01T00:00:00.000Z'`
  inDatabase(
    `insert or replace into second_factors (user_id, sealed_secret, confirmed_at, last_step, created_at)
     select id, '', created_at, 0, created_at ${from}`,
    `insert into sessions (id, user_id, epoch, generation, created_at, rotated_at, expires_at, ip, user_agent)
     select 'session-${++sessions}', id, epoch, 0, ${times}, '', '' ${from}`,
    'select 1',
  )
}

suite('the quark command', () => {
  test('help is in both languages, and wrong words end with 2', async () => {
    const english = await run(['--help'])
    const russian = await run(['--help'], { QUARK_LOCALE: 'ru' })
    assert.match(english.out, /Commands:[\s\S]*start the server/)
    assert.match(russian.out, /Команды:[\s\S]*запустить сервер/)
    assert.equal(english.code, 0)
    const wrong = await run(['no:such'])
    assert.equal(wrong.code, 2)
  })

  test('the database is migrated once, and accounts are made on it', async () => {
    const first = await run(['db:migrate', '--json'])
    assert.ok((JSON.parse(first.out) as { applied: string[] }).applied.length > 0, first.err)
    const again = await run(['db:migrate', '--json'])
    assert.deepEqual(JSON.parse(again.out), { applied: [] })
    const made = await run(['user:create', 'alice', '--email', 'alice@example.org', '--json'])
    assert.equal(made.code, 0, made.err)
    const { user, password } = JSON.parse(made.out) as {
      user: { username: string }
      password: string
    }
    assert.equal(user.username, 'alice')
    assert.ok(password.length >= 15)
    const reset = await run(['user:reset', 'Alice', '--json'])
    const { url } = JSON.parse(reset.out) as { url: string }
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/auth\/reset\?token=[\w-]{43}$/)
    const nobody = await run(['user:reset', 'nobody'])
    assert.deepEqual([nobody.code, nobody.out], [1, ''])
    assert.match(nobody.err, /no such account/)
    const noFactor = await run(['user:reset', 'alice', '--second-factor'])
    assert.equal(noFactor.code, 1)
    assert.match(noFactor.err, /second factor|not on/i)
    const everybody = await run(['sessions:end'])
    assert.equal(everybody.code, 2)
    lockOut('alice')
    const helped = await run(['user:reset', 'alice', '--second-factor', '--json'])
    assert.deepEqual(JSON.parse(helped.out), { username: 'alice', secondFactor: 'removed' })
    lockOut('alice')
    const ended = await run(['sessions:end', '--all', '--json'])
    assert.deepEqual(JSON.parse(ended.out), { ended: 1 })
    assert.deepEqual(inDatabase(`select end_reason, count(*) as n from sessions group by 1`), [
      { end_reason: 'ended-by-staff', n: 2 },
    ])
    assert.deepEqual(
      inDatabase(`select action from audit_log where action <> 'reset.sent' order by seq`),
      [{ action: 'second-factor.removed' }, { action: 'session.all-ended' }],
    )
    const taken = await run(['user:create', 'alice', '--email', 'other@example.org'])
    assert.equal(taken.code, 1)
    assert.match(taken.err, /already taken/)
    const events = await run(['events:tail', '--json'])
    const { items } = JSON.parse(events.out) as { items: { event: { type: string } }[] }
    assert.deepEqual(
      items.map(({ event }) => event.type),
      ['user.created'],
    )
  })

  test('the demo refuses a station that somebody lives on', async () => {
    const refused = await run(['demo'])
    assert.equal(refused.code, 1)
    assert.match(refused.err, /already lives/)
  })

  test('modules are listed with their states', async () => {
    const { out } = await run(['module:list', '--json'])
    const { items } = JSON.parse(out) as { items: { id: string; status: string }[] }
    assert.ok(items.some(({ id, status }) => id === 'blog' && status === 'enabled'))
  })

  test('a created module is in order, and its own test passes', async () => {
    const here = { QUARK_MODULES_DIR: modulesDir }
    const created = await run(['create', 'greeter'], here)
    assert.equal(created.code, 0, created.err)
    const dir = join(modulesDir, 'greeter')
    assert.ok(existsSync(join(dir, 'greeter.test.ts')))
    assert.equal((await run(['module:check', dir])).code, 0)
    assert.match((await run(['module:list'], here)).out, /greeter.*enabled/)
    const tested = await runTest(join(dir, 'greeter.test.ts'))
    assert.equal(tested.code, 0, tested.out)
    assert.equal((await run(['create', 'greeter'], here)).code, 1)
    assert.equal((await run(['create', 'Not A Name'], here)).code, 1)
  })

  test('a file that is no export is refused in one sentence', async () => {
    const missing = await run(['import', 'wordpress', join(home, 'none.xml'), '--user', 'alice'])
    assert.equal(missing.code, 1)
    assert.match(missing.err, /cannot be read/)
    const nobody = await run(['import', 'wordpress', join(ROOT, 'LICENSE'), '--user', 'nobody'])
    assert.match(nobody.err, /nobody named nobody/)
  })
})

function runTest(file: string): Promise<Ended> {
  const { NODE_TEST_CONTEXT: _context, ...environment } = process.env
  const hook = join(ROOT, 'core', 'views', 'tsx-hook.ts')
  const child = spawn(process.execPath, ['--import', hook, '--test', file], { env: environment })
  let out = ''
  child.stdout.on('data', (text) => (out += String(text)))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err: '' })))
}
