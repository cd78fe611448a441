import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pinned } from './machine.ts'

const ROOT = join(import.meta.dirname, '..')
const ADDRESS = /http:\/\/127\.0\.0\.1:\d+/
const START_TIMEOUT_MS = 30_000
const STOP_TIMEOUT_MS = 15_000

/** A server in a process of its own, on the core that servers are measured on. */
export interface Served {
  readonly url: string
  readonly pid: number
  /** `performance.now()` of this process just before the server's was begun. */
  readonly begunAt: number
  stop(): Promise<void>
}

export type Environment = Readonly<Record<string, string>>

/**
 * Runs a script, given as Node takes it, that prints its address. Answers as soon as it has.
 *
 * @throws Error with all it wrote when it ends before.
 */
export async function serve(script: readonly string[], env: Environment = {}): Promise<Served> {
  const [command = '', ...rest] = pinned('server', [process.execPath, ...script])
  const begunAt = performance.now()
  const child = spawn(command, rest, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const url = await addressOf(child, script.join(' '))
  return { url, pid: child.pid ?? 0, begunAt, stop: () => ended(child) }
}

/** What `npm start` gives to Node, so that what is measured is what people run. */
function startCommand(): string[] {
  const manifest = readFileSync(join(ROOT, 'package.json'), 'utf8')
  const { scripts } = JSON.parse(manifest) as { scripts: { start: string } }
  const words = scripts.start.split(' ')
  return words.slice(words.indexOf('node') + 1)
}

/** A whole station over `dataDir`; the first over an empty folder migrates it. */
export function serveStation(dataDir: string, env: Environment = {}): Promise<Served> {
  return serve(startCommand(), {
    QUARK_PORT: '0',
    QUARK_DATA_DIR: dataDir,
    QUARK_LOG_FORMAT: 'json',
    QUARK_RATE_LIMITS: 'off',
    ...env,
  })
}

/** Gives `work` an empty folder and removes it afterwards, whatever happens. */
export async function inFolder<Result>(work: (dir: string) => Promise<Result>): Promise<Result> {
  const dir = await mkdtemp(join(tmpdir(), 'quark-bench-'))
  try {
    return await work(dir)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

/** Stops the servers when `work` is done with them, whatever happens. */
export async function whileServed<Result>(
  servers: readonly Promise<Served>[],
  work: (...running: readonly Served[]) => Promise<Result>,
): Promise<Result> {
  const begun = await Promise.allSettled(servers)
  const running = begun.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  try {
    const failed = begun.find((each) => each.status === 'rejected')
    if (failed) throw failed.reason
    return await work(...running)
  } finally {
    await Promise.all(running.map((server) => server.stop()))
  }
}

function addressOf(child: ChildProcess, script: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let written = ''
    const giveUp = (why: string): void => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      reject(new Error(`${script} ${why}:\n${written}`))
    }
    const timer = setTimeout(() => giveUp('named no address'), START_TIMEOUT_MS)
    const hear = (chunk: Buffer): void => {
      written += chunk.toString()
      const [url] = ADDRESS.exec(written) ?? []
      if (url === undefined) return
      clearTimeout(timer)
      resolve(url)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('error', (error) => giveUp(error.message))
    child.once('exit', () => giveUp('ended at its start'))
  })
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    const insist = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
    child.once('exit', () => {
      clearTimeout(insist)
      resolve()
    })
    child.kill('SIGTERM')
  })
}
