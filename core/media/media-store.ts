import { Readable } from 'node:stream'
import type { Database, Scope } from '../../db/index.ts'
import type { Clock } from '../app.ts'
import type { NewPicture, Picture, UploadedFile } from '../port/media.ts'
import { newId } from '../ids.ts'
import type { ByteRange, MediaDriver } from './storage/driver.ts'
import { keyOf, ORIGINAL } from './storage/keys.ts'
import { mediaErrors } from './errors.ts'
import { JobQueue } from './rendering/job-queue.ts'
import { requireKnownType } from './content/picture-type.ts'
import type { PictureRenderer } from './rendering/picture-renderer.ts'
import { findPictures } from './records/pictures.ts'
import { make, type Made } from './uploads/making.ts'
import { mediaRow, variantRow } from './records/media-rows.ts'
import { type Quota, requireRoom, takeRoom, type Usage, usageOf } from './records/quota.ts'
import type { Judge, Staging } from './storage/staging.ts'
import type { MediaTables, Visibility } from './tables.ts'
import { type Arrived, fingerprintOf, type Upload } from './uploads/upload.ts'
import { findUploads } from './records/uploads.ts'

export interface MediaServices {
  readonly driver: MediaDriver
  readonly staging: Staging
  readonly renderer: PictureRenderer
  readonly database: Database
  readonly clock: Clock
  quota(): Quota
}

/** One file of an upload, and what decides who gets it. */
export interface StoredFile {
  /** As its sender called it; null for pictures. */
  readonly name: string | null
  readonly type: string
  readonly bytes: number
  readonly ownerId: string
  readonly visibility: Visibility
  readonly guard: string | null
  read(range?: ByteRange): Promise<Readable>
}

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * Uploaded pictures: the upload itself, which nobody is ever served, and what is made of it. All
 * files are durable before the row is, so a row never points at nothing.
 */
export class MediaStore {
  readonly #services: MediaServices
  readonly #scope: Scope<MediaTables>
  readonly #jobs = new JobQueue()

  constructor(services: MediaServices) {
    this.#services = services
    this.#scope = services.database.scope<MediaTables>('')
  }

  /**
   * Takes an upload while it arrives. When it is cut or refused, nothing of it stays.
   *
   * @throws the codes of `Staging.receive` and `PictureRenderer.render`, QL_MEDIA_QUOTA, QL_BUSY.
   */
  async receive(
    source: AsyncIterable<Uint8Array>,
    maxBytes: number,
    upload: () => Upload,
  ): Promise<Picture> {
    return pictureIn(await this.#receive(source, maxBytes, upload, { judge: requireKnownType }))
  }

  /**
   * The same for whatever may be attached to something.
   *
   * @throws as {@link receive}, for pictures alone; QL_MEDIA_NOT_VOICE for the purpose `voice`.
   */
  receiveFile(
    source: AsyncIterable<Uint8Array>,
    maxBytes: number,
    upload: () => Upload,
  ): Promise<UploadedFile> {
    return this.#receive(source, maxBytes, upload)
  }

  async #receive(
    source: AsyncIterable<Uint8Array>,
    maxBytes: number,
    upload: () => Upload,
    { judge, isKept = false }: { readonly judge?: Judge; readonly isKept?: boolean } = {},
  ): Promise<UploadedFile> {
    const staged = await this.#services.staging.receive(source, maxBytes, judge)
    try {
      return await this.#take({ ...upload(), staged, isKept })
    } finally {
      await staged.discard()
    }
  }

  /** @throws as {@link receive}; unless it is passing, the picture is kept until it is removed. */
  async putPicture({
    bytes,
    purpose = 'picture',
    isPassing = false,
    ...rest
  }: NewPicture): Promise<Picture> {
    const upload = (): Upload => ({ ...rest, purpose, audience: 'public' })
    const source = Readable.from([bytes])
    const facts = { judge: requireKnownType, isKept: !isPassing }
    return pictureIn(await this.#receive(source, bytes.byteLength, upload, facts))
  }

  /** In no order; unknown ids are absent, and with `ownerId` those that belong to others. */
  find(ids: readonly string[], ownerId?: string): Promise<readonly Picture[]> {
    return findPictures(
      this.#scope.reader,
      ids.filter((id) => ID.test(id)),
      ownerId,
    )
  }

  /** Uploads of every kind, otherwise as {@link find}. */
  findFiles(ids: readonly string[], ownerId?: string): Promise<readonly UploadedFile[]> {
    return findUploads(
      this.#scope.reader,
      ids.filter((id) => ID.test(id)),
      ownerId,
    )
  }

  /** The file behind an address, or nothing. Who may have it is for the caller to decide. */
  async open(id: string, name: string): Promise<StoredFile | undefined> {
    if (!ID.test(id) || !/^[a-z0-9]{1,8}$/.test(name)) return undefined
    const row = await this.#scope.reader
      .selectFrom('media')
      .innerJoin('media_variants', 'media_id', 'id')
      .select(['type', 'media_variants.bytes', 'file', 'owner_id', 'visibility', 'guard'])
      .select('media.name')
      .where('id', '=', id)
      .where('media_variants.name', '=', name)
      .executeTakeFirst()
    if (!row) return undefined
    const { file, owner_id: ownerId, ...facts } = row
    const read = (range?: ByteRange): Promise<Readable> => this.#services.driver.get(file, range)
    return { ...facts, ownerId, read }
  }

  /** Who guards what uses it: names of calls, and null for a use that everybody sees. */
  async guardsOf(id: string): Promise<readonly (string | null)[]> {
    const rows = await this.#scope.reader
      .selectFrom('media_uses')
      .select('guard')
      .distinct()
      .where('media_id', '=', id)
      .execute()
    return rows.map(({ guard }) => guard)
  }

  /** The upload as it came, with all that was in it: for its owner's own archive and nobody else. */
  original(id: string): Promise<Readable> {
    return this.#services.driver.get(keyOf(id, ORIGINAL))
  }

  /** How much room somebody has taken, and how much there is. */
  usage(ownerId: string): Promise<Usage> {
    return usageOf(this.#scope.reader, ownerId, this.#services.quota())
  }

  async #take(arrived: Arrived): Promise<UploadedFile> {
    const fingerprint = fingerprintOf(arrived)
    const { ownerId, staged } = arrived
    return this.#jobs.run(async () => {
      const known = await this.#known(ownerId, fingerprint, arrived.isKept)
      if (known) return known
      await requireRoom(this.#scope.reader, ownerId, staged.bytes, this.#services.quota())
      const made = await make(this.#services.renderer, staged, arrived)
      const upload = made.isAnew ? [{ name: ORIGINAL, path: staged.path }] : []
      const files = [...made.renditions, ...upload]
      const id = newId()
      const isNew = await this.#store(id, files, () => this.#commit(id, fingerprint, arrived, made))
      const [stored] = isNew
        ? await this.findFiles([id])
        : [await this.#known(ownerId, fingerprint, arrived.isKept)]
      if (!stored) throw mediaErrors.QL_MEDIA_GONE()
      return stored
    })
  }

  /** The same upload for the same use is the same picture; it counts as new for the sweep. */
  async #known(
    ownerId: string,
    fingerprint: string,
    isKept: boolean,
  ): Promise<UploadedFile | undefined> {
    const row = await this.#scope.reader
      .selectFrom('media')
      .select(['id', 'unused_since'])
      .where('owner_id', '=', ownerId)
      .where('fingerprint', '=', fingerprint)
      .executeTakeFirst()
    if (!row) return undefined
    /* Taken or swept in this very moment: the commit finds out which. */
    if (row.unused_since !== null && !(await this.#touch(row.id, isKept))) return undefined
    const [known] = await this.findFiles([row.id])
    return known
  }

  /** @returns false when the sweep was quicker. */
  async #touch(id: string, isKept: boolean): Promise<boolean> {
    const since = isKept ? null : this.#services.clock.now().toISOString()
    return this.#services.database.transaction(async (tx) => {
      const { numUpdatedRows } = await this.#scope
        .within(tx)
        .db.updateTable('media')
        .set({ unused_since: since })
        .where('id', '=', id)
        .where('unused_since', 'is not', null)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    })
  }

  /** Files first; what could not be committed takes its files back. @returns what `commit` does. */
  async #store(
    id: string,
    files: readonly { readonly name: string; readonly path: string }[],
    commit: () => Promise<boolean>,
  ): Promise<boolean> {
    const { driver } = this.#services
    let isCommitted = false
    try {
      await driver.put(files.map(({ name, path }) => ({ key: keyOf(id, name), path })))
      isCommitted = await commit()
      return isCommitted
    } finally {
      if (!isCommitted) {
        for (const { name } of files) await driver.delete(keyOf(id, name))
      }
    }
  }

  /** @returns false when another process has stored the same upload in the meantime. */
  #commit(id: string, fingerprint: string, arrived: Arrived, made: Made): Promise<boolean> {
    const { database, clock } = this.#services
    return database.transaction(async (tx) => {
      const { db } = this.#scope.within(tx)
      const { ownerId, staged } = arrived
      const now = clock.now().toISOString()
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('media')
        .values(mediaRow(id, fingerprint, arrived, made, now))
        .onConflict((conflict) => conflict.columns(['owner_id', 'fingerprint']).doNothing())
        .executeTakeFirst()
      if (numInsertedOrUpdatedRows === 0n) return false
      await takeRoom(db, ownerId, staged.bytes, this.#services.quota())
      await db
        .insertInto('media_variants')
        .values(made.renditions.map((rendition) => variantRow(id, rendition)))
        .execute()
      return true
    })
  }
}

function pictureIn({ picture }: UploadedFile): Picture {
  if (!picture) throw mediaErrors.QL_MEDIA_GONE()
  return picture
}
