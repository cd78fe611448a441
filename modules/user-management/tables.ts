import type { Flavour, Locale, Motion, TextSize, Theme } from '#core'

/** Who sees a person's page; names and portraits beside their words are seen by everyone. */
export const PAGE_AUDIENCES = ['everyone', 'members'] as const
export type PageAudience = (typeof PAGE_AUDIENCES)[number]

/** Who sees who reads a person and whom they read. */
export const READERS_AUDIENCES = ['everyone', 'members', 'nobody'] as const
export type ReadersAudience = (typeof READERS_AUDIENCES)[number]

export interface ProfileTable {
  readonly user_id: string
  /** The same as the account's; it never changes. */
  readonly username: string
  readonly display_name: string
  readonly bio: string
  readonly place: string
  /** JSON: addresses, at most five. */
  readonly links: string
  readonly page_for: PageAudience
  readonly readers_for: ReadersAudience
  readonly locale: Locale
  readonly theme: Theme
  readonly flavour: Flavour
  readonly text_size: TextSize
  readonly motion: Motion
  /** IANA name */
  readonly time_zone: string
  /** Which text the person agreed to; null where the operator made the account. */
  readonly consent_version: string | null
  readonly consent_at: string | null
  /** The stored picture, square. */
  readonly avatar_id: string | null
  readonly cover_id: string | null
  /** JSON of a `HidingReason` while moderators show others nothing but the user name. */
  readonly hidden_why: string | null
  /** 1 while a block hides what the person has published. */
  readonly withheld: 0 | 1
  readonly created_at: string
  readonly updated_at: string
}

export interface UserTables {
  user_management_profiles: ProfileTable
}
