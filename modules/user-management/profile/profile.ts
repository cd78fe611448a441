import { CompiledQuery } from 'kysely'
import type { Identity, Locale, ModuleDb, ModuleTransaction } from '#core'
import { errors, refusalOf, wrongFields } from '../errors.ts'
import { cleanLinks, linksFault } from './profile-links.ts'
import { bioFault, cleanBio, cleanName, nameFault, placeFault } from './profile-text.ts'
import type { WishedLook } from './look-cookies.ts'
import type { Profile, ProfileChange } from '../schema.ts'
import { keptBackIn, type KnownProfile, personOf, seenBy } from '../visibility/sight.ts'
import type { ProfileTable, UserTables } from '../tables.ts'
import { isTimeZone, usualTimeZone } from './time-zones.ts'

/** What people are shown of; consent stays where it is. */
const COLUMNS = [
  'user_id',
  'username',
  'display_name',
  'bio',
  'place',
  'links',
  'page_for',
  'readers_for',
  'locale',
  'theme',
  'flavour',
  'text_size',
  'motion',
  'time_zone',
  'avatar_id',
  'cover_id',
  'hidden_why',
  'withheld',
  'created_at',
] as const satisfies readonly (keyof ProfileTable)[]

type ProfileRow = Pick<ProfileTable, (typeof COLUMNS)[number]>
type Reader = ModuleDb<UserTables>['reader']
type Tx = ModuleTransaction<UserTables>

/** What a new profile starts with. */
export interface FirstProfile extends WishedLook {
  readonly displayName: string
  readonly bio?: string | undefined
  readonly locale: Locale
  /** IANA name; default: as most who speak the language. */
  readonly timeZone?: string | undefined
  /** null where nobody was asked: the operator made the account. */
  readonly consentVersion: string | null
  /** ISO 8601, UTC. Default: when the account is made. */
  readonly consentAt?: string | undefined
}

/** Writes the profile beside the account and tells of the person; both with `tx`. */
export async function addProfile(
  tx: Tx,
  identity: Identity,
  first: FirstProfile,
): Promise<KnownProfile> {
  const { id, username, createdAt } = identity
  const row: ProfileTable = {
    user_id: id,
    username,
    display_name: first.displayName,
    bio: first.bio ?? '',
    place: '',
    links: '[]',
    page_for: 'everyone',
    readers_for: 'everyone',
    locale: first.locale,
    theme: first.theme ?? 'system',
    flavour: first.flavour ?? 'up',
    text_size: first.textSize ?? 'usual',
    motion: first.motion ?? 'system',
    time_zone: first.timeZone ?? usualTimeZone(first.locale),
    consent_version: first.consentVersion,
    consent_at: first.consentVersion === null ? null : (first.consentAt ?? createdAt),
    avatar_id: null,
    cover_id: null,
    hidden_why: null,
    withheld: 0,
    created_at: createdAt,
    updated_at: createdAt,
  }
  await tx.db.insertInto('user_management_profiles').values(row).execute()
  const profile = profileIn(row)
  const created = { ...personOf(profile), locale: profile.locale }
  await tx.publish('user.created', created, {
    subject: `user/${id}`,
    actor: id,
    touches: ['people'],
  })
  return profile
}

/**
 * Changes what is given and leaves the rest; tells of it when the profile is another afterwards.
 *
 * @throws the code of the one wrong field, or QL_USERS_FORM_WRONG; QL_USERS_NOT_FOUND.
 */
export async function changeProfile(
  tx: Tx,
  userId: string,
  change: ProfileChange,
  now: Date,
): Promise<KnownProfile> {
  const cleaned = cleanChange(change)
  requireFitting(cleaned)
  const before = await findProfile(tx.db, { id: userId })
  if (!before) throw errors.QL_USERS_NOT_FOUND()
  const profile: KnownProfile = { ...before, ...cleaned }
  if (!differs(before, profile)) return before
  await tx.db
    .updateTable('user_management_profiles')
    .set({
      display_name: profile.displayName,
      bio: profile.bio,
      place: profile.place,
      links: JSON.stringify(profile.links),
      page_for: profile.pageFor,
      readers_for: profile.readersFor,
      locale: profile.locale,
      theme: profile.theme,
      flavour: profile.flavour,
      text_size: profile.textSize,
      motion: profile.motion,
      time_zone: profile.timeZone,
      updated_at: now.toISOString(),
    })
    .where('user_id', '=', userId)
    .execute()
  await tellOf(tx, profile)
  return profile
}

/** Tells everybody that a profile is another now; who shows the person draws them anew. */
export async function tellOf(tx: Tx, profile: KnownProfile): Promise<void> {
  /* Whoever listens learns what a stranger may see. */
  const updated = { ...personOf(seenBy(profile, null)), flavour: profile.flavour }
  const options = { subject: `user/${profile.id}`, actor: profile.id, touches: ['people'] }
  await tx.publish('user.updated', updated, options)
}

/** People are looked up for almost every page, so the two queries are written out. */
const PROFILES = `select ${COLUMNS.join(', ')} from user_management_profiles`

export async function findProfile(
  reader: Reader,
  by: { readonly id?: string; readonly username?: string },
): Promise<KnownProfile | null> {
  const [where, value] =
    by.id === undefined
      ? ['where username = ?', by.username?.toLowerCase() ?? '']
      : ['where user_id = ?', by.id]
  const query = CompiledQuery.raw(`${PROFILES} ${where}`, [value])
  const { rows } = await reader.executeQuery<ProfileRow>(query)
  return rows[0] ? profileIn(rows[0]) : null
}

/** In no order; unknown ids are absent. */
export async function findProfiles(
  reader: Reader,
  ids: readonly string[],
): Promise<KnownProfile[]> {
  if (ids.length === 0) return []
  const places = ids.map(() => '?').join(', ')
  const query = CompiledQuery.raw(`${PROFILES} where user_id in (${places})`, [...ids])
  const { rows } = await reader.executeQuery<ProfileRow>(query)
  return rows.map(profileIn)
}

function cleanChange(change: ProfileChange): ProfileChange {
  const { displayName, bio, place, links } = change
  return {
    ...change,
    ...(displayName === undefined ? {} : { displayName: cleanName(displayName) }),
    ...(bio === undefined ? {} : { bio: cleanBio(bio) }),
    ...(place === undefined ? {} : { place: cleanName(place) }),
    ...(links === undefined ? {} : { links: cleanLinks(links) }),
  }
}

function requireFitting({ displayName, bio, place, links, timeZone }: ProfileChange): void {
  const isKnownZone = timeZone === undefined || isTimeZone(timeZone)
  const wrong = wrongFields({
    '/displayName': displayName === undefined ? null : nameFault(displayName),
    '/bio': bio === undefined ? null : bioFault(bio),
    '/place': place === undefined ? null : placeFault(place),
    '/links': links === undefined ? null : linksFault(links),
    '/timeZone': isKnownZone ? null : errors.QL_USERS_TIME_ZONE_UNKNOWN(),
  })
  if (wrong.length > 0) throw refusalOf(wrong)
}

function differs(before: Profile, after: Profile): boolean {
  return JSON.stringify(before) !== JSON.stringify(after)
}

function profileIn(row: ProfileRow): KnownProfile {
  return {
    id: row.user_id,
    username: row.username,
    displayName: row.display_name,
    bio: row.bio,
    place: row.place,
    links: JSON.parse(row.links) as string[],
    pageFor: row.page_for,
    readersFor: row.readers_for,
    avatarUrl: addressOf(row.avatar_id),
    coverUrl: addressOf(row.cover_id),
    createdAt: row.created_at,
    locale: row.locale,
    theme: row.theme,
    flavour: row.flavour,
    textSize: row.text_size,
    motion: row.motion,
    timeZone: row.time_zone,
    keptBack: keptBackIn(row),
  }
}

function addressOf(pictureId: string | null): string | null {
  return pictureId === null ? null : `/media/${pictureId}`
}
