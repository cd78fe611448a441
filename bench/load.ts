import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { median } from './figures.ts'
import { cpuMsOf, pinned } from './machine.ts'
import type { Served } from './served.ts'

const GENERATOR = join(import.meta.dirname, 'load-generator.ts')
const WARM_UP_S = 2

export interface LoadOptions {
  /** Asked in turn. */
  readonly paths: readonly string[]
  readonly seconds: number
  readonly connections: number
  readonly headers?: Readonly<Record<string, string>>
}

export interface LoadResult {
  readonly requests: number
  readonly perSecond: number
  /** Answers that were not 2xx, and requests without one. */
  readonly failed: number
}

export interface Loaded {
  readonly perSecond: number
  /** Processor time of the server, all its threads, for one request. */
  readonly cpuMs: number
}

/** Loads a server from another process on another core. @throws when any request failed. */
export async function load(server: Served, options: LoadOptions): Promise<Loaded> {
  const cpuBefore = cpuMsOf(server.pid)
  const [command = '', ...rest] = pinned('load', [
    process.execPath,
    GENERATOR,
    JSON.stringify({ url: server.url, ...options }),
  ])
  const { stdout } = await promisify(execFile)(command, rest)
  const { requests, perSecond, failed } = JSON.parse(stdout) as LoadResult
  const cpuMs = (cpuMsOf(server.pid) - cpuBefore) / requests
  if (failed > 0 || requests === 0) {
    throw new Error(`${failed} of ${requests} requests to ${options.paths.join(' ')} failed`)
  }
  return { perSecond, cpuMs }
}

/** Lets the compiler of the server see the path often enough to be done with it. */
export async function warmUp(server: Served, options: LoadOptions): Promise<void> {
  await load(server, { ...options, seconds: WARM_UP_S })
}

export function medianOf(turns: readonly Loaded[]): Loaded {
  return {
    perSecond: median(turns.map(({ perSecond }) => perSecond)),
    cpuMs: median(turns.map(({ cpuMs }) => cpuMs)),
  }
}
