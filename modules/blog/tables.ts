import type { ModuleDb, ModuleTransaction } from '#core'

/** Instants are ISO 8601 in UTC with milliseconds, so that they sort as text. */

export type PostKind = 'post' | 'page'
export type PostStatus = 'draft' | 'scheduled' | 'published'
/** `unlisted` is read by whoever has the address, `private` by its author alone. */
export type Visibility = 'public' | 'unlisted' | 'private'
/** 0 or 1: the one form both databases store. */
export type Flag = 0 | 1

export interface PostTable {
  readonly id: string
  readonly author_id: string
  readonly kind: PostKind
  readonly status: PostStatus
  readonly visibility: Visibility
  readonly title: string
  /** The current address; older ones stay in `blog_slugs`. */
  readonly slug: string
  /** 1 when a person chose the address: then a new title does not move an unpublished post. */
  readonly slug_by_hand: Flag
  /** What the author wrote to stand under the title; empty: nothing. */
  readonly lead: string
  /** The lead, or the beginning of the text. */
  readonly excerpt: string
  readonly lang: 'ru' | 'en'
  /** JSON of a `Cover`. */
  readonly cover: string | null
  /** JSON of a `ListImage`: the cover, or the first picture of this station in the text. */
  readonly image: string | null
  /** JSON of `TagName[]`, in the author's order. */
  readonly tags: string
  readonly words: number
  readonly minutes: number
  /** Revision of text and details; every change is one more. */
  readonly rev: number
  readonly pinned: Flag
  /** A salted scrypt hash; null: no password. */
  readonly password: string | null
  /** Approved comments and mentions. */
  readonly comment_count: number
  /** When a scheduled post is due. */
  readonly publish_at: string | null
  /** First publication; stays when the post is taken back, so that its place in time is kept. */
  readonly published_at: string | null
  /** `published_at` while the post stands in lists, else null. */
  readonly listed_at: string | null
  readonly created_at: string
  readonly updated_at: string
  /** Where an import took it from; unique for the author. */
  readonly source_key: string | null
  /** JSON of a `HidingReason` while moderators keep the post from others. */
  readonly hidden_why: string | null
  /** 1 while a block hides all that its author has published. */
  readonly withheld: Flag
}

/** Every address a post has, or had while it was public. Rows outlive the post: 410. */
export interface SlugTable {
  readonly author_id: string
  readonly slug: string
  readonly post_id: string
  readonly claimed_at: string
}

export interface RevisionTable {
  readonly post_id: string
  readonly rev: number
  /** JSON of the `QuarkDoc`. */
  readonly doc: string
  /** JSON of `PostDetails`. */
  readonly details: string
  readonly created_at: string
  readonly created_by: string
  /** 1 when others could read it at some time. */
  readonly was_public: number
}

/** The current revision as readers get it. */
export interface ReadingTable {
  readonly post_id: string
  readonly rev: number
  readonly renderer: number
  /** UTF-8. As bytes it is read several times faster than as text, and it is read for each page. */
  readonly html: Uint8Array
  /** JSON of `TocEntry[]`. */
  readonly toc: string
}

/** An author's tags; `key` is the name without regard to capitals and spaces. */
export interface TagTable {
  readonly author_id: string
  readonly slug: string
  readonly key: string
  readonly name: string
  /** Listed posts. */
  readonly post_count: number
}

/** Which listed post carries which tag. */
export interface PostTagTable {
  readonly post_id: string
  readonly author_id: string
  readonly slug: string
  readonly listed_at: string
}

/** Listed posts of an author by month, `2026-11`. */
export interface MonthTable {
  readonly author_id: string
  readonly month: string
  readonly post_count: number
}

export type CommentKind = 'comment' | 'mention'
export type CommentStatus = 'approved' | 'pending' | 'rejected'

export interface CommentTable {
  readonly id: string
  readonly post_id: string
  readonly parent_id: string | null
  readonly kind: CommentKind
  readonly status: CommentStatus
  /** The account, when one is known. */
  readonly author_id: string | null
  readonly author_name: string
  readonly author_url: string | null
  /** JSON of the `QuarkDoc`. */
  readonly doc: string
  readonly html: string
  readonly renderer: number
  readonly created_at: string
  readonly source_key: string | null
  /** As in {@link PostTable}. */
  readonly hidden_why: string | null
  readonly withheld: Flag
}

export type MediaState = 'waiting' | 'stored' | 'refused'

/** A picture or file that an import met, whether or not its bytes could be had. */
export interface MediaTable {
  readonly id: string
  readonly author_id: string
  readonly source_key: string
  readonly source_url: string
  readonly title: string
  readonly alt: string
  readonly state: MediaState
  /** The stored picture. */
  readonly media_id: string | null
  /** Why it was refused. */
  readonly reason: string | null
  readonly created_at: string
}

/** A picture of its author that a post shows now. */
export interface PictureTable {
  readonly media_id: string
  readonly post_id: string
}

/** A post whose pictures are still claimed without a guard. */
export interface UnguardedTable {
  readonly post_id: string
}

export interface BlogTables {
  blog_posts: PostTable
  blog_slugs: SlugTable
  blog_revisions: RevisionTable
  blog_readings: ReadingTable
  blog_tags: TagTable
  blog_post_tags: PostTagTable
  blog_months: MonthTable
  blog_comments: CommentTable
  blog_media: MediaTable
  blog_pictures: PictureTable
  blog_unguarded: UnguardedTable
}

export type BlogDb = ModuleDb<BlogTables>
export type BlogTransaction = ModuleTransaction<BlogTables>
/** Queries of either side: committed rows, or those of an open transaction. */
export type BlogQueries = BlogDb['reader']
