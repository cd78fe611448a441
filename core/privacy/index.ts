import type { Json } from '../port/events.ts'

/** Whose data it is. */
export interface DataSubject {
  readonly userId: string
}

/** What becomes of texts and pictures others can read. What only the person saw is always erased. */
export type ErasedContent = 'delete' | 'anonymise'

export interface ErasedSubject extends DataSubject {
  readonly content: ErasedContent
  /** The name that stands where the person's name stood, e.g. `deleted-3f9a1c77b2d0`. */
  readonly tombstone: string
}

/** A question for the next part of what is kept about a person. */
export interface ExportQuestion extends DataSubject {
  /** `next` of the part before; absent in the first question. */
  readonly after?: string
}

/** One file of an export; exactly one of `json`, `html` and `text` is given. */
export interface ExportedFile {
  /** Below the owner's folder, e.g. `posts/first-ice.html`. */
  readonly path: string
  /** What a person calls it; shown in the table of contents. */
  readonly title?: string
  readonly json?: Json
  /** The middle of a page; the archive puts a readable document around it. */
  readonly html?: string
  readonly text?: string
  /** Pictures and files it shows. Only those that belong to the person are brought along. */
  readonly mediaIds?: readonly string[]
}

export interface ExportedData {
  readonly files: readonly ExportedFile[]
  /** There is more: ask again with this as `after`. Some hundred files at a time spare memory. */
  readonly next?: string
}

export interface ErasedData {
  /** What was erased → how many; stands in the act of destruction. */
  readonly erased: Readonly<Record<string, number>>
}

export type UserExport = (question: ExportQuestion) => Promise<ExportedData>

/**
 * Erases in transactions of its own. Must be fit to run again for the same person: after a crash,
 * and after a restored backup has brought the person back.
 */
export type UserErase = (person: ErasedSubject) => Promise<ErasedData>

/** A room or module that keeps personal data. */
export interface PersonalDataOwner {
  readonly export: UserExport
  readonly erase: UserErase
}

/** What every keeper of personal data must bind; the loader refuses a module that does not. */
export interface PersonalDataPort {
  /** Answers all that is kept about a person, for the archive of their data. */
  onUserExport(handler: UserExport): void
  /** Erases or anonymises all that is kept about a person. */
  onUserErase(handler: UserErase): void
}
