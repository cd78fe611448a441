import type { Database, OpenTransaction, Scope } from '../../../db/index.ts'
import type { Clock } from '../../app.ts'
import type { Locale } from '../../port/requests.ts'
import type { Client } from '../../auth/index.ts'
import type { Bus } from '../../events/bus.ts'
import { newId } from '../../ids.ts'
import type { LegalDocuments } from '../legal/legal-documents.ts'
import { type DocumentName, DOCUMENTS } from '../legal/legal-template.ts'
import type { ConsentTable, PrivacyTables } from '../tables.ts'

/** How a person said it. */
export type ConsentMethod = 'registration' | 'card' | 'page' | 'api'

export interface Saying {
  readonly locale: Locale
  readonly client: Client
  readonly method: ConsentMethod
  /** ISO 8601; now when left out. */
  readonly at?: string
}

/** How things stand with one purpose. */
export interface ConsentState {
  readonly document: DocumentName
  readonly last: ConsentTable | undefined
  /** There is a version that asks again, and the person has not answered it. */
  readonly isAsked: boolean
}

export interface ConsentParts {
  readonly database: Database
  readonly clock: Clock
  readonly bus: Bus
  readonly documents: LegalDocuments
  /** Whether nothing is public before its person has said so in a consent of its own. */
  readonly asksPublishing: () => boolean
}

/** The consents that can be taken back; the other documents are only taken note of. */
export const WITHDRAWABLE: ReadonlySet<DocumentName> = new Set(['consent', 'publishing'])

/** What a consent is for is told by the document it is given to. */
const PURPOSES: Readonly<Record<DocumentName, string>> = {
  privacy: 'privacy',
  terms: 'terms',
  consent: 'processing',
  publishing: 'publishing',
}
const MAX_USER_AGENT = 300
const MAX_CLEAR = 10_000

/**
 * What people have agreed to, and taken back. Rows are only added: each says who, when, to which
 * version of which text, in which language, from where and how.
 */
export class Consents {
  readonly #parts: ConsentParts
  readonly #scope: Scope<PrivacyTables>
  /** People with nothing to answer, as long as no document changes. */
  readonly #clear = new Set<string>()

  constructor(parts: ConsentParts) {
    this.#parts = parts
    this.#scope = parts.database.scope('')
    parts.bus.onCommitted(({ type }) => {
      if (type === 'document.published') this.forgetAnswers()
    })
  }

  /**
   * Notes a yes to the current text of the document, in the language it was shown in, and tells
   * whoever shows something of the person. What is said with a new account is told by the account.
   */
  async give(
    tx: OpenTransaction,
    userId: string,
    document: DocumentName,
    saying: Saying,
  ): Promise<void> {
    await this.#add(tx, userId, document, 'given', saying)
    if (saying.method !== 'registration') await this.#tell(tx, 'consent.given', userId, document)
  }

  /** Notes that it no longer holds, and tells whoever shows something of the person. */
  async withdraw(userId: string, document: DocumentName, saying: Saying): Promise<void> {
    await this.#parts.database.transaction(async (tx) => {
      await this.#add(tx, userId, document, 'withdrawn', saying)
      await this.#tell(tx, 'consent.withdrawn', userId, document)
    })
  }

  /** Every document, in a fixed order. */
  async states(userId: string): Promise<ConsentState[]> {
    const [asking, rows] = await Promise.all([
      this.#parts.documents.asking(),
      this.#scope.reader
        .selectFrom('consent_records')
        .selectAll()
        .where('user_id', '=', userId)
        .orderBy('id')
        .execute(),
    ])
    return DOCUMENTS.map((document) => {
      const last = rows.findLast((row) => row.document === document)
      const isAsked =
        document === 'publishing' && last === undefined
          ? this.#parts.asksPublishing()
          : isAskedAnew(document, last, asking.get(document))
      return { document, last, isAsked }
    })
  }

  /** Whether the person has a document to answer. Asked for every page, so it is kept in mind. */
  async isAskedOf(userId: string): Promise<boolean> {
    if (this.#clear.has(userId)) return false
    const states = await this.states(userId)
    if (states.some((state) => state.isAsked)) return true
    if (this.#clear.size >= MAX_CLEAR) this.#clear.clear()
    this.#clear.add(userId)
    return false
  }

  /** Of these people those who may be shown to everybody: they agree, and no block hides them. */
  async published(userIds: readonly string[]): Promise<string[]> {
    if (userIds.length === 0) return []
    const unasked = this.#parts.asksPublishing() ? 'withdrawn' : 'given'
    const rows = await this.#parts.database.reader.all(
      `select i.id from identities i
       where i.id in (${userIds.map(() => '?').join(', ')}) and i.withheld = 0
         and coalesce((select r.action from consent_records r
           where r.user_id = i.id and r.purpose = ? order by r.id desc limit 1), ?) = 'given'`,
      [...userIds, PURPOSES.publishing, unasked],
    )
    return rows.map(({ id }) => String(id))
  }

  /** Documents or settings have changed: everybody is looked at anew. */
  forgetAnswers(): void {
    this.#clear.clear()
  }

  /** The newest first, of everybody or of those given. */
  records(filter: {
    readonly userIds?: readonly string[]
    readonly before?: string
    readonly limit: number
  }): Promise<ConsentTable[]> {
    const { userIds, before, limit } = filter
    return this.#scope.reader
      .selectFrom('consent_records')
      .selectAll()
      .$if(userIds !== undefined, (query) => query.where('user_id', 'in', [...(userIds ?? []), '']))
      .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
      .orderBy('id', 'desc')
      .limit(limit)
      .execute()
  }

  async #tell(
    tx: OpenTransaction,
    type: 'consent.given' | 'consent.withdrawn',
    userId: string,
    document: DocumentName,
  ): Promise<void> {
    await this.#parts.bus.publish(tx, {
      type,
      source: '/core',
      subject: `user/${userId}`,
      data: { userId, purpose: PURPOSES[document] },
      actor: userId,
      touches: ['people', 'posts', 'home', `blog/${userId}`],
    })
  }

  async #add(
    tx: OpenTransaction,
    userId: string,
    document: DocumentName,
    action: ConsentTable['action'],
    { locale, client, method, at }: Saying,
  ): Promise<void> {
    const text = await this.#parts.documents.currentWithin(tx, document, locale)
    const row: ConsentTable = {
      id: newId(),
      user_id: userId,
      purpose: PURPOSES[document],
      action,
      document,
      ...text,
      locale,
      at: at ?? this.#parts.clock.now().toISOString(),
      ip: client.ip,
      user_agent: client.userAgent.slice(0, MAX_USER_AGENT),
      method,
    }
    await this.#scope.within(tx).db.insertInto('consent_records').values(row).execute()
  }
}

/** Nobody is asked anew for what they have never given, or have taken back. */
function isAskedAnew(
  document: DocumentName,
  last: ConsentTable | undefined,
  asking: number | undefined,
): boolean {
  if (asking === undefined) return false
  if (document === 'publishing' && last?.action !== 'given') return false
  return last === undefined || last.version < asking
}
