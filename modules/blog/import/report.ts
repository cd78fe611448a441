/** What an export holds, and what became of it. All counts are of the export, whatever ran before. */
export interface ImportReport {
  posts: number
  pages: number
  media: number
  comments: { approved: number; pending: number; mentions: number }
  categories: number
  tags: number
  authors: string[]
  drafts: number
  scheduled: number
  sticky: number
  protected: number
  untitled: number
  /** WordPress type → how many records of it have no place here. */
  skipped: Record<string, number>
  /** Files whose bytes were not fetched, each with its address. */
  waiting: { url: string; title: string }[]
  /** What had to be left out of a text. */
  dropped: { post: string; what: string; detail: string }[]
  /** Records that could not be imported at all, with the reason. */
  failed: { post: string; reason: string }[]
  /** New in this run. */
  added: { posts: number; pages: number; media: number; comments: number }
}

export function emptyReport(): ImportReport {
  return {
    posts: 0,
    pages: 0,
    media: 0,
    comments: { approved: 0, pending: 0, mentions: 0 },
    categories: 0,
    tags: 0,
    authors: [],
    drafts: 0,
    scheduled: 0,
    sticky: 0,
    protected: 0,
    untitled: 0,
    skipped: {},
    waiting: [],
    dropped: [],
    failed: [],
    added: { posts: 0, pages: 0, media: 0, comments: 0 },
  }
}
