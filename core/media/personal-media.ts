import { rm } from 'node:fs/promises'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { ReadStream } from 'node:fs'
import type { Database } from '../../db/index.ts'
import type { PersonalDataOwner } from '../privacy/index.ts'

interface OwnRow {
  readonly id: string
  readonly sha256: string
  readonly type: string
  readonly alt: string
  readonly bytes: number
}

/** A person's file, as an archive of their data brings it along. */
export interface OwnFile {
  readonly id: string
  /** `picture.webp` by its type. */
  readonly extension: string
  readonly bytes: number
  read(): ReadStream
}

/** Pictures and files people have put here. Kept posts keep their pictures. */
export class PersonalMedia implements PersonalDataOwner {
  readonly #database: Database
  readonly #dir: string

  constructor(database: Database, dir: string) {
    this.#database = database
    this.#dir = dir
  }

  readonly export: PersonalDataOwner['export'] = async ({ userId }) => {
    const rows = await this.#rows(userId)
    const json = rows.map(({ id, type, bytes, alt, sha256 }) => {
      return { id, file: `../media/${id}.${extensionOf(type)}`, type, bytes, alt, sha256 }
    })
    return { files: [{ path: 'media.json', json }] }
  }

  readonly erase: PersonalDataOwner['erase'] = async ({ userId, content }) => {
    if (content === 'anonymise') return { erased: { media: 0 } }
    const rows = await this.#rows(userId)
    const orphans = await this.#database.transaction(async ({ session }) => {
      await session.run('delete from media where owner_id = ?', [userId])
      const left: OwnRow[] = []
      for (const row of rows) {
        const others = await session.all('select 1 from media where sha256 = ? limit 1', [
          row.sha256,
        ])
        if (others.length === 0) left.push(row)
      }
      return left
    })
    for (const { sha256 } of orphans) await rm(this.#path(sha256), { force: true })
    return { erased: { media: rows.length } }
  }

  /** The person's own files, in the order of their ids. */
  async filesOf(userId: string): Promise<readonly OwnFile[]> {
    const rows = await this.#rows(userId)
    return rows.map(({ id, type, bytes, sha256 }) => {
      const read = (): ReadStream => createReadStream(this.#path(sha256))
      return { id, extension: extensionOf(type), bytes, read }
    })
  }

  async #rows(userId: string): Promise<readonly OwnRow[]> {
    const rows = await this.#database.reader.all(
      'select id, sha256, type, alt, bytes from media where owner_id = ? order by id',
      [userId],
    )
    return rows as unknown as OwnRow[]
  }

  #path(sha256: string): string {
    return join(this.#dir, sha256.slice(0, 2), sha256)
  }
}

function extensionOf(type: string): string {
  return type.split('/')[1]?.replace(/[^a-z0-9]/g, '') ?? 'bin'
}
