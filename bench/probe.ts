import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { quantile } from './figures.ts'
import { pinned } from './machine.ts'
import type { Served } from './served.ts'

const PROBER = join(import.meta.dirname, 'prober.ts')

/** What pages take that somebody asks for while something else goes on. @returns their p99, in ms. */
export async function probe(
  { url }: Served,
  paths: readonly string[],
  seconds: number,
): Promise<number[]> {
  const order = JSON.stringify({ url, paths, seconds })
  const [command = '', ...rest] = pinned('load', [process.execPath, PROBER, order])
  const { stdout } = await promisify(execFile)(command, rest, { maxBuffer: 2 ** 24 })
  return (JSON.parse(stdout) as number[][]).map((ms) => quantile(ms, 0.99))
}
