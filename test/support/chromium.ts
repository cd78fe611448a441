import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** Why the browser tests cannot run where `findChromium` finds nothing. */
export const NO_CHROMIUM =
  'no Chromium: set QUARK_TEST_CHROMIUM to its path, or install the package chromium'

const ROOT = join(import.meta.dirname, '..', '..')
const SYSTEM_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const START_TIMEOUT_MS = 60_000
const INSTALL_TIMEOUT_MS = 10 * 60_000

/**
 * The path of a Chromium that starts: `QUARK_TEST_CHROMIUM`, the system's, or the one that comes with
 * the npm packages (Linux on x64). Undefined where none of them starts.
 * Synchronous, so that a Playwright configuration can ask; about 0.2 s, 3 s on first unpacking.
 */
export function findChromium(): string | undefined {
  const chosen = process.env['QUARK_TEST_CHROMIUM']
  if (chosen) return chosen
  return SYSTEM_PATHS.find((path) => existsSync(path) && starts(path)) ?? packagedChromium()
}

/** Installs Debian's Chromium where that is possible: as root, with apt. False if it was not. */
export function installChromium(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  try {
    apt('update')
    apt('install', '--yes', '--no-install-recommends', 'chromium')
    return true
  } catch {
    return false
  }
}

function apt(...args: string[]): void {
  execFileSync('/usr/bin/apt-get', args, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: 'ignore',
    timeout: INSTALL_TIMEOUT_MS,
  })
}

/** It arrives compressed; unpacked once beside other caches, by rename, so that never half of it. */
function packagedChromium(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const require = createRequire(import.meta.url)
  try {
    const entry = require.resolve('@sparticuz/chromium')
    const folder = join(ROOT, '.cache', `chromium-${versionOf(entry)}`)
    const path = join(folder, 'chromium')
    if (!existsSync(path)) unpack(entry, folder)
    return starts(path) ? path : undefined
  } catch {
    return undefined
  }
}

function versionOf(entry: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(entry, '../../package.json'), 'utf8'))
  const hasVersion = typeof manifest === 'object' && manifest !== null && 'version' in manifest
  return hasVersion ? String(manifest.version) : 'unknown'
}

/** The package unpacks into TMPDIR under a fixed name, hence a process with a TMPDIR of its own. */
function unpack(entry: string, folder: string): void {
  const staging = `${folder}.${process.pid}`
  const script = `import chromium from ${JSON.stringify(entry)}; await chromium.executablePath()`
  mkdirSync(staging, { recursive: true })
  try {
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, TMPDIR: staging },
      stdio: 'ignore',
    })
    if (!existsSync(folder)) renameSync(staging, folder)
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
}

function starts(path: string): boolean {
  try {
    execFileSync(path, ['--version'], { stdio: 'ignore', timeout: START_TIMEOUT_MS })
    return true
  } catch {
    return false
  }
}
