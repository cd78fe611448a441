import { type FileHandle, open } from 'node:fs/promises'
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'

/** The format counts in 32 bits; what would not fit is left for its owner to say. */
const MAX_BYTES = 4_000_000_000
const SLICE = 64 * 1024
const MAX_SEGMENT = 100

/**
 * A ZIP file that grows on disk while it is made: never more than a slice of it is in memory, and
 * others have a turn after each slice.
 */
export class Archive {
  readonly #file: FileHandle
  readonly #zip: Zip
  readonly #names = new Set<string>()
  #made: Uint8Array[] = []
  #bytes = 0

  /** Begins anew where an interrupted one lies. */
  static async create(path: string): Promise<Archive> {
    return new Archive(await open(path, 'w', 0o600))
  }

  private constructor(file: FileHandle) {
    this.#file = file
    this.#zip = new Zip((error, chunk) => {
      if (error) throw error
      this.#made.push(chunk)
    })
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Whether so many more bytes are sure to fit. */
  hasRoomFor(bytes: number): boolean {
    return this.#bytes + bytes < MAX_BYTES
  }

  /** @returns under which name it stands: without anything that leads out of the archive. */
  async addText(path: string, text: string): Promise<string> {
    const name = this.#free(path)
    const file = new ZipDeflate(name, { level: 6 })
    this.#zip.add(file)
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; at += SLICE) {
      file.push(bytes.subarray(at, at + SLICE))
      await this.#flush()
    }
    file.push(new Uint8Array(), true)
    await this.#flush()
    return name
  }

  /** Pictures are compressed already. @param onSlice hears how many bytes have gone in. */
  async addStream(
    path: string,
    source: AsyncIterable<Uint8Array>,
    onSlice: (bytes: number) => Promise<void>,
  ): Promise<void> {
    const file = new ZipPassThrough(this.#free(path))
    this.#zip.add(file)
    for await (const chunk of source) {
      file.push(chunk)
      await this.#flush()
      await onSlice(chunk.byteLength)
    }
    file.push(new Uint8Array(), true)
    await this.#flush()
  }

  /** On disk when it returns. */
  async finish(): Promise<void> {
    this.#zip.end()
    await this.#flush()
    await this.#file.sync()
    await this.#file.close()
  }

  /** Lets go of the file, which stays unfinished. */
  async abandon(): Promise<void> {
    this.#zip.terminate()
    await this.#file.close()
  }

  async #flush(): Promise<void> {
    const made = this.#made
    this.#made = []
    for (const chunk of made) {
      await this.#file.write(chunk)
      this.#bytes += chunk.byteLength
    }
    await new Promise(setImmediate)
  }

  #free(path: string): string {
    const safe = safePath(path)
    let name = safe
    for (let copy = 2; this.#names.has(name); copy++)
      name = safe.replace(/(\.[^./]*)?$/, `-${copy}$1`)
    this.#names.add(name)
    return name
  }
}

/** Modules name the files, so nothing of a name may mean another folder, on any system. */
export function safePath(path: string): string {
  const segments = path.split(/[/\\]+/).flatMap((segment) => {
    const plain = segment.replace(/[^\p{L}\p{M}\p{N} ._-]/gu, '_').slice(0, MAX_SEGMENT)
    const safe = plain.replace(/^[ .]+|[ .]+$/g, '')
    return safe === '' ? [] : [safe]
  })
  return segments.length === 0 ? 'file' : segments.join('/')
}
