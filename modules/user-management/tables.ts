import type { Flavour, Locale, Theme } from '#core'

export interface ProfileTable {
  readonly user_id: string
  /** The same as the account's; it never changes. */
  readonly username: string
  readonly display_name: string
  readonly bio: string
  readonly locale: Locale
  readonly theme: Theme
  readonly flavour: Flavour
  /** IANA name */
  readonly time_zone: string
  /** Which text the person agreed to; null where the operator made the account. */
  readonly consent_version: string | null
  readonly consent_at: string | null
  /** The stored picture, square. */
  readonly avatar_id: string | null
  readonly cover_id: string | null
  readonly created_at: string
  readonly updated_at: string
}

export interface UserTables {
  user_management_profiles: ProfileTable
}
