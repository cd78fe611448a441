import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const WORKSHOP = fileURLToPath(new URL('../../.cache/test-modules/', import.meta.url))

/** `module.json` of a module that declares nothing; a test writes over it what it is about. */
export const PLAIN_MANIFEST = {
  version: '1.0.0',
  license: 'MIT',
  api: '^1.0',
  entry: 'index.ts',
  level: 'isolated',
  requires: { modules: {}, optional: {} },
  events: { subscribes: {}, publishes: {} },
  calls: { provides: {}, uses: {} },
  permissions: [],
  routes: [],
  pages: [],
  slots: [],
  collections: [],
  personalData: false,
  settings: {},
}

export interface PlantedModule {
  /** The body of `register(app)`, line by line; it begins on line 2 of `index.ts`. */
  readonly register?: readonly string[]
  readonly manifest?: Readonly<Record<string, unknown>>
}

/** A `modules/` folder of a test's own, inside the project so that `#core` resolves. */
export class ModuleFolder implements Disposable {
  readonly dir: string

  /** @param name A folder that is the same in every run, so that its compiled views are kept. */
  constructor(name?: string) {
    mkdirSync(WORKSHOP, { recursive: true })
    this.dir = name === undefined ? mkdtempSync(join(WORKSHOP, 'modules-')) : join(WORKSHOP, name)
    if (name !== undefined) rmSync(this.dir, { recursive: true, force: true })
    mkdirSync(this.dir, { recursive: true })
  }

  /** Writes a module with this id, or writes it anew. */
  plant(id: string, { register = [], manifest = {} }: PlantedModule = {}): void {
    const name = { en: id, ru: id }
    const whole = { id, name, description: name, ...PLAIN_MANIFEST, ...manifest }
    this.write(`${id}/module.json`, JSON.stringify(whole, null, 2))
    const lines = ['export async function register(app) {', ...register, '}', '']
    this.write(`${id}/${whole.entry}`, lines.join('\n'))
  }

  /** Brings a whole module of the project. */
  bring(source: string): void {
    cpSync(source, join(this.dir, basename(source)), { recursive: true })
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.dir, path)), { recursive: true })
    writeFileSync(join(this.dir, path), text)
  }

  remove(id: string): void {
    rmSync(join(this.dir, id), { recursive: true, force: true })
  }

  [Symbol.dispose](): void {
    rmSync(this.dir, { recursive: true, force: true })
  }
}
