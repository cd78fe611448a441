import { glob, mkdir, open, rename, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import type { Readable } from 'node:stream'
import { newId } from '../ids.ts'
import type { ByteRange, MediaDriver, StoredObject } from './driver.ts'

const KEY = /^[0-9a-f]{2}(?:\/[0-9a-z-]+){1,2}$/
/** What a put that was cut leaves beside its target. */
const UNFINISHED = '.part'

/** Files below one folder, readable only by the station's own account. */
export class DiskDriver implements MediaDriver {
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  /** A file is whole or absent: written beside, synced, renamed, and its folder synced. */
  async put(key: string, content: Uint8Array | Readable): Promise<void> {
    const path = this.#path(key)
    const folder = dirname(path)
    const made = await mkdir(folder, { recursive: true, mode: 0o700 })
    const staged = `${path}-${newId()}${UNFINISHED}`
    try {
      const file = await open(staged, 'wx', 0o600)
      try {
        await file.writeFile(content)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(staged, path)
    } catch (error) {
      await rm(staged, { force: true })
      throw error
    }
    await syncFolder(folder)
    if (made !== undefined) await syncFolder(dirname(folder))
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
      if (!key.startsWith(prefix)) continue
      const facts = await stat(join(this.#root, found)).catch(() => undefined)
      if (facts?.isFile()) yield { key, bytes: facts.size, modifiedAt: facts.mtime }
    }
  }

  #path(key: string): string {
    const name = key.endsWith(UNFINISHED) ? key.slice(0, -UNFINISHED.length) : key
    if (!KEY.test(name)) throw new Error(`${key} is not a key of a stored file`)
    return join(this.#root, ...key.split('/'))
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
