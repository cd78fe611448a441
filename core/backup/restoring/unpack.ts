import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { backupErrors } from '../errors.ts'
import {
  BACKUP_FORMAT,
  type BackupManifest,
  formatOf,
  HEADER_NAME,
  MANIFEST_NAME,
  manifestIn,
  type StoredFile,
} from '../manifest.ts'
import { readTar, type TarEntry, TarError } from '../tar.ts'

/** The only names an archive may hold; nothing can point out of the folder. */
const NAME =
  /^(?:database\.sqlite|tables\/[a-z0-9_]+\.ndjson|keys\/(?:secrets|notification-keys)\.json|media\/[0-9a-f]{2}(?:\/[0-9a-z-]+){1,2})$/
const MAX_JSON_BYTES = 256 * 2 ** 20

/**
 * Unpacks a backup into an empty folder and compares every byte with the manifest.
 *
 * @param onBytes told how many unpacked bytes have been read.
 * @throws QL_BACKUP_BROKEN, QL_BACKUP_NEWER; the folder then holds rubbish.
 */
export async function unpack(
  file: string,
  folder: string,
  onBytes: (bytes: number) => void = () => undefined,
): Promise<BackupManifest> {
  const archive = createReadStream(file)
  const plain = createGunzip()
  const reading = pipeline(archive, plain)
  /* Whoever reads the plain bytes hears of it as well. */
  reading.catch(() => undefined)
  try {
    return await new Unpacking(file, folder, onBytes).run(readTar(plain))
  } catch (error) {
    throw translated(error, file)
  } finally {
    plain.destroy()
    archive.destroy()
  }
}

class Unpacking {
  readonly #file: string
  readonly #folder: string
  readonly #onBytes: (bytes: number) => void
  readonly #found = new Map<string, StoredFile>()
  #bytes = 0

  constructor(file: string, folder: string, onBytes: (bytes: number) => void) {
    this.#file = file
    this.#folder = folder
    this.#onBytes = onBytes
  }

  async run(entries: AsyncIterable<TarEntry>): Promise<BackupManifest> {
    let header: { format: number | undefined } | undefined
    let manifest: BackupManifest | undefined
    for await (const entry of entries) {
      if (manifest) throw new TarError('something follows its manifest')
      if (!header) header = this.#headerOf(entry.name, await textOf(entry))
      else if (entry.name === MANIFEST_NAME) manifest = manifestIn(await textOf(entry))
      else await this.#store(entry)
    }
    if (!manifest) throw new TarError('it has no manifest that can be read')
    this.#compare(manifest)
    return manifest
  }

  #headerOf(name: string, text: string): { format: number } {
    const format = name === HEADER_NAME ? formatOf(text) : undefined
    if (format === undefined) throw new TarError('it is no backup of a station')
    if (format > BACKUP_FORMAT) {
      throw backupErrors.QL_BACKUP_NEWER({
        values: { file: this.#file, detail: `format ${format}` },
      })
    }
    return { format }
  }

  async #store(entry: TarEntry): Promise<void> {
    const { name, bytes, content } = entry
    if (!NAME.test(name)) throw new TarError(`it holds ${JSON.stringify(name)}`)
    if (this.#found.has(name)) throw new TarError(`it holds ${name} twice`)
    const path = join(this.#folder, ...name.split('/'))
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const hash = createHash('sha256')
    const hashed = async function* (this: Unpacking): AsyncGenerator<Uint8Array> {
      for await (const chunk of content) {
        hash.update(chunk)
        this.#bytes += chunk.byteLength
        this.#onBytes(this.#bytes)
        yield chunk
      }
    }
    const out = createWriteStream(path, { mode: 0o600, flags: 'wx', flush: true })
    await pipeline(hashed.call(this), out)
    this.#found.set(name, { name, bytes, sha256: hash.digest('hex') })
  }

  #compare({ files }: BackupManifest): void {
    for (const { name, bytes, sha256 } of files) {
      const found = this.#found.get(name)
      if (!found) throw new TarError(`${name} is missing`)
      if (found.bytes !== bytes || found.sha256 !== sha256) {
        throw new TarError(`${name} is not what was written`)
      }
    }
    if (files.length !== this.#found.size)
      throw new TarError('it holds more than its manifest says')
  }
}

async function textOf({ name, bytes, content }: TarEntry): Promise<string> {
  if (bytes > MAX_JSON_BYTES) throw new TarError(`${name} is too large`)
  const chunks: Uint8Array[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

/** What zlib and the archive say becomes one sentence; a missing file or a full disk stays itself. */
function translated(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (!(error instanceof TarError) && !code.startsWith('Z_')) return error
  const detail = error instanceof TarError ? error.message : 'it cannot be unpacked to its end'
  return backupErrors.QL_BACKUP_BROKEN({ values: { file, detail }, cause: error })
}
