import type { PostImage, PostSummary, Speech } from '#core'

/**
 * What the blog's pages are made of. Plain JSON without exception: a page is a pure function of it.
 * Instants are ISO 8601 in UTC; `timeZone` (IANA) says how people read them. Every `href` is a path
 * of this station, every `html` is already rendered and trusted.
 */
export type PageSpeech = Speech & { readonly timeZone: string }

export type Picture = PostImage & {
  readonly srcset?: string | undefined
}

export type PersonLink = {
  readonly name: string
  readonly username: string
  /** Their blog. */
  readonly href: string
  readonly avatar?: string | undefined
  readonly bio?: string | undefined
}

export type TagLink = {
  readonly name: string
  readonly href: string
}

export type CountedTag = TagLink & { readonly count: number }

/** A post as a list shows it. */
export type ListedPost = {
  readonly href: string
  readonly title: string
  readonly excerpt?: string | undefined
  readonly publishedAt: string
  readonly minutes: number
  /** Shown from 1. */
  readonly comments?: number | undefined
  readonly tags: readonly TagLink[]
  readonly image?: Picture | undefined
  /** Given where posts of many people stand together. */
  readonly author?: PersonLink | undefined
  /** Opens with a password. */
  readonly locked?: boolean | undefined
}

export type ListView = 'list' | 'cards'

export type More = {
  /** The same page with its next cursor. */
  readonly href: string
  /** How many posts are left; without it the button does not name a number. */
  readonly left?: number | undefined
}

export type FeedLinks = {
  readonly rss: string
  readonly atom: string
  readonly json: string
}

export type ArchiveMonth = {
  /** `2026-11` */
  readonly month: string
  readonly count: number
  /** Left out for a month without posts. */
  readonly href?: string | undefined
}

/** What only the owner of a blog sees on it. */
export type OwnBlog = {
  readonly writeHref: string
  readonly draftsHref: string
  readonly drafts: number
}

export type BlogHomeProps = PageSpeech & {
  readonly person: PersonLink & {
    readonly place?: string | undefined
    /** When they began to write here; year and month are shown. */
    readonly since?: string | undefined
  }
  readonly cover?: Picture | undefined
  readonly own?: OwnBlog | undefined
  readonly postCount: number
  /** The most used first. */
  readonly tags: readonly CountedTag[]
  /** The part of the blog that is shown, when it is not the whole. */
  readonly part?: BlogPart | undefined
  readonly view: ListView
  readonly viewHrefs: Readonly<Record<ListView, string>>
  /** Stands first, and not in the rows again. */
  readonly pinned?: ListedPost | undefined
  /** Newest first. */
  readonly posts: readonly ListedPost[]
  readonly more?: More | undefined
  readonly feeds: FeedLinks
  /** Twelve months, the oldest first; nothing is drawn when all are empty. */
  readonly archive: readonly ArchiveMonth[]
}

export type BlogPart =
  | { readonly kind: 'tag'; readonly name: string; readonly count: number }
  /** `month` as `2026-11` */
  | { readonly kind: 'month'; readonly month: string; readonly count: number }

/** Posts with one tag, or of one month: a short head instead of the cover. */
export type TagPageProps = BlogHomeProps & { readonly part: BlogPart }

export type TocLink = {
  readonly id: string
  readonly text: string
  /** 2–6 */
  readonly level: number
}

export type PostCover = Picture & { readonly caption?: string | undefined }

export type PostNeighbour = {
  readonly href: string
  readonly title: string
  readonly image?: Picture | undefined
}

/** A comment as its own post shows it; the list is in reading order, replies after their parent. */
export type ThreadComment = {
  readonly id: string
  readonly name: string
  /** Colours the portrait: the account's name, or the comment's name where there is no account. */
  readonly username: string
  readonly avatar?: string | undefined
  /** The commenter's own page, here or elsewhere. */
  readonly href?: string | undefined
  readonly at: string
  /** Sanitised. */
  readonly html: string
  /** 0 for a comment on the post itself. */
  readonly depth: number
  /** Whom it answers; shown from depth 2, where the eye can no longer see it. */
  readonly replyTo?: string | undefined
  readonly isAuthor?: boolean | undefined
  /** Given to its author and staff while others do not see it. */
  readonly hidden?: HiddenNote | undefined
  readonly reportHref?: string | undefined
}

/** Why others do not see something; without a reason its author is blocked. */
export type HiddenNote = {
  readonly why?: string
  readonly words?: string
  /** Where its author reads more and can answer. */
  readonly page?: string
}

/** A trackback or a pingback. */
export type ThreadMention = {
  readonly id: string
  readonly title: string
  /** Absolute address of the page that mentions the post. */
  readonly href?: string | undefined
  readonly site?: string | undefined
  readonly at: string
}

export type PostState = 'draft' | 'scheduled' | 'published'

/** Why a page that readers do not see is shown at all. */
export type PostBanner =
  | { readonly kind: 'draft' }
  | { readonly kind: 'scheduled'; readonly at: string }
  | { readonly kind: 'unlisted' }
  | { readonly kind: 'hidden'; readonly note: HiddenNote; readonly isOwn: boolean }

export type PostPageProps = PageSpeech & {
  readonly post: {
    readonly title: string
    readonly lead?: string | undefined
    /** The language it is written in, when it is not the page's. */
    readonly lang?: string | undefined
    /** Absent for a draft. */
    readonly publishedAt?: string | undefined
    readonly minutes: number
    readonly cover?: PostCover | undefined
    /** The rendered body. */
    readonly html: string
    readonly toc: readonly TocLink[]
    readonly tags: readonly TagLink[]
  }
  readonly author: PersonLink
  readonly banner?: PostBanner | undefined
  /** Given to the author only. */
  readonly editHref?: string | undefined
  readonly comments: readonly ThreadComment[]
  readonly mentions: readonly ThreadMention[]
  readonly previous?: PostNeighbour | undefined
  readonly next?: PostNeighbour | undefined
  /** What modules add after the body (`post.after`). */
  readonly after?: string | undefined
}

/** The door of a post with a password. */
export type LockedPostProps = PageSpeech & {
  readonly title: string
  readonly author: PersonLink
  readonly publishedAt: string
  /** Receives `password` by POST. */
  readonly action: string
  /** Whether the last password did not fit. */
  readonly wrong?: boolean | undefined
}

export type Visibility = 'public' | 'unlisted'

/** What the form of the writing page sends, and what it is filled with. */
export type WriteValues = {
  readonly title: string
  readonly markdown: string
  /** Empty: made from the title. */
  readonly slug: string
  /** Separated by commas. */
  readonly tags: string
  readonly excerpt: string
  readonly visibility: Visibility
  /** `2026-11-12T09:00` in `timeZone`, or empty for now. */
  readonly publishAt: string
}

export type WriteField = keyof WriteValues

/** The value of the pressed button, named `action`. */
export type WriteAction = 'save' | 'publish' | 'unpublish' | 'preview' | 'delete'

/** One finding of the check before publication, in the writer's language. */
export type GateFinding = {
  /** `stop` keeps the post from being published, `warn` does not. */
  readonly kind: 'warn' | 'stop'
  readonly title: string
  /** Whom it hurts, and how to mend it. */
  readonly text?: string | undefined
}

export type WriteProps = PageSpeech & {
  /** Where the form goes. */
  readonly action: string
  /** Absent until the first save. */
  readonly post?:
    | {
        readonly id: string
        readonly rev: number
        readonly state: PostState
        /** The public page. */
        readonly href?: string | undefined
        readonly savedAt: string
      }
    | undefined
  /** Where moderators keep it from others. */
  readonly hidden?: HiddenNote | undefined
  /** Until the first save: sent with it, so that sent twice it begins one post. */
  readonly draftKey?: string | undefined
  readonly values: WriteValues
  readonly words: number
  readonly minutes: number
  readonly backHref: string
  /** `/user/anna/blog/`: what stands before the slug. */
  readonly addressPrefix: string
  readonly errors?: Partial<Readonly<Record<WriteField, string>>> | undefined
  /** Somebody, perhaps the same person elsewhere, has saved since; the typed text is in `values`. */
  readonly conflict?: { readonly compareHref: string } | undefined
  readonly gate: readonly GateFinding[]
  /** The rendered body, after `action=preview`. */
  readonly preview?: string | undefined
  /** Opens the publish sheet at once: something in it needs a look. */
  readonly sheetOpen?: boolean | undefined
  /** What modules add to the sheet (`post.editor.sidebar`). */
  readonly sidebar?: string | undefined
  /** Collection of posts in the API; drafts are created and patched there while typing. */
  readonly api: string
  /** Followed by an id: the writing page of a post, and where its form goes. */
  readonly editPrefix: string
}

export type PostVersion = {
  readonly title: string
  readonly markdown: string
  readonly savedAt?: string | undefined
}

/** Two versions of a post side by side; the person chooses, nothing is lost before. */
export type ConflictProps = PageSpeech & {
  /** The writing page: takes the chosen text with `baseRev` of the stored version. */
  readonly action: string
  readonly mine: WriteValues
  readonly theirs: PostVersion & { readonly rev: number }
  /** Opens the stored version for writing. */
  readonly theirsHref: string
}

export type OwnPost = {
  readonly id: string
  readonly editHref: string
  readonly title: string
  readonly excerpt?: string | undefined
  readonly state: PostState
  /** Moderators keep it from others. */
  readonly hidden: boolean
  readonly visibility: Visibility
  readonly updatedAt: string
  /** When it was, or will be, published. */
  readonly publishedAt?: string | undefined
  /** The public page. */
  readonly href?: string | undefined
  readonly words: number
}

export type PostsListProps = PageSpeech & {
  readonly writeHref: string
  /** Newest first, drafts and published apart. */
  readonly drafts: readonly OwnPost[]
  readonly posts: readonly OwnPost[]
  readonly more?: More | undefined
}

export type LatestProps = PageSpeech & {
  /** Newest first, up to four. */
  readonly posts: readonly PostSummary[]
}

/** Posts of everybody. */
export type AllPostsProps = PageSpeech & {
  readonly posts: readonly ListedPost[]
  /** A tag of the whole station, when only its posts are shown. */
  readonly tag?: string | undefined
  /** What a signed-in reader has chosen to see. */
  readonly choice?: 'all' | 'followed' | undefined
  readonly more?: More | undefined
  readonly feeds?: FeedLinks | undefined
}
