import { createHash, randomUUID } from 'node:crypto'
import { globSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { AssetManifest } from './assets.ts'
import { inputKey, readManifest } from './assets.ts'

/** Lives apart from `assets.ts`, so that a start with fresh files never loads the builders. */
type Build = {
  readonly root: string
  readonly dir: string
  readonly files: Record<string, string>
  readonly extraInputs: Set<string>
}

/** Browsers that know `light-dark()`, nesting and `oklch()`: nothing of these is rewritten. */
const SAFARI = (17 << 16) | (5 << 8)
const BROWSERS = { chrome: 125 << 16, firefox: 128 << 16, safari: SAFARI, ios_saf: SAFARI }

/** For strangers who read, and for everybody else. */
const STYLES = ['index.css', 'resident.css']

/** Builds into a folder of its own and moves it into place as the last step. */
export async function writeAssets(root: string, dir: string): Promise<AssetManifest> {
  const staged = `${dir}.${randomUUID()}`
  const build: Build = { root, dir: staged, files: {}, extraInputs: new Set() }
  await mkdir(staged, { recursive: true })
  try {
    for (const name of STYLES) await buildStyles(build, name)
    await buildClients(build)
    for (const name of ['icons.svg', 'favicon.svg'])
      await keep(build, name, join(root, 'static', name))
    const extraInputs = [...build.extraInputs].toSorted()
    const { files } = build
    const manifest = { key: inputKey(root, extraInputs), extraInputs, files }
    await writeFile(join(staged, 'manifest.json'), JSON.stringify(manifest, undefined, 2))
    return await moveIntoPlace(staged, dir, manifest)
  } finally {
    await rm(staged, { recursive: true, force: true })
  }
}

async function buildStyles(build: Build, name: string): Promise<void> {
  const { bundleAsync } = await import('lightningcss')
  const { code, dependencies } = await bundleAsync({
    filename: join(build.root, 'static/css', name),
    minify: true,
    targets: BROWSERS,
    analyzeDependencies: { preserveImports: false },
  })
  let css = Buffer.from(code).toString('utf8')
  for (const dependency of dependencies ?? []) {
    if (dependency.type !== 'url') continue
    const source = resolve(dirname(dependency.loc.filePath), dependency.url)
    const file = dependency.url.startsWith('data:')
      ? dependency.url
      : await keep(build, basename(source), source)
    css = css.replaceAll(dependency.placeholder, file)
  }
  await write(build, name, Buffer.from(css))
}

async function buildClients(build: Build): Promise<void> {
  const entries = globSync('{core,modules}/*/client/*.{ts,tsx}', { cwd: build.root })
    .filter((file) => !file.includes('.test.'))
    .toSorted()
  for (const entry of entries) await bundle(build, entry)
}

/**
 * Each program is one classic script with all it needs: a file more costs a page more than the few
 * bytes two programs share, and Chromium compiles modules anew at each visit (ADR 0018). So there is no
 * `await` outside of functions.
 */
async function bundle(build: Build, entry: string): Promise<void> {
  const esbuild = await import('esbuild')
  const name = clientName(entry)
  const { metafile, outputFiles } = await esbuild.build({
    absWorkingDir: build.root,
    entryPoints: [{ in: entry, out: name.replace('/', '-') }],
    outdir: build.dir,
    entryNames: '[name]-[hash]',
    bundle: true,
    format: 'iife',
    minify: true,
    target: 'es2024',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'silent',
  })
  for (const { path, contents } of outputFiles) {
    await writeWithCompressed(path, contents)
    build.files[`${name}.js`] = basename(path)
  }
  for (const input of Object.keys(metafile.inputs)) {
    if (!input.includes('node_modules/')) build.extraInputs.add(input)
  }
}

/** `modules/blog/client/copy-code.ts` → `blog/copy-code`; rooms of the core likewise. */
function clientName(entry: string): string {
  const [, module = ''] = entry.split(/[\\/]/)
  return `${module}/${basename(entry, extname(entry))}`
}

/** Copies a file as it is under a hashed name; the same file asked for twice is written once. */
async function keep(build: Build, name: string, source: string): Promise<string> {
  return build.files[name] ?? (await write(build, name, await readFile(source)))
}

async function write(build: Build, name: string, content: Buffer): Promise<string> {
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 10)
  const file = `${basename(name, extname(name))}-${hash}${extname(name)}`
  await writeWithCompressed(join(build.dir, file), content)
  build.files[name] = file
  return file
}

const compressBrotli = promisify(brotliCompress)
const compressGzip = promisify(gzip)
const COMPRESSIBLE = new Set(['.css', '.js', '.svg'])

async function writeWithCompressed(path: string, content: Uint8Array): Promise<void> {
  await writeFile(path, content)
  if (!COMPRESSIBLE.has(extname(path))) return
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY }
  const [brotli, zipped] = await Promise.all([
    compressBrotli(content, { params }),
    compressGzip(content, { level: 9 }),
  ])
  await Promise.all([writeFile(`${path}.br`, brotli), writeFile(`${path}.gz`, zipped)])
}

/** A rename is atomic, a replacement of a folder is not: the old one steps aside first. */
async function moveIntoPlace(
  staged: string,
  dir: string,
  manifest: AssetManifest,
): Promise<AssetManifest> {
  const aside = `${staged}.old`
  await rename(dir, aside).catch(ignoreMissing)
  try {
    await rename(staged, dir)
    return manifest
  } catch (error) {
    // Another process was quicker. Its build is as good when it saw the same inputs.
    const theirs = readManifest(dir)
    if (theirs?.key === manifest.key) return theirs
    throw error
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
}
