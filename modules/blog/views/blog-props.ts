import type { PostSummary } from '#core'
import type {
  CountedTag,
  FeedLinks,
  ListView,
  ListedPost,
  More,
  PageSpeech,
  PersonLink,
  Picture,
} from './props.ts'

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
