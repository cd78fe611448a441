import type { Database, OpenTransaction, Scope } from '../../../db/index.ts'
import type { Clock } from '../../app.ts'
import type { Locale } from '../../port/requests.ts'
import type { Bus } from '../../events/bus.ts'
import { LOCALES } from '../../i18n/catalogue.ts'
import { privacyErrors } from '../errors.ts'
import {
  type DocumentName,
  DOCUMENTS,
  filledIn,
  sha256Of,
  type TemplateFacts,
  templateOf,
} from './legal-template.ts'
import type { DocumentTable, PrivacyTables } from '../tables.ts'

export interface LegalDocumentParts {
  readonly database: Database
  readonly clock: Clock
  readonly bus: Bus
  /** The station, its operator and its terms as they are at this moment. */
  readonly facts: () => TemplateFacts
}

/** The words of one version, in one language. */
export interface LegalWords {
  readonly title: string
  /** Markdown; `{station}`, `{operator}` and the like are filled in when it is published. */
  readonly body: string
}

export interface NewVersion {
  readonly document: DocumentName
  /** The version the operator had before them. */
  readonly baseVersion: number
  readonly texts: Readonly<Record<Locale, LegalWords>>
  /** True: people are shown it and asked at their next visit. */
  readonly asksAgain: boolean
}

/**
 * The texts people agree to. A version is never changed: a new text is a new version, in both
 * languages at once, with a checksum of exactly what was shown.
 */
export class LegalDocuments {
  readonly #parts: LegalDocumentParts
  readonly #scope: Scope<PrivacyTables>
  #refilling: Promise<void> = Promise.resolve()

  constructor(parts: LegalDocumentParts) {
    this.#parts = parts
    this.#scope = parts.database.scope('')
  }

  /** The shipped text as it would be published now. */
  template(document: DocumentName, locale: Locale): LegalWords & { readonly sha256: string } {
    return templateOf(document, locale, this.#parts.facts())
  }

  /** The newest version, or the one named. @throws QL_PRIVACY_DOCUMENT_UNKNOWN */
  async text(document: DocumentName, locale: Locale, version?: number): Promise<DocumentTable> {
    const row = await this.#scope.reader
      .selectFrom('legal_documents')
      .selectAll()
      .where('document', '=', document)
      .where('locale', '=', locale)
      .$if(version !== undefined, (query) => query.where('version', '=', version ?? 0))
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (!row) throw privacyErrors.QL_PRIVACY_DOCUMENT_UNKNOWN()
    return row
  }

  /** What somebody agrees to in this transaction. @throws QL_PRIVACY_DOCUMENT_UNKNOWN */
  async currentWithin(
    tx: OpenTransaction,
    document: DocumentName,
    locale: Locale,
  ): Promise<Pick<DocumentTable, 'version' | 'sha256'>> {
    const row = await this.#scope
      .within(tx)
      .db.selectFrom('legal_documents')
      .select(['version', 'sha256'])
      .where('document', '=', document)
      .where('locale', '=', locale)
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (!row) throw privacyErrors.QL_PRIVACY_DOCUMENT_UNKNOWN()
    return row
  }

  /** Every version in one language, newest first. */
  versions(document: DocumentName, locale: Locale): Promise<DocumentTable[]> {
    return this.#scope.reader
      .selectFrom('legal_documents')
      .selectAll()
      .where('document', '=', document)
      .where('locale', '=', locale)
      .orderBy('version', 'desc')
      .execute()
  }

  /** Document → the last version that asks people again. Only those that ever did. */
  async asking(): Promise<ReadonlyMap<DocumentName, number>> {
    const rows = await this.#scope.reader
      .selectFrom('legal_documents')
      .select(({ fn }) => ['document', fn.max('version').as('version')])
      .where('asks_again', '=', 1)
      .groupBy('document')
      .execute()
    return new Map(rows.map((row) => [row.document as DocumentName, row.version]))
  }

  /**
   * Makes the given texts the newest version.
   *
   * @throws QL_PRIVACY_DOCUMENT_CHANGED when another version came in between.
   */
  async publish(next: NewVersion, actorId: string): Promise<number> {
    const facts = this.#parts.facts()
    const words = (locale: Locale): Prepared => {
      const title = filledIn(next.texts[locale].title, facts).trim()
      const body = filledIn(next.texts[locale].body, facts).replaceAll('\r\n', '\n').trim()
      const shipped = this.template(next.document, locale)
      const isShipped = shipped.title === title && shipped.body === body
      return { title, body, template: isShipped ? shipped.sha256 : null }
    }
    const texts = { ru: words('ru'), en: words('en') }
    return this.#insert({ ...next, texts }, actorId)
  }

  /** Publishes the shipped texts where there is none yet. */
  async seed(): Promise<void> {
    for (const document of DOCUMENTS) {
      const [known] = await this.versions(document, 'en')
      if (!known) await this.#insertTemplate(document, 0)
    }
  }

  /** Names, addresses and terms have changed: texts nobody has written by hand follow. */
  refill(): void {
    this.#refilling = this.#refilling.then(() => this.#refillAll()).catch(() => undefined)
  }

  /** Answers when texts have followed the settings. */
  settle(): Promise<void> {
    return this.#refilling
  }

  async #refillAll(): Promise<void> {
    for (const document of DOCUMENTS) {
      const rows = await Promise.all(LOCALES.map((locale) => this.text(document, locale)))
      const isOurs = rows.every(
        (row) => row.template_sha256 === this.template(document, row.locale).sha256,
      )
      const isStale = rows.some((row) => row.body !== this.template(document, row.locale).body)
      if (isOurs && isStale) await this.#insertTemplate(document, rows[0]?.version ?? 0)
    }
  }

  async #insertTemplate(document: DocumentName, baseVersion: number): Promise<void> {
    const words = (locale: Locale): Prepared => {
      const { title, body, sha256 } = this.template(document, locale)
      return { title, body, template: sha256 }
    }
    const texts = { ru: words('ru'), en: words('en') }
    await this.#insert({ document, baseVersion, texts, asksAgain: false }, null)
  }

  async #insert(
    next: Omit<NewVersion, 'texts'> & { readonly texts: Readonly<Record<Locale, Prepared>> },
    actorId: string | null,
  ): Promise<number> {
    const { document, baseVersion, texts, asksAgain } = next
    const version = baseVersion + 1
    const rows = LOCALES.map((locale): DocumentTable => {
      const { title, body, template } = texts[locale]
      return {
        document,
        locale,
        version,
        title,
        body,
        sha256: sha256Of(`# ${title}\n\n${body}\n`),
        template_sha256: template,
        asks_again: asksAgain ? 1 : 0,
        published_at: this.#parts.clock.now().toISOString(),
        published_by: actorId,
      }
    })
    await this.#parts.database.transaction(async (tx) => {
      const { db } = this.#scope.within(tx)
      const [newest] = await db
        .selectFrom('legal_documents')
        .select('version')
        .where('document', '=', document)
        .orderBy('version', 'desc')
        .limit(1)
        .execute()
      const inserted = await db
        .insertInto('legal_documents')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .returning('locale')
        .execute()
      if ((newest?.version ?? 0) !== baseVersion || inserted.length !== rows.length) {
        throw privacyErrors.QL_PRIVACY_DOCUMENT_CHANGED()
      }
      /* Nothing shows the first version yet. */
      if (version > 1) await this.#announce(tx, document, version, asksAgain, actorId)
    })
    return version
  }

  async #announce(
    tx: OpenTransaction,
    document: DocumentName,
    version: number,
    asksAgain: boolean,
    actorId: string | null,
  ): Promise<void> {
    await this.#parts.bus.publish(tx, {
      type: 'document.published',
      source: '/core',
      subject: `legal/${document}`,
      data: { document, version, asksAgain },
      ...(actorId === null ? {} : { actor: actorId }),
    })
  }
}

interface Prepared extends LegalWords {
  /** Checksum of the shipped text it is, if it is one. */
  readonly template: string | null
}
