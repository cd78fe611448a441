import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { App } from '../app.ts'
import {
  type Ask,
  type CoreExtras,
  openPort,
  type Port,
  type PortFacts,
} from './port/docking-port.ts'
import { overJson, portOverJson } from './json-boundary.ts'
import type { Manifest } from './manifest/manifest.ts'

/** `register` that has not returned by then has failed. */
const REGISTER_TIMEOUT_MS = 5_000

/** How a module that is not of the level `core` is reached while it shares the process. */
export type Boundary = 'json' | 'direct'

/**
 * Runs a module inside the station's process. A module of the level `core` gets its tables; any
 * other lives behind JSON, exactly as it will in a process of its own.
 */
export async function startInProcess(
  manifest: Manifest,
  facts: PortFacts,
  ask: Ask,
  extras: CoreExtras,
  boundary: Boundary = 'json',
): Promise<Port> {
  const isCore = manifest.level === 'core'
  const isDirect = isCore || boundary === 'direct'
  const port = openPort(facts, isDirect ? ask : overJson(ask), isCore ? extras : undefined)
  const register = await entryOf(manifest, facts.folder)
  await withinTime(register(port.app), join(facts.folder, manifest.entry))
  port.seal()
  return isDirect ? port : portOverJson(port)
}

async function entryOf(manifest: Manifest, dir: string): Promise<(app: App) => unknown> {
  const loaded: unknown = await import(pathToFileURL(join(dir, manifest.entry)).href)
  const register: unknown =
    typeof loaded === 'object' && loaded !== null && 'register' in loaded ? loaded.register : null
  if (typeof register === 'function') return register as (app: App) => unknown
  throw new Error(`${manifest.entry} exports no function register(app)`)
}

async function withinTime(work: unknown, file: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    const error = new Error(`${file}: register() did not return within ${REGISTER_TIMEOUT_MS} ms`)
    timer = setTimeout(() => reject(error), REGISTER_TIMEOUT_MS)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
