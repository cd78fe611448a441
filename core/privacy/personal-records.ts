import type { Database, Scope } from '../../db/index.ts'
import type { ErasedSubject, ExportQuestion, PersonalDataOwner } from './index.ts'
import type { PersonalExports } from './export/personal-exports.ts'
import type { PrivacyTables } from './tables.ts'

/**
 * What this room itself keeps of people. That somebody has agreed, and to which text, stays as
 * proof under the id of nobody; where and with which program is erased.
 */
export class PersonalRecords implements PersonalDataOwner {
  readonly #database: Database
  readonly #scope: Scope<PrivacyTables>
  readonly #exports: () => PersonalExports

  /** @param exports Asked when somebody is erased. */
  constructor(database: Database, exports: () => PersonalExports) {
    this.#database = database
    this.#scope = database.scope('')
    this.#exports = exports
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
    const exports = await reader
      .selectFrom('personal_exports')
      .select(['id', 'state', 'created_at', 'expires_at'])
      .where('user_id', '=', userId)
      .orderBy('id')
      .execute()
    return {
      files: [
        { path: 'exports.json', json: exports },
        { path: 'consents.json', json: consents.map((row) => ({ ...row })) },
        { path: 'erasure-requests.json', json: erasures.map((row) => ({ ...row })) },
      ],
    }
  }

  readonly erase = async ({ userId }: ErasedSubject) => {
    const consents = await this.#database.transaction(async (tx) => {
      const emptied = await this.#scope
        .within(tx)
        .db.updateTable('consent_records')
        .set({ ip: '', user_agent: '' })
        .where('user_id', '=', userId)
        .executeTakeFirst()
      return Number(emptied.numUpdatedRows)
    })
    return { erased: { consents, exports: await this.#exports().erase(userId) } }
  }
}
