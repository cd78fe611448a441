import type { Readable } from 'node:stream'

const BLOCK = 512
/** Above 8 GiB a size is written in base 256, as GNU tar does. */
const MAX_OCTAL = 8 ** 11 - 1

/** One file of an archive. */
export interface TarEntry {
  readonly name: string
  readonly bytes: number
  /** Must give exactly `bytes`. */
  readonly content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

/** The archive did not follow the format, or ended too early. */
export class TarError extends Error {
  override readonly name = 'TarError'
}

/**
 * A POSIX ustar archive of plain files, read by every `tar`.
 *
 * @yields the bytes of the archive.
 * @throws TarError when a file gives more or fewer bytes than announced.
 */
export async function* tarOf(
  entries: AsyncIterable<TarEntry> | Iterable<TarEntry>,
  modifiedAt: Date,
): AsyncGenerator<Uint8Array> {
  for await (const { name, bytes, content } of entries) {
    yield headerOf(name, bytes, modifiedAt)
    let given = 0
    for await (const chunk of content) {
      given += chunk.byteLength
      if (given > bytes) break
      yield chunk
    }
    if (given !== bytes) throw new TarError(`${name} changed while it was read`)
    yield new Uint8Array(paddingOf(bytes))
  }
  yield new Uint8Array(2 * BLOCK)
}

function headerOf(name: string, bytes: number, modifiedAt: Date): Buffer {
  const header = Buffer.alloc(BLOCK)
  if (Buffer.byteLength(name) > 100) throw new TarError(`The name ${name} is too long`)
  header.write(name, 0)
  header.write('0000600\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  if (bytes <= MAX_OCTAL) header.write(`${bytes.toString(8).padStart(11, '0')}\0`, 124)
  else writeBase256(header, bytes)
  header.write(
    `${Math.floor(modifiedAt.getTime() / 1000)
      .toString(8)
      .padStart(11, '0')}\0`,
    136,
  )
  header.write('0', 156)
  header.write('ustar\u000000', 257)
  header.write(`${checksumOf(header).toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

function writeBase256(header: Buffer, bytes: number): void {
  header.writeBigUInt64BE(BigInt(bytes), 128)
  header[124] = 0x80
}

/** The sum of all bytes with the checksum itself read as spaces. */
function checksumOf(header: Uint8Array): number {
  let sum = 0
  for (let index = 0; index < BLOCK; index++) {
    sum += index >= 148 && index < 156 ? 0x20 : (header[index] ?? 0)
  }
  return sum
}

function paddingOf(bytes: number): number {
  return (BLOCK - (bytes % BLOCK)) % BLOCK
}

/**
 * The files of an archive in order. Each `content` must be read to its end before the next is asked
 * for. Anything but plain files is refused: links and devices have no place in a backup.
 *
 * @yields one file after the other.
 * @throws TarError
 */
export async function* readTar(source: Readable): AsyncGenerator<TarEntry> {
  const bytes = new ByteSource(source)
  for (;;) {
    const header = await bytes.take(BLOCK)
    if (header.every((byte) => byte === 0)) break
    const entry = entryOf(header)
    yield { ...entry, content: bytes.stream(entry.bytes) }
    await bytes.take(paddingOf(entry.bytes))
  }
  await bytes.end()
}

function entryOf(header: Buffer): { name: string; bytes: number } {
  const sum = Number.parseInt(header.toString('latin1', 148, 155), 8)
  if (sum !== checksumOf(header)) throw new TarError('a header is not what was written')
  const type = header.toString('latin1', 156, 157)
  if (type !== '0') throw new TarError('it holds something that is no plain file')
  const name = header.toString('utf8', 0, 100).replace(/\0.*$/s, '')
  return { name, bytes: sizeOf(header) }
}

function sizeOf(header: Buffer): number {
  const isBase256 = ((header[124] ?? 0) & 0x80) !== 0
  const bytes = isBase256
    ? Number(header.readBigUInt64BE(128))
    : Number.parseInt(header.toString('latin1', 124, 135), 8)
  if (!Number.isSafeInteger(bytes)) throw new TarError('a size cannot be read')
  return bytes
}

/** A stream taken in measured pieces. */
class ByteSource {
  readonly #chunks: AsyncIterator<Buffer>
  #rest: Buffer = Buffer.alloc(0)

  constructor(source: Readable) {
    this.#chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  }

  async take(count: number): Promise<Buffer> {
    const parts: Uint8Array[] = []
    for await (const part of this.stream(count)) parts.push(part)
    return Buffer.concat(parts)
  }

  async *stream(count: number): AsyncGenerator<Uint8Array> {
    let missing = count
    while (missing > 0) {
      if (this.#rest.byteLength === 0) await this.#more()
      const part = this.#rest.subarray(0, missing)
      this.#rest = this.#rest.subarray(part.byteLength)
      missing -= part.byteLength
      yield part
    }
  }

  /** What follows the end of the archive must be nothing; reading on checks the outer checksum. */
  async end(): Promise<void> {
    for (;;) {
      if (this.#rest.some((byte) => byte !== 0)) throw new TarError('something follows its end')
      const { done, value } = await this.#chunks.next()
      if (done) return
      this.#rest = value
    }
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#chunks.next()
    if (done) throw new TarError('it ends too early')
    this.#rest = value
  }
}
