import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const ROOT = join(import.meta.dirname, '..', '..')
/** The project's own Node: the caller may run on an older one. */
const NODE = join(ROOT, 'node_modules', '.bin', 'node')
const START_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 20_000
const HEALTH_POLL_MS = 50
const ADDRESS = /https?:\/\/(?:127\.0\.0\.1|localhost):\d+/

export interface StationProcessOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Fills the new station with the program's own demonstration content first. */
  readonly demo?: boolean
}

/** A station as people run it: its own process, a free port and a data folder of its own. */
export interface StationProcess {
  readonly url: string
  readonly dataDir: string
  /** Everything it has written so far. */
  output(): string
  /**
   * Runs `quark <words>` on the same data folder and answers all it printed.
   * @throws Error with what the command complained of.
   */
  quark(...words: readonly string[]): Promise<string>
  /** Kills the process as a power failure does, and starts it at the same address and data. */
  crashAndRestart(): Promise<void>
  /** Ends the process and removes its data; harmless when repeated. */
  stop(): Promise<void>
}

/**
 * Starts a station and answers when `/health` does.
 * @throws Error with all the station wrote when it ends early or stays silent for a minute.
 */
export async function startStationProcess(
  options: StationProcessOptions = {},
): Promise<StationProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), 'quark-station-'))
  const env = {
    ...process.env,
    QUARK_PORT: '0',
    QUARK_DATA_DIR: dataDir,
    QUARK_LOG_LEVEL: 'warn',
    QUARK_LOG_FILE: 'off',
    QUARK_RATE_LIMITS: 'off',
    QUARK_BCRYPT_COST: '10',
    ...options.env,
  }
  try {
    if (options.demo) await quark(env, ['demo'])
    return await started(env, dataDir)
  } catch (error) {
    rmSync(dataDir, { recursive: true, force: true })
    throw error
  }
}

async function quark(env: NodeJS.ProcessEnv, words: readonly string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(NODE, ['cli.ts', ...words], {
    cwd: ROOT,
    env,
  })
  return stdout + stderr
}

async function started(env: NodeJS.ProcessEnv, dataDir: string): Promise<StationProcess> {
  let written = ''
  let child = spawned(env, (text) => (written += text))
  const stop = async (): Promise<void> => {
    await ended(child)
    rmSync(dataDir, { recursive: true, force: true })
  }
  const crashAndRestart = async (): Promise<void> => {
    child.kill('SIGKILL')
    if (!hasEnded(child)) await once(child, 'exit')
    const { port } = new URL(url)
    child = spawned({ ...env, QUARK_PORT: port }, (text) => (written += text))
    await healthyAddress(child, () => written)
  }
  let url: string
  try {
    url = await healthyAddress(child, () => written)
  } catch (error) {
    await stop()
    throw error
  }
  const run = (...words: readonly string[]): Promise<string> => quark(env, words)
  return { url, dataDir, output: () => written, quark: run, crashAndRestart, stop }
}

function spawned(env: NodeJS.ProcessEnv, hear: (text: string) => void): ChildProcess {
  const child = spawn(NODE, ['main.ts'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.on('data', (chunk: Buffer) => hear(chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => hear(chunk.toString()))
  return child
}

async function healthyAddress(child: ChildProcess, output: () => string): Promise<string> {
  const giveUpAt = Date.now() + START_TIMEOUT_MS
  while (Date.now() < giveUpAt) {
    if (hasEnded(child)) throw new Error(`The station ended at its start:\n${output()}`)
    const [url] = ADDRESS.exec(output()) ?? []
    if (url !== undefined && (await isHealthy(url))) return url
    await new Promise((resolve) => setTimeout(resolve, HEALTH_POLL_MS))
  }
  throw new Error(`The station did not become healthy:\n${output()}`)
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/health`)
    await answer.arrayBuffer()
    return answer.ok
  } catch {
    return false
  }
}

/** Asks the process to end, and insists when it does not. */
function ended(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return Promise.resolve()
  return new Promise((resolve) => {
    const insist = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
    child.once('exit', () => {
      clearTimeout(insist)
      resolve()
    })
    child.kill('SIGTERM')
  })
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}
