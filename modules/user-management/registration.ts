import {
  type App,
  type Auth,
  type Client,
  CodedError,
  type Locale,
  type ModuleDb,
  type Role,
  type StartedSession,
} from '#core'
import { errors, refusalOf, wrongFields } from './errors.ts'
import { addProfile, type FirstProfile, meOf } from './profile.ts'
import { cleanName, nameFault } from './profile-text.ts'
import type { Me, Profile } from './schema.ts'
import type { UserTables } from './tables.ts'

/** Of the text a person agrees to, as the form shows it. A new text gets a new version. */
export const CONSENT_VERSION = '2026-11'

/** Where accounts and profiles are kept. */
export interface Registry {
  readonly auth: Auth
  readonly db: ModuleDb<UserTables>
}

export interface NewPerson {
  readonly username: string
  readonly email: string
  readonly password: string
  /** The user name when left out. */
  readonly displayName?: string | undefined
  readonly bio?: string | undefined
  readonly locale: Locale
  readonly theme?: Profile['theme'] | undefined
  readonly flavour?: Profile['flavour'] | undefined
  /** Default `member`. */
  readonly role?: Role | undefined
  /** `operator`: whoever runs the station makes the account, and nobody is asked. */
  readonly consent: boolean | 'operator'
}

export function registryOf(app: App): Registry {
  return { auth: app.auth, db: app.db<UserTables>() }
}

/**
 * Makes account, profile and session in one transaction with `user.created`.
 *
 * @throws the code of the one wrong field, or one with all of them in `errors`; QL_BUSY.
 */
export async function register(
  { auth, db }: Registry,
  person: NewPerson,
  client: Client,
): Promise<{ me: Me; session: StartedSession }> {
  const prepared = await prepare(auth, person)
  const { profile, opened } = await db.transaction(async (tx) => {
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
  const prepared = await prepare(auth, person)
  return db.transaction(async (tx) => {
    const identity = await auth.create(tx, prepared)
    return addProfile(tx, identity, firstProfile(person, identity.username))
  })
}

/** All that is wrong is told at once, whoever finds it. */
async function prepare(auth: Auth, person: NewPerson): ReturnType<Auth['prepare']> {
  const { displayName, consent, username, email, password, role = 'member' } = person
  const wrong = wrongFields({
    '/displayName': displayName === undefined ? null : nameFault(cleanName(displayName)),
    '/consent': consent === false ? errors.QL_USERS_CONSENT_MISSING() : null,
  })
  try {
    const prepared = await auth.prepare({ username, email, password, role })
    if (wrong.length === 0) return prepared
  } catch (error) {
    const others = error instanceof CodedError ? error.details.errors : undefined
    if (wrong.length === 0 || !others) throw error
    throw refusalOf(wrong, others)
  }
  throw refusalOf(wrong)
}

function firstProfile(person: NewPerson, username: string): FirstProfile {
  const { displayName, bio, locale, theme, flavour, consent } = person
  return {
    displayName: displayName === undefined ? username : cleanName(displayName),
    bio,
    locale,
    theme,
    flavour,
    consentVersion: consent === 'operator' ? null : CONSENT_VERSION,
  }
}
