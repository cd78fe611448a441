import type { HiddenNote, More, PageSpeech } from './props.ts'

export type PostState = 'draft' | 'scheduled' | 'published'

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
