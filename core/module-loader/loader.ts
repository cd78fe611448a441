import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Migration } from '../../db/index.ts'
import type { Clock, StationFacts } from '../app.ts'
import type { Locale } from '../port/requests.ts'
import type { Administration } from '../administration/index.ts'
import type { Auth } from '../auth/index.ts'
import { corePermissionGaps } from './manifest/core-permissions.ts'
import { declaredAgainstBound } from './declared-bound.ts'
import { resolveDependencies } from './manifest/dependencies.ts'
import { dock, type DockingPlaces, type Release } from './docking.ts'
import { ModuleHost } from './host/host.ts'
import { type Boundary, startInProcess } from './in-process.ts'
import { folderDigest, Journal, type ModuleStatus, nextTry } from './journal.ts'
import type { Manifest } from './manifest/manifest.ts'
import { stepsOf } from './migration-steps.ts'
import { moduleDb } from './module-db.ts'
import { personalDataGaps } from './manifest/personal-data-rule.ts'
import { ManifestError, readManifest } from './manifest/read-manifest.ts'

export interface ModuleState {
  readonly id: string
  readonly status: ModuleStatus
  /** Absent when `module.json` cannot be used. */
  readonly manifest?: Manifest
  /** Why it does not run, with file and line where there is one. */
  readonly reason?: string
}

export interface LoaderOptions {
  readonly dir: string
  readonly places: DockingPlaces
  readonly auth: Auth
  readonly administration: Administration
  readonly clock: Clock
  readonly station: StationFacts
  readonly boundary?: Boundary
}

interface Docked {
  readonly release: Release
  readonly stop: AbortController
  readonly demos: readonly Demo[]
}

interface Demo {
  readonly order: number
  readonly fill: () => Promise<unknown>
}

/** Finds, checks, orders and docks the modules of one folder; a broken one stops no other. */
export class ModuleLoader {
  readonly #options: LoaderOptions
  readonly #journal: Journal
  readonly #states = new Map<string, ModuleState>()
  readonly #docked = new Map<string, Docked>()
  #order: readonly Manifest[] = []

  constructor(options: LoaderOptions) {
    this.#options = options
    this.#journal = new Journal(options.places.database, options.clock)
  }

  get modules(): readonly ModuleState[] {
    return [...this.#states.values()].toSorted((a, b) => a.id.localeCompare(b.id))
  }

  /** Reads all manifests and puts them in order. Runs no module code. */
  discover(): void {
    const manifests: Manifest[] = []
    for (const id of folders(this.#options.dir)) {
      try {
        manifests.push(readManifest(join(this.#options.dir, id)))
      } catch (error) {
        if (!(error instanceof ManifestError)) throw error
        this.#states.set(id, { id, status: 'invalid', reason: error.message })
      }
    }
    const { order, refused } = resolveDependencies(manifests)
    for (const manifest of manifests) {
      const reason = refused.get(manifest.id)
      if (reason !== undefined) {
        this.#states.set(manifest.id, { id: manifest.id, status: 'invalid', manifest, reason })
      }
    }
    this.#order = order
  }

  /** The steps of all usable modules, after {@link discover}. */
  async migrations(): Promise<Migration[]> {
    const steps: Migration[] = []
    for (const manifest of this.#order) {
      try {
        steps.push(...(await stepsOf(join(this.#options.dir, manifest.id), manifest)))
      } catch (error) {
        this.#refuse(
          manifest,
          'failed',
          `The migrations cannot be read: ${firstLines(error, join(this.#options.dir, manifest.id))}`,
        )
      }
    }
    return steps
  }

  /** Docks every module in order. Answers when each runs or has its reason not to. */
  async start(): Promise<void> {
    const journal = await this.#journal.read()
    for (const manifest of this.#order) {
      if (!this.#states.has(manifest.id)) await this.#enable(manifest, journal)
    }
    for (const { id, status, reason } of this.#states.values()) {
      if (status !== 'enabled') {
        this.#options.places.log.warn('A module does not run', { module: id, status, reason })
      }
    }
  }

  /** Runs the demo fillers of these modules, of all when left out, in their order. */
  async fillDemo(modules: readonly string[] = [...this.#docked.keys()]): Promise<void> {
    const demos = modules.flatMap((id) => this.#docked.get(id)?.demos ?? [])
    for (const { fill } of demos.toSorted((a, b) => a.order - b.order)) await fill()
  }

  async stop(): Promise<void> {
    for (const { id } of this.#order.toReversed()) {
      const docked = this.#docked.get(id)
      docked?.stop.abort()
      await docked?.release()
    }
    this.#docked.clear()
  }

  async #enable(manifest: Manifest, journal: Awaited<ReturnType<Journal['read']>>): Promise<void> {
    const { id, version } = manifest
    const dir = join(this.#options.dir, id)
    const digest = folderDigest(dir)
    const known = journal.get(id)
    const isUnchanged = known?.digest === digest
    const missing = Object.keys(manifest.requires.modules).find(
      (needed) => this.#states.get(needed)?.status !== 'enabled',
    )
    if (missing !== undefined) {
      return this.#refuse(manifest, 'failed', `Requires ${missing}, which does not run.`)
    }
    const operation = nextTry(manifest, isUnchanged ? known : undefined)
    if (known && operation === null) {
      const reason = 'The station stopped while this module was being enabled. Change or remove it.'
      await this.#journal.write({ ...known, state: 'quarantined', operation: null, reason })
      return this.#refuse(manifest, 'quarantined', reason)
    }
    if (known && isUnchanged && known.state !== 'enabled') {
      return this.#refuse(manifest, known.state, known.reason ?? '')
    }
    const row = { id, version, digest, reason: null }
    await this.#journal.write({ ...row, state: 'enabled', operation })
    try {
      this.#docked.set(id, await this.#dock(manifest, dir))
      this.#states.set(id, { id, status: 'enabled', manifest })
      await this.#journal.write({ ...row, state: 'enabled', operation: null })
    } catch (error) {
      const reason = firstLines(error, dir)
      await this.#journal.write({ ...row, state: 'failed', operation: null, reason })
      this.#refuse(manifest, 'failed', reason)
    }
  }

  async #dock(manifest: Manifest, dir: string): Promise<Docked> {
    const { places, auth, administration, clock } = this.#options
    const host = new ModuleHost(manifest, places)
    const stop = new AbortController()
    const facts = {
      id: manifest.id,
      settings: () => places.moduleSettings.values(manifest.id, manifest.settings),
      signal: stop.signal,
      clock,
      station: this.#options.station,
      folder: dir,
    }
    const extras = {
      translator: (locale: Locale) => places.catalogue.translator(locale),
      db: <Tables>() => moduleDb<Tables>(places.database, host, manifest.id),
      ...(manifest.permissions.includes('auth') ? { auth } : {}),
      ...(manifest.permissions.includes('administration') ? { administration } : {}),
    }
    const port = await startInProcess(manifest, facts, host.ask, extras, this.#options.boundary)
    const differences = [
      ...declaredAgainstBound(manifest, port.bindings, dir),
      ...corePermissionGaps(manifest, dir),
      ...personalDataGaps(manifest, port.bindings, dir),
    ]
    if (differences.length > 0) throw new DeclarationError(differences)
    const release = await dock(manifest, dir, port, host, places)
    const demos = port.bindings.demo.map(({ order }, index) => ({
      order,
      fill: () => port.invoke('demo', index, undefined),
    }))
    return { release, stop, demos }
  }

  #refuse(manifest: Manifest, status: ModuleStatus, reason: string): void {
    this.#states.set(manifest.id, { id: manifest.id, status, manifest, reason })
  }
}

/** What the manifest says and what `register` did are not the same. */
class DeclarationError extends Error {
  override readonly name = 'DeclarationError'

  constructor(differences: readonly string[]) {
    super(differences.join('\n'))
  }
}

function folders(dir: string): string[] {
  if (!existsSync(dir)) return []
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .toSorted()
}

/** The message and the first frame in the module's own folder, which names file and line. */
function firstLines(error: unknown, dir: string): string {
  if (error instanceof DeclarationError) return error.message
  if (!(error instanceof Error)) return String(error)
  const own = pathToFileURL(`${dir}/`).href
  const frame = error.stack?.split('\n').find((line) => line.includes(own))
  return frame ? `${error.message} (${frame.trim()})` : error.message
}
