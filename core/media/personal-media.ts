import type { Readable } from 'node:stream'
import type { Database, Scope } from '../../db/index.ts'
import type { PersonalDataOwner } from '../privacy/index.ts'
import type { MediaDriver } from './storage/driver.ts'
import { keyOf, ORIGINAL } from './storage/keys.ts'
import { endingOf } from './content/file-name.ts'
import type { Sweep } from './sweep.ts'
import type { MediaTables } from './tables.ts'

/** A person's picture, as an archive of their data brings it along. */
export interface OwnFile {
  readonly id: string
  /** `webp` by its type. */
  readonly extension: string
  readonly bytes: number
  read(): Promise<Readable>
}

export interface PersonalMediaServices {
  readonly database: Database
  readonly driver: MediaDriver
  readonly sweep: Sweep
}

/**
 * Pictures and files people have put here. Kept posts keep their pictures, without the originals.
 */
export class PersonalMedia implements PersonalDataOwner {
  readonly #scope: Scope<MediaTables>
  readonly #database: Database
  readonly #driver: MediaDriver
  readonly #sweep: Sweep

  constructor({ database, driver, sweep }: PersonalMediaServices) {
    this.#database = database
    this.#scope = database.scope<MediaTables>('')
    this.#driver = driver
    this.#sweep = sweep
  }

  readonly export: PersonalDataOwner['export'] = async ({ userId }) => {
    const rows = await this.#rows(userId)
    const json = rows.map((row) => {
      const { id, kind, purpose, name, bytes, alt, created_at: createdAt } = row
      const file = `../media/${id}.${extensionOf(row)}`
      return { id, file, kind, name, purpose, bytes, alt, createdAt }
    })
    return { files: [{ path: 'media.json', json }] }
  }

  readonly erase: PersonalDataOwner['erase'] = async ({ userId, content }) => {
    let erased = 0
    for (const { id, purpose } of await this.#rows(userId)) {
      if (content === 'delete' || purpose !== 'picture') {
        if (await this.#sweep.remove(id)) erased++
      } else {
        /* The upload as it came may tell where and by what it was taken. */
        await this.#driver.delete(keyOf(id, ORIGINAL))
      }
    }
    await this.#forgetSum(userId)
    return { erased: { media: erased } }
  }

  /** Where nothing is left there is nothing to count. */
  async #forgetSum(userId: string): Promise<void> {
    await this.#database.transaction((tx) =>
      this.#scope
        .within(tx)
        .db.deleteFrom('media_usage')
        .where('owner_id', '=', userId)
        .where('files', '=', 0)
        .execute(),
    )
  }

  /** The person's own pictures, in the order of their ids. */
  async filesOf(userId: string): Promise<readonly OwnFile[]> {
    const rows = await this.#rows(userId)
    return rows.map((row) => {
      const { id, bytes, file } = row
      return { id, extension: extensionOf(row), bytes, read: () => this.#driver.get(file) }
    })
  }

  #rows(userId: string) {
    return this.#scope.reader
      .selectFrom('media')
      .innerJoin('media_variants', 'media_variants.media_id', 'media.id')
      .select(['media.id', 'media.kind', 'media.name', 'media.alt', 'media.purpose'])
      .select('media.created_at')
      .select(['media_variants.type', 'media_variants.bytes', 'media_variants.file'])
      .where('media.owner_id', '=', userId)
      .where('media_variants.name', '=', 'full')
      .orderBy('media.id')
      .execute()
  }
}

/** Of a file as its sender called it, of everything else by its type. */
function extensionOf({ name, type }: { readonly name: string | null; readonly type: string }) {
  if (type === 'application/octet-stream') return endingOf(name ?? '') ?? 'bin'
  return type.split('/')[1]?.replace(/[^a-z0-9]/g, '') ?? 'bin'
}
