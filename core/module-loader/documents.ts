import type { Database, OpenTransaction, Scope } from '../../db/index.ts'
import type { Clock } from '../app.ts'

interface DocumentTables {
  module_documents: {
    module: string
    collection: string
    id: string
    document: string
    updated_at: string
  }
}

interface Change {
  readonly collection: string
  readonly id: string
  /** null deletes. */
  readonly document: object | null
}

const PAGE = 100
const MAX_DOCUMENT_BYTES = 256 * 1024

/** The document collections of one module. */
export class Documents {
  readonly #module: string
  readonly #clock: Clock
  readonly #scope: Scope<DocumentTables>

  constructor(database: Database, module: string, clock: Clock) {
    this.#module = module
    this.#clock = clock
    this.#scope = database.scope<DocumentTables>('')
  }

  async get(collection: string, id: string): Promise<object | null> {
    const row = await this.#scope.reader
      .selectFrom('module_documents')
      .select('document')
      .where('module', '=', this.#module)
      .where('collection', '=', collection)
      .where('id', '=', id)
      .executeTakeFirst()
    return row ? (JSON.parse(row.document) as object) : null
  }

  /** Ordered by id, after `after`; at most 100. */
  async list(collection: string, after: string): Promise<{ id: string; document: object }[]> {
    const rows = await this.#scope.reader
      .selectFrom('module_documents')
      .select(['id', 'document'])
      .where('module', '=', this.#module)
      .where('collection', '=', collection)
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute()
    return rows.map(({ id, document }) => ({ id, document: JSON.parse(document) as object }))
  }

  async write(tx: OpenTransaction, { collection, id, document }: Change): Promise<void> {
    const { db } = this.#scope.within(tx)
    const key = { module: this.#module, collection, id }
    if (document === null) {
      await db
        .deleteFrom('module_documents')
        .where('module', '=', key.module)
        .where('collection', '=', collection)
        .where('id', '=', id)
        .execute()
      return
    }
    const text = JSON.stringify(document)
    if (text.length > MAX_DOCUMENT_BYTES) {
      throw new Error(`The document ${collection}/${id} is larger than ${MAX_DOCUMENT_BYTES} bytes`)
    }
    const values = { document: text, updated_at: this.#clock.now().toISOString() }
    await db
      .insertInto('module_documents')
      .values({ ...key, ...values })
      .onConflict((conflict) =>
        conflict.columns(['module', 'collection', 'id']).doUpdateSet(values),
      )
      .execute()
  }
}
