/** What is found: posts by titles, tags and texts, people by their names. */
export type Kind = 'posts' | 'users'

export interface WordTable {
  readonly kind: Kind
  /** As `stemOf` answers it, or a word that does not begin so. */
  readonly stem: string
  /** Id of the post or the person. */
  readonly subject: string
  /** Whose it is. */
  readonly owner: string
  /** 8 in a title or a name, 4 in a tag, 1 in a text. */
  readonly weight: number
}

/** One row. */
export interface RenewalTable {
  /** Which stems the words are kept by. */
  readonly stems: number
  /** Subjects up to here have been read anew for the next ones. */
  readonly read_to: string
}

export interface SearchTables {
  search_words: WordTable
  search_renewal: RenewalTable
}
