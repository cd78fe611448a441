import type { PostImage, Speech } from '#core'

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

/** Why others do not see something; without a reason its author is blocked. */
export type HiddenNote = {
  readonly why?: string
  readonly words?: string
  /** Where its author reads more and can answer. */
  readonly page?: string
}
