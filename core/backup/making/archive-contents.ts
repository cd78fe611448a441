import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import type { MediaDriver } from '../../media/storage/driver.ts'
import type { FileToPack } from './copy-database.ts'
import { type BackupManifest, HEADER_NAME, MANIFEST_NAME, type StoredFile } from '../manifest.ts'
import type { TarEntry } from '../tar.ts'

export interface ContentParts {
  readonly about: Omit<BackupManifest, 'files'>
  readonly databaseFiles: readonly FileToPack[]
  readonly media: MediaDriver
  readonly keyFiles: readonly FileToPack[]
  readonly onBytes: (done: number, total: number) => void
}

/** The files of an archive in their order, hashed on their way; the manifest of them goes last. */
export class ArchiveContents {
  readonly #parts: ContentParts
  readonly #files: StoredFile[] = []
  #done = 0
  #total = 0

  constructor(parts: ContentParts) {
    this.#parts = parts
  }

  /** Complete when {@link entries} has come to its end. */
  get manifest(): BackupManifest {
    return { ...this.#parts.about, files: this.#files }
  }

  async *entries(): AsyncGenerator<TarEntry> {
    const { about, databaseFiles, keyFiles, media } = this.#parts
    yield jsonEntry(HEADER_NAME, { format: about.format, program: about.program })
    const files = await Promise.all(
      [...databaseFiles, ...keyFiles].map(async ({ name, path }) => {
        return { name, path, bytes: (await stat(path)).size }
      }),
    )
    const pictures: { key: string; bytes: number }[] = []
    for await (const { key, bytes } of media.list('')) pictures.push({ key, bytes })
    this.#total = [...files, ...pictures].reduce((sum, { bytes }) => sum + bytes, 0)
    for (const { name, path, bytes } of files) {
      yield { name, bytes, content: this.#hashed(name, createReadStream(path)) }
    }
    for (const { key, bytes } of pictures) {
      const content = await opened(media, key)
      if (!content) continue
      yield { name: `media/${key}`, bytes, content: this.#hashed(`media/${key}`, content) }
    }
    yield jsonEntry(MANIFEST_NAME, this.manifest)
  }

  async *#hashed(name: string, content: Readable): AsyncGenerator<Uint8Array> {
    const hash = createHash('sha256')
    let bytes = 0
    for await (const chunk of content as AsyncIterable<Buffer>) {
      hash.update(chunk)
      bytes += chunk.byteLength
      this.#done += chunk.byteLength
      this.#parts.onBytes(this.#done, this.#total)
      yield chunk
    }
    this.#files.push({ name, bytes, sha256: hash.digest('hex') })
  }
}

/** Null when it was removed after the list was read: somebody has deleted it meanwhile. */
async function opened(media: MediaDriver, key: string): Promise<Readable | null> {
  try {
    return await media.get(key)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

function jsonEntry(name: string, value: unknown): TarEntry {
  const content = Buffer.from(`${JSON.stringify(value, null, 1)}\n`)
  return { name, bytes: content.byteLength, content: [content] }
}
