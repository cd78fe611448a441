import type { HidingReason, Role } from '#core'
import type { Me, Person, Profile } from '../schema.ts'
import type { ProfileTable } from '../tables.ts'

/** Why others see less of a person than the person has said. */
export interface KeptBack {
  /** Moderators show others the user name alone. */
  readonly reason?: HidingReason
  /** A block hides what the person has published. */
  readonly isWithheld: boolean
}

/** A profile as it is stored; nobody but its person and staff gets it whole. */
export interface KnownProfile extends Profile {
  readonly keptBack: KeptBack | null
}

/** Who looks; without a role a member like any other. */
export interface Viewer {
  readonly id: string
  readonly role?: Role
}

export function keptBackIn({
  hidden_why: why,
  withheld,
}: Pick<ProfileTable, 'hidden_why' | 'withheld'>): KeptBack | null {
  if (why === null && withheld === 0) return null
  const reason = why === null ? {} : { reason: JSON.parse(why) as HidingReason }
  return { ...reason, isWithheld: withheld === 1 }
}

/** Whether somebody decides on what others have published. */
export function isStaff(viewer: Viewer | null): boolean {
  return viewer?.role !== undefined && viewer.role !== 'member'
}

export function personOf(profile: Profile): Person {
  const { id, username, displayName, bio, place, links, avatarUrl, coverUrl, createdAt } = profile
  return { id, username, displayName, bio, place, links, avatarUrl, coverUrl, createdAt }
}

/** Whether somebody may see the page: a stranger only where it is for everyone. */
export function isPageFor({ pageFor }: Profile, viewer: { readonly id: string } | null): boolean {
  return pageFor === 'everyone' || viewer !== null
}

/** A profile as a viewer may know it: of a closed page, or a hidden one, only whose it is. */
export function seenBy({ keptBack, ...profile }: KnownProfile, viewer: Viewer | null): Profile {
  const silent = { bio: '', place: '', links: [], coverUrl: null }
  if (keptBack && viewer?.id !== profile.id && !isStaff(viewer)) {
    const name = keptBack.reason ? { displayName: profile.username } : {}
    const readers = keptBack.isWithheld ? ({ readersFor: 'nobody' } as const) : {}
    return { ...profile, ...silent, ...name, ...readers, avatarUrl: null }
  }
  return isPageFor(profile, viewer) ? profile : { ...profile, ...silent }
}

/** For the person alone. */
export function meOf(
  { keptBack: _keptBack, ...profile }: KnownProfile,
  account: { readonly email: string; readonly role: string },
): Me {
  return { ...profile, email: account.email, role: account.role }
}
