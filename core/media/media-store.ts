import { createHash } from 'node:crypto'
import { createReadStream, type ReadStream } from 'node:fs'
import { access, mkdir, open, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Database, Scope } from '../../db/index.ts'
import type { Clock, NewPicture, Picture } from '../app.ts'
import { newId } from '../ids.ts'

interface MediaTables {
  media: {
    id: string
    owner_id: string
    sha256: string
    type: string
    width: number
    height: number
    bytes: number
    alt: string
    created_at: string
  }
}

export interface StoredFile {
  readonly type: string
  readonly bytes: number
  readonly sha256: string
  read(): ReadStream
}

const TYPES: Readonly<Record<string, string>> = {
  webp: 'image/webp',
  png: 'image/png',
  jpeg: 'image/jpeg',
}
const MAX_PIXELS = 40_000_000

/**
 * Pictures on disk under the hash of their bytes: the same bytes are one file. The file is durable
 * before its row is, so a row never points at nothing.
 */
export class MediaStore {
  readonly #dir: string
  readonly #database: Database
  readonly #scope: Scope<MediaTables>
  readonly #clock: Clock

  constructor(dir: string, database: Database, clock: Clock) {
    this.#dir = dir
    this.#database = database
    this.#scope = database.scope<MediaTables>('')
    this.#clock = clock
  }

  /** @throws when the bytes are not a WebP, PNG or JPEG picture of at most 40 megapixels. */
  async putPicture({ ownerId, bytes, alt }: NewPicture): Promise<Picture> {
    const { default: sharp } = await import('sharp')
    const meta = await sharp(bytes, { limitInputPixels: MAX_PIXELS }).metadata()
    const type = TYPES[meta.format]
    if (!type) throw new Error(`A picture of the type ${meta.format} is not kept`)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    await this.#writeOnce(sha256, bytes)
    await this.#database.transaction(async (tx) => {
      await this.#scope
        .within(tx)
        .db.insertInto('media')
        .values({
          id: newId(),
          owner_id: ownerId,
          sha256,
          type,
          width: meta.width,
          height: meta.height,
          bytes: bytes.byteLength,
          alt,
          created_at: this.#clock.now().toISOString(),
        })
        .onConflict((conflict) => conflict.columns(['owner_id', 'sha256']).doNothing())
        .execute()
    })
    const row = await this.#scope.reader
      .selectFrom('media')
      .select(['id', 'width', 'height', 'alt'])
      .where('owner_id', '=', ownerId)
      .where('sha256', '=', sha256)
      .executeTakeFirstOrThrow()
    return picture(row)
  }

  async find(ids: readonly string[]): Promise<readonly Picture[]> {
    if (ids.length === 0) return []
    const rows = await this.#scope.reader
      .selectFrom('media')
      .select(['id', 'width', 'height', 'alt'])
      .where('id', 'in', [...ids])
      .execute()
    return rows.map(picture)
  }

  /** The file behind a public address, or nothing. */
  async open(id: string): Promise<StoredFile | undefined> {
    const row = await this.#scope.reader
      .selectFrom('media')
      .select(['type', 'bytes', 'sha256'])
      .where('id', '=', id)
      .executeTakeFirst()
    return row && { ...row, read: () => createReadStream(this.#path(row.sha256)) }
  }

  #path(sha256: string): string {
    return join(this.#dir, sha256.slice(0, 2), sha256)
  }

  async #writeOnce(sha256: string, bytes: Uint8Array): Promise<void> {
    const path = this.#path(sha256)
    const isThere = await access(path).then(
      () => true,
      () => false,
    )
    if (isThere) return
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const staged = `${path}.${newId()}`
    const file = await open(staged, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(staged, path)
  }
}

function picture(row: Pick<MediaTables['media'], 'id' | 'width' | 'height' | 'alt'>): Picture {
  const { id, width, height, alt } = row
  return { id, url: `/media/${id}`, width, height, alt }
}
