import { glob, mkdir, open, rename, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import type { Readable } from 'node:stream'
import type { ByteRange, MediaDriver, NewObject, StoredObject } from './driver.ts'

const KEY = /^[0-9a-f]{2}(?:\/[0-9a-z-]+){1,2}$/

/**
 * Files below one folder, readable only by the station's own account. What is put has to lie on the
 * same file system.
 */
export class DiskDriver implements MediaDriver {
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  /**
   * Files are whole or absent: synced where they lie, renamed, and their folders synced. One after
   * the other, because each that waits for the disk holds one of the few threads of the process.
   */
  async put(files: readonly NewObject[]): Promise<void> {
    const folders = new Set<string>()
    for (const { key, path } of files) {
      const target = this.#path(key)
      const folder = dirname(target)
      const made = await mkdir(folder, { recursive: true, mode: 0o700 })
      folders.add(folder)
      if (made !== undefined) folders.add(dirname(folder))
      await sync(path, 'r+')
      await rename(path, target)
    }
    for (const folder of folders) await sync(folder, 'r')
  }

  async get(key: string, range?: ByteRange): Promise<Readable> {
    const file = await open(this.#path(key), 'r')
    return file.createReadStream(range ?? {})
  }

  async delete(key: string): Promise<void> {
    const path = this.#path(key)
    await rm(path, { force: true })
    /* The last file takes its folder along; a folder that still holds something stays. */
    await rmdir(dirname(path)).catch(() => undefined)
  }

  async *list(prefix: string): AsyncIterable<StoredObject> {
    for await (const found of glob('[0-9a-f][0-9a-f]/**', { cwd: this.#root })) {
      const key = found.split(sep).join('/')
      if (!key.startsWith(prefix) || !KEY.test(key)) continue
      const facts = await stat(join(this.#root, found)).catch(() => undefined)
      if (facts?.isFile()) yield { key, bytes: facts.size, modifiedAt: facts.mtime }
    }
  }

  #path(key: string): string {
    if (!KEY.test(key)) throw new Error(`${key} is not a key of a stored file`)
    return join(this.#root, ...key.split('/'))
  }
}

async function sync(path: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(path, flags)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
