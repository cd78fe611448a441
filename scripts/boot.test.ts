import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { text } from 'node:stream/consumers'

/** Stands for the world: an npm that installs a Node answering with a given version. */
const FAKE_NPM = `
const fs = require('fs'), path = require('path')
fs.appendFileSync('npm-runs', process.argv.slice(2).join(' ') + '\\n')
if (process.env.FAKE_NPM_SAYS) { console.error(process.env.FAKE_NPM_SAYS); process.exit(1) }
const bin = path.join('node_modules', '.bin')
fs.rmSync('node_modules', { recursive: true, force: true })
fs.mkdirSync(bin, { recursive: true })
fs.writeFileSync(path.join(bin, 'node'), '#!/bin/sh\\necho "' + (process.env.FAKE_NODE || 'v26.10.0') + '"\\n', { mode: 0o755 })
`

interface Run {
  readonly code: number | null
  readonly said: string
}

function project(t: TestContext): string {
  const root = mkdtempSync(join(tmpdir(), 'quark-boot-'))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  for (const file of ['boot.cjs', 'boot-texts.cjs', 'light.cjs']) {
    cpSync(join(import.meta.dirname, file), join(root, 'scripts', file))
  }
  const runtime = `node-${process.platform}-${process.arch}`
  writeFileSync(
    join(root, 'package.json'),
    JSON.stringify({ optionalDependencies: { [runtime]: '26.10.0' } }),
  )
  writeFileSync(join(root, 'package-lock.json'), '{}')
  writeFileSync(join(root, 'npm-cli.js'), FAKE_NPM)
  return root
}

function start(root: string, env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, ['scripts/boot.cjs'], {
    cwd: root,
    env: { LANG: 'en_US.UTF-8', PATH: '', npm_execpath: join(root, 'npm-cli.js'), ...env },
    stdio: ['ignore', 'inherit', 'pipe'],
  })
}

async function boot(root: string, env?: NodeJS.ProcessEnv): Promise<Run> {
  const child = start(root, env)
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const said = child.stderr ? await text(child.stderr) : ''
  return { code: await ended, said }
}

function installs(root: string): number {
  const log = join(root, 'npm-runs')
  return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').length : 0
}

test('the first start installs what is locked and the second one is quiet', async (t) => {
  const root = project(t)

  const first = await boot(root)
  assert.equal(first.code, 0, first.said)
  assert.match(first.said, /Installing/)
  assert.match(readFileSync(join(root, 'npm-runs'), 'utf8'), /^ci /)

  assert.deepEqual(await boot(root), { code: 0, said: '' })
  assert.equal(installs(root), 1)
})

test('a changed lock file installs again', async (t) => {
  const root = project(t)
  await boot(root)
  writeFileSync(join(root, 'package-lock.json'), '{"changed":true}')
  await boot(root)
  assert.equal(installs(root), 2)
})

test('an install that brought no working Node 26 is named and repeated next time', async (t) => {
  const root = project(t)
  const failed = await boot(root, { FAKE_NODE: 'v20.20.2' })
  assert.equal(failed.code, 1)
  assert.match(failed.said, /Node 26 was installed but does not run here \(v20\.20\.2\)/)
  assert.equal((await boot(root)).code, 0)
  assert.equal(installs(root), 2)
})

test('without a network one sentence says so, in the language of the environment', async (t) => {
  const root = project(t)
  const env = { FAKE_NPM_SAYS: 'npm error code EAI_AGAIN' }
  const english = await boot(root, env)
  assert.equal(english.code, 1)
  assert.match(english.said, /could not be downloaded: check the network/)
  assert.doesNotMatch(english.said, /EAI_AGAIN|at Object/)

  const russian = await boot(root, { ...env, LANG: 'ru_RU.UTF-8' })
  assert.equal(russian.code, 1)
  assert.match(russian.said, /Не удалось скачать пакеты: проверьте подключение к сети/)
})

test('any other failure of npm is shown in its own words', async (t) => {
  const failed = await boot(project(t), { FAKE_NPM_SAYS: 'npm error ENOSPC: no space left' })
  assert.equal(failed.code, 1)
  assert.match(failed.said, /ENOSPC: no space left\nInstallation failed/)
})

test('a machine without npm is told what to install', async (t) => {
  const failed = await boot(project(t), { npm_execpath: '' })
  assert.equal(failed.code, 1)
  assert.match(failed.said, /npm was not found: install Node\.js/)
})

test('a platform without a pinned Node is refused before anything is installed', async (t) => {
  const root = project(t)
  writeFileSync(join(root, 'package.json'), '{"optionalDependencies":{"node-plan9-mips":"1.0.0"}}')
  const failed = await boot(root)
  assert.equal(failed.code, 1)
  assert.match(failed.said, new RegExp(`cannot start on ${process.platform}-${process.arch}`))
  assert.equal(installs(root), 0)
})

test('starts at the same moment install once', async (t) => {
  const root = project(t)
  const runs = await Promise.all(Array.from({ length: 6 }, () => boot(root)))
  assert.deepEqual(
    runs.map((run) => run.code),
    [0, 0, 0, 0, 0, 0],
  )
  assert.equal(installs(root), 1)
  assert.ok(!existsSync(join(root, '.cache', 'boot.lock')))
})

test('a lock left by a killed start does not block the next one', async (t) => {
  const root = project(t)
  const gone = start(root, { npm_execpath: '' })
  await new Promise((resolve) => gone.once('close', resolve))
  mkdirSync(join(root, '.cache', 'boot.lock'), { recursive: true })
  writeFileSync(join(root, '.cache', 'boot.lock', String(gone.pid)), '')
  assert.equal((await boot(root)).code, 0)
  assert.equal(installs(root), 1)
})

test('the launcher passes arguments and the exit code of the command on', async (t) => {
  const root = project(t)
  cpSync(join(import.meta.dirname, '..', 'bin', 'quark.cjs'), join(root, 'bin', 'quark.cjs'))
  await boot(root)
  const node = join(root, 'node_modules', '.bin', 'node')
  writeFileSync(node, `#!/bin/sh\nexec "${process.execPath}" "$@"\n`)
  chmodSync(node, 0o755)
  writeFileSync(
    join(root, 'cli.ts'),
    'process.stdout.write(process.argv.slice(2).join("|"));' +
      'process.exitCode = 3; if (process.argv[2] === "wait") setInterval(() => {}, 1e3)',
  )
  const launch = (...args: string[]): ChildProcess =>
    spawn(process.execPath, ['bin/quark.cjs', ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    })

  const child = launch('create', 'два слова')
  const code = new Promise((resolve) => child.once('close', resolve))
  assert.equal(child.stdout && (await text(child.stdout)), 'create|два слова')
  assert.equal(await code, 3)

  const waiting = launch('wait')
  const signal = new Promise((resolve) => waiting.once('close', (_code, by) => resolve(by)))
  waiting.stdout?.once('data', () => waiting.kill('SIGTERM'))
  assert.equal(await signal, 'SIGTERM')
})
