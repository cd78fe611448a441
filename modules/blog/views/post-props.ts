import type { HiddenNote, PageSpeech, PersonLink, Picture, TagLink } from './props.ts'

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

/** A trackback or a pingback. */
export type ThreadMention = {
  readonly id: string
  readonly title: string
  /** Absolute address of the page that mentions the post. */
  readonly href?: string | undefined
  readonly site?: string | undefined
  readonly at: string
}

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
