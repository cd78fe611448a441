import {
  type App,
  type Auth,
  type Client,
  CodedError,
  type Json,
  type Locale,
  type ModuleDb,
  type Role,
  type StartedSession,
} from '#core'
import { errors, refusalOf, wrongFields } from '../errors.ts'
import type { WishedLook } from '../profile/look-cookies.ts'
import { addProfile, type FirstProfile } from '../profile/profile.ts'
import { cleanName, nameFault } from '../profile/profile-text.ts'
import type { Me, Profile } from '../schema.ts'
import { meOf, seenBy } from '../visibility/sight.ts'
import type { UserTables } from '../tables.ts'
import { isTimeZone } from '../profile/time-zones.ts'

/** Of the text a person agrees to, as the form shows it. A new text gets a new version. */
export const CONSENT_VERSION = '2026-11'

/** Where accounts and profiles are kept. */
export interface Registry {
  readonly auth: Auth
  readonly db: ModuleDb<UserTables>
  /** ISO 8601, UTC */
  now(): string
}

export interface NewPerson extends WishedLook {
  readonly username: string
  readonly email: string
  readonly password: string
  /** The user name when left out. */
  readonly displayName?: string | undefined
  readonly bio?: string | undefined
  readonly locale: Locale
  /** IANA name. */
  readonly timeZone?: string | undefined
  /** Default `member`. */
  readonly role?: Role | undefined
  /** `operator`: whoever runs the station makes the account, and nobody is asked. */
  readonly consent: boolean | 'operator'
}

export function registryOf(app: App): Registry {
  return { auth: app.auth, db: app.db<UserTables>(), now: () => app.clock.now().toISOString() }
}

/** How a registration ended: with an account, or with a letter that has to be answered first. */
export type Registered =
  | { readonly kind: 'made'; readonly me: Me; readonly session: StartedSession }
  | { readonly kind: 'asked' }

/** What is kept of a form until its address is confirmed. */
interface KeptWish {
  readonly profile: FirstProfile
  readonly given: { readonly locale: Locale; readonly client: Client; readonly at: string }
  /** A path of this station. */
  readonly returnTo?: string
}

/** What a stranger comes with, and where they want to go once they are in. */
export interface Errand {
  readonly invitation: string | undefined
  /** A path of this station. */
  readonly returnTo?: string
}

/**
 * What a stranger's form asks for, as the operator lets strangers in. Where addresses are confirmed
 * the outcome is `asked`, whether or not the address has an account already.
 *
 * @throws what {@link register} throws; QL_AUTH_REGISTRATION_CLOSED, QL_AUTH_INVITATION_NEEDED,
 * QL_AUTH_INVITATION_DEAD.
 */
export async function apply(
  registry: Registry,
  person: NewPerson,
  client: Client,
  { invitation, returnTo }: Errand,
): Promise<Registered> {
  const { registrations } = registry.auth
  await registrations.requireAdmission(invitation)
  if (!registrations.needConfirmation) {
    return { kind: 'made', ...(await register(registry, person, client, { invitation })) }
  }
  const prepared = await prepare((account) => registrations.prepare(account), person)
  const { locale } = person
  const given = { locale, client, at: registry.now() }
  const profile = { ...firstProfile(person, prepared.username), consentAt: given.at }
  const kept: KeptWish = { profile, given, ...(returnTo === undefined ? {} : { returnTo }) }
  const data = JSON.parse(JSON.stringify(kept)) as Json
  await registrations.begin({ prepared, data, invitation, locale })
  return { kind: 'asked' }
}

/**
 * Makes the account that a letter's link confirms. No session begins: whoever has only the letter
 * does not know the password.
 *
 * @returns the user name, and where the person wanted to go.
 * @throws QL_AUTH_LINK_DEAD; QL_AUTH_USERNAME_TAKEN and others when somebody was quicker.
 */
export async function confirm(
  { auth, db }: Registry,
  token: string,
): Promise<{ username: string; returnTo: string | undefined }> {
  return db.transaction(async (tx) => {
    const { identity, data } = await auth.registrations.confirm(tx, token)
    const { profile, given, returnTo } = data as unknown as KeptWish
    await auth.noteConsent(tx, identity.id, given)
    await addProfile(tx, identity, profile)
    return { username: identity.username, returnTo }
  })
}

/**
 * Makes account, profile and session in one transaction with `user.created`.
 *
 * @param admission of a stranger; left out where somebody else has let the person in.
 * @throws the code of the one wrong field, or one with all of them in `errors`; QL_BUSY.
 */
export async function register(
  { auth, db }: Registry,
  person: NewPerson,
  client: Client,
  admission?: { readonly invitation: string | undefined },
): Promise<{ me: Me; session: StartedSession }> {
  const prepared = await prepare((account) => auth.prepare(account), person)
  const { profile, opened } = await db.transaction(async (tx) => {
    if (admission) await auth.registrations.admit(tx, admission.invitation)
    const identity = await auth.create(tx, prepared)
    await auth.noteConsent(tx, identity.id, { locale: person.locale, client })
    return {
      profile: await addProfile(tx, identity, firstProfile(person, identity.username)),
      opened: await auth.openSession(tx, identity, client),
    }
  })
  return { me: meOf(profile, prepared), session: await auth.startSession(opened) }
}

/** As {@link register}, without a session: the person signs in later. */
export async function enrol({ auth, db }: Registry, person: NewPerson): Promise<Profile> {
  const prepared = await prepare((account) => auth.prepare(account), person)
  return db.transaction(async (tx) => {
    const identity = await auth.create(tx, prepared)
    const profile = await addProfile(tx, identity, firstProfile(person, identity.username))
    return seenBy(profile, null)
  })
}

/** All that is wrong is told at once, whoever finds it. */
async function prepare(by: Auth['prepare'], person: NewPerson): ReturnType<Auth['prepare']> {
  const { displayName, consent, username, email, password, timeZone, role = 'member' } = person
  const isKnownZone = timeZone === undefined || isTimeZone(timeZone)
  const wrong = wrongFields({
    '/displayName': displayName === undefined ? null : nameFault(cleanName(displayName)),
    '/consent': consent === false ? errors.QL_USERS_CONSENT_MISSING() : null,
    '/timeZone': isKnownZone ? null : errors.QL_USERS_TIME_ZONE_UNKNOWN(),
  })
  try {
    const prepared = await by({ username, email, password, role })
    if (wrong.length === 0) return prepared
  } catch (error) {
    const others = error instanceof CodedError ? error.details.errors : undefined
    if (wrong.length === 0 || !others) throw error
    throw refusalOf(wrong, others)
  }
  throw refusalOf(wrong)
}

function firstProfile(person: NewPerson, username: string): FirstProfile {
  const { displayName, bio, locale, timeZone, theme, flavour, textSize, motion, consent } = person
  return {
    displayName: displayName === undefined ? username : cleanName(displayName),
    bio,
    locale,
    timeZone,
    theme,
    flavour,
    textSize,
    motion,
    consentVersion: consent === 'operator' ? null : CONSENT_VERSION,
  }
}
