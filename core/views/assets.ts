import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What the browser loads from the station: style sheets, client programs, fonts, pictures. */
export type Assets = {
  /**
   * Address of a built file by its plain name: `index.css`, `favicon.svg`,
   * `inter-latin-wght-normal.woff2`, `user-management/password.js`. The address holds a hash of
   * the content, so it may be cached forever. An unknown name throws.
   */
  url(name: string): string
  /** Absolute path of the folder to serve under `/assets/`; `.br` and `.gz` lie beside each text. */
  readonly dir: string
  /** Plain names of everything built, sorted. */
  names(): string[]
}

/** `manifest.json` of a built folder. */
export type AssetManifest = {
  /** Hash over every input; a differing one means the folder is stale. */
  readonly key: string
  /** Inputs beside the known places: what client programs import from elsewhere in the tree. */
  readonly extraInputs: readonly string[]
  /** Plain name → file name in the folder. */
  readonly files: Readonly<Record<string, string>>
}

export type AssetOptions = {
  /** The station's folder; the running one when left out. */
  readonly root?: string | undefined
  /** Where the built files go; `.cache/assets` under the root when left out. */
  readonly outDir?: string | undefined
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/**
 * `package.json` pins fonts and tools to exact versions, so it stands for all of them in the key
 * and a check does not read a megabyte of fonts.
 */
const INPUTS = ['package.json', 'static/**/*.{css,svg}', '{core,modules}/*/client/**/*.{ts,tsx}']

/**
 * Builds what is stale and answers with the addresses. Inputs are compared by content; when
 * nothing changed, neither lightningcss nor esbuild is loaded and the call takes milliseconds.
 * A build appears whole or not at all. Throws what the builders throw on a faulty input.
 */
export async function buildAssets(options: AssetOptions = {}): Promise<Assets> {
  const root = options.root ?? ROOT
  const dir = options.outDir ?? join(root, '.cache', 'assets')
  const kept = readManifest(dir)
  if (kept && kept.key === inputKey(root, kept.extraInputs)) return assetsOf(dir, kept)
  const { writeAssets } = await import('./assets-build.ts')
  return assetsOf(dir, await writeAssets(root, dir))
}

/** Hash over names and contents of all inputs, in a stable order. */
export function inputKey(root: string, extraInputs: readonly string[]): string {
  const found = globSync(INPUTS, { cwd: root, exclude: ['**/*.test.*'] })
  const names = [...new Set([...found, ...extraInputs])].toSorted()
  const hash = createHash('sha256').update('assets 3')
  for (const name of names) {
    hash.update(`\0${name}\0`).update(readOrNothing(join(root, name)))
  }
  return hash.digest('hex')
}

function readOrNothing(file: string): Buffer | string {
  try {
    return readFileSync(file)
  } catch {
    return 'absent' // A removed input changes the key, which is all that matters here.
  }
}

/** Undefined when there is no readable manifest: the folder is then built anew. */
export function readManifest(dir: string): AssetManifest | undefined {
  try {
    return JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')) as AssetManifest
  } catch {
    return undefined
  }
}

function assetsOf(dir: string, { files }: AssetManifest): Assets {
  return {
    dir,
    names: () => Object.keys(files).toSorted(),
    url(name) {
      const file = files[name]
      if (file === undefined) throw new Error(`No asset is named ${name}`)
      return `/assets/${file}`
    },
  }
}
