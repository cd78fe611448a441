import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a file that only its owner can read: whole or not at all, also after a power loss. A file
 * that is already there, or that another process makes at the same moment, stays as it is.
 */
export function writeNewFile(path: string, text: string): void {
  write(path, text, publish)
}

/** The same in place of the file that is there: whoever reads sees the one or the other whole. */
export function replaceFile(path: string, text: string): void {
  write(path, text, renameSync)
}

function write(path: string, text: string, put: (staged: string, path: string) => void): void {
  const staged = `${path}.${process.pid}.new`
  mkdirSync(dirname(path), { recursive: true })
  rmSync(staged, { force: true })
  const descriptor = openSync(staged, 'wx', 0o600)
  try {
    writeSync(descriptor, text)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  try {
    put(staged, path)
  } finally {
    rmSync(staged, { force: true })
  }
  syncFolder(dirname(path))
}

/** Unlike a rename, a link never replaces what another process has just put there. */
function publish(staged: string, path: string): void {
  try {
    linkSync(staged, path)
  } catch (error) {
    if (isCode(error, 'EEXIST')) return
    /* File systems without hard links; two first starts at once are not expected there. */
    renameSync(staged, path)
  }
}

function syncFolder(folder: string): void {
  /* Windows cannot open a folder. */
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
