import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database, Scope } from '../../db/index.ts'
import type { ErasedSubject, ExportQuestion, PersonalDataOwner } from './index.ts'
import type { PrivacyTables } from './tables.ts'

export const EXPORTS_FOLDER = 'exports'

/**
 * What this room itself keeps of people. That somebody has agreed, and to which text, stays as
 * proof under the id of nobody; where and with which program is erased.
 */
export class PersonalRecords implements PersonalDataOwner {
  readonly #database: Database
  readonly #scope: Scope<PrivacyTables>
  readonly #dataDir: string

  constructor(database: Database, dataDir: string) {
    this.#database = database
    this.#scope = database.scope('')
    this.#dataDir = dataDir
  }

  readonly export = async ({ userId }: ExportQuestion) => {
    const { reader } = this.#scope
    const consents = await reader
      .selectFrom('consent_records')
      .selectAll()
      .where('user_id', '=', userId)
      .orderBy('id')
      .execute()
    const erasures = await reader
      .selectFrom('erasure_requests')
      .selectAll()
      .where('user_id', '=', userId)
      .orderBy('id')
      .execute()
    return {
      files: [
        { path: 'consents.json', json: consents.map((row) => ({ ...row })) },
        { path: 'erasure-requests.json', json: erasures.map((row) => ({ ...row })) },
      ],
    }
  }

  readonly erase = async ({ userId }: ErasedSubject) => {
    const [consents, exports] = await this.#database.transaction(async (tx) => {
      const { db } = this.#scope.within(tx)
      const emptied = await db
        .updateTable('consent_records')
        .set({ ip: '', user_agent: '' })
        .where('user_id', '=', userId)
        .executeTakeFirst()
      const gone = await db
        .deleteFrom('personal_exports')
        .where('user_id', '=', userId)
        .returning('id')
        .execute()
      return [Number(emptied.numUpdatedRows), gone] as const
    })
    for (const { id } of exports) await this.removeFile(id)
    return { erased: { consents, exports: exports.length } }
  }

  /** Where the archive of an export lies. */
  file(exportId: string): string {
    return join(this.#dataDir, EXPORTS_FOLDER, `${exportId}.zip`)
  }

  async removeFile(exportId: string): Promise<void> {
    await rm(this.file(exportId), { force: true })
    await rm(`${this.file(exportId)}.part`, { force: true })
  }
}
