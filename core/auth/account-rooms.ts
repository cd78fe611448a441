import type { Config } from '../../config.ts'
import type { Database, OpenTransaction } from '../../db/index.ts'
import type { Clock, Log } from '../app.ts'
import type { Calls } from '../calls/calls.ts'
import { CodedError } from '../errors.ts'
import type { Catalogue } from '../i18n/catalogue.ts'
import type { Mail } from '../mail/index.ts'
import type { Actor } from '../port/requests.ts'
import type { StationSettings } from '../settings/index.ts'
import type { Auth } from './auth.ts'
import { Background } from './background.ts'
import { refusalOf } from './errors.ts'
import type { Accounts } from './identity/accounts.ts'
import type { Identities } from './identity/identities.ts'
import type { ResidentRows } from './identity/residents.ts'
import { AccountLetters } from './links/account-letters.ts'
import { EmailRows } from './links/emails.ts'
import { InvitationRows } from './links/invitations.ts'
import { LinkRows } from './links/link-rows.ts'
import { Recovery } from './links/recovery.ts'
import { RegistrationRows } from './links/registrations.ts'
import type { Notices } from './notices.ts'
import type { PasswordHasher } from './password/password-hasher.ts'
import { PasswordRows } from './password/passwords.ts'
import type { SecurityEvent } from './security-event.ts'
import type { Client } from './session/session.ts'
import type { Sessions } from './session/sessions.ts'
import type { SignIn } from './sign-in/sign-in.ts'

/** What the station tells its accounts through. */
export interface AccountVoice {
  readonly mail: Mail
  readonly catalogue: Pick<Catalogue, 'translator'>
  readonly calls: Pick<Calls, 'call'>
  readonly settings: Pick<StationSettings, 'people' | 'retention'>
}

export interface AccountRoomsParts extends AccountVoice {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly config: Pick<Config, 'server' | 'station'>
  readonly identities: Identities
  readonly accounts: Accounts
  readonly hasher: PasswordHasher
  readonly sessions: Sessions
  readonly residents: ResidentRows
  readonly notices: Notices
  readonly signIn: SignIn
  readonly report: (event: SecurityEvent, tx?: OpenTransaction) => Promise<void>
}

/** How people come to accounts, and come back to them. */
export interface AccountRooms extends Pick<
  Auth,
  'registrations' | 'invitations' | 'links' | 'passwords' | 'emails'
> {
  /** What has expired leaves the tables. */
  readonly forgetOld: () => Promise<void>
}

export function openAccountRooms(parts: AccountRoomsParts): AccountRooms {
  const letters = new AccountLetters(parts)
  const links = new LinkRows(parts.database, parts.clock)
  const background = new Background(parts.log)
  const invitations = new InvitationRows({ ...parts, urlOf: (path) => letters.urlOf(path) })
  const registrations = new RegistrationRows({ ...parts, invitations, letters, background })
  const prove = proofBy(parts.signIn)
  const stationName = (): string => parts.config.station.name
  return {
    registrations,
    invitations,
    links: new Recovery({ ...parts, links, letters, background }),
    passwords: new PasswordRows({ ...parts, links, letters, prove, stationName }),
    emails: new EmailRows({ ...parts, links, letters, prove }),
    forgetOld: async () => {
      await links.forgetOld()
      await registrations.forgetOld()
      await invitations.forgetOld()
    },
  }
}

/** Somebody may have come by an open session: that it is the person is proved by their password. */
export type Proof = (
  actor: Actor,
  sent: { readonly field: string; readonly password: string },
  client: Client,
) => Promise<void>

/** Under the same limits as signing in. @throws QL_AUTH_PASSWORD_WRONG at the field. */
function proofBy(signIn: SignIn): Proof {
  return async ({ id }, { field, password }, client) => {
    try {
      await signIn.requirePassword(id, password, client)
    } catch (error) {
      const isWrong = error instanceof CodedError && error.code === 'QL_AUTH_PASSWORD_WRONG'
      throw isWrong ? refusalOf([{ path: field, error }]) : error
    }
  }
}
