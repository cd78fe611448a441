import type { OpenTransaction } from '../../db/index.ts'
import type { Actor, CookieChange, Locale, Role } from '../port/requests.ts'
import type { Identity, NewIdentity, OwnIdentity, PreparedIdentity } from './identity/identity.ts'
import type { Residents } from './identity/residents.ts'
import type { Emails } from './links/emails.ts'
import type { Invitations } from './links/invitations.ts'
import type { AccountLinks } from './links/recovery.ts'
import type { Registrations } from './links/registrations.ts'
import type { NoticeListener } from './notices.ts'
import type { Passwords } from './password/passwords.ts'
import type { SecondFactors } from './second-factor/second-factors.ts'
import type { OwnSessions } from './session/own-sessions.ts'
import type { Revoked } from './session/revocations.ts'
import type {
  Authentication,
  Client,
  OpenSession,
  SessionProof,
  StartedSession,
} from './session/session.ts'
import type { SignInSteps } from './sign-in/sign-in-steps.ts'
import type { StepUp } from './sign-in/step-up.ts'

/** How and in which language a person has said yes. */
export interface GivenConsent {
  readonly locale: Locale
  readonly client: Client
  /** ISO 8601; now when left out. */
  readonly at?: string
}

/** Accounts, passwords and sessions, for modules with the permission `auth`. */
export interface Auth {
  /** How strangers come to an account, and whether they may at this moment. */
  readonly registrations: Registrations
  /** Links that let in while the station takes new people by invitation. */
  readonly invitations: Invitations
  /** Links by which people come back to their accounts. */
  readonly links: AccountLinks
  readonly passwords: Passwords
  readonly emails: Emails
  /** Whether strangers may make themselves an account without an invitation. */
  readonly isRegistrationOpen: boolean
  /** The least length of a new password, in code points. */
  minPassword(role: Role): number
  /**
   * Checks name, address and password and hashes the password, which takes a quarter of a second:
   * never inside a transaction.
   *
   * @throws the code of the one problem, or QL_VALIDATION with all of them in `errors`; QL_BUSY.
   */
  prepare(input: NewIdentity): Promise<PreparedIdentity>
  /**
   * @throws QL_AUTH_USERNAME_TAKEN, QL_AUTH_USERNAME_SIMILAR, QL_AUTH_EMAIL_TAKEN;
   * QL_AUTH_SETUP_CLOSED for a second owner.
   */
  create(tx: OpenTransaction, prepared: PreparedIdentity): Promise<Identity>
  /**
   * Notes beside a new account that its person has agreed to the processing of their data, in a box
   * of its own. Without it the account was made by somebody else, who answers for it.
   */
  noteConsent(tx: OpenTransaction, userId: string, given: GivenConsent): Promise<void>
  /**
   * Finds whose user name or e-mail and password these are.
   *
   * `code` is one of the second factor, or a recovery code; a trusted browser needs none.
   *
   * @throws QL_AUTH_WRONG_CREDENTIALS, the same after the same work for an unknown login; only after
   * the right password QL_AUTH_BLOCKED, QL_AUTH_ROLE_PASSWORD, QL_AUTH_CODE_NEEDED and
   * QL_AUTH_CODE_WRONG; QL_AUTH_TOO_MANY_ATTEMPTS; QL_BUSY.
   */
  verifyLogin(
    input: { readonly login: string; readonly password: string; readonly code?: string },
    client: Client,
  ): Promise<Identity>
  /** The same on two pages, for people. */
  readonly steps: SignInSteps
  readonly factors: SecondFactors
  readonly sessions: OwnSessions
  readonly stepUp: StepUp
  /**
   * Writes a session beside what else the transaction does, e.g. the account itself. A person who
   * has signed in elsewhere before is told of a browser they have never used. With `trustDevice` no
   * second factor is asked for there in the next thirty days.
   */
  openSession(
    tx: OpenTransaction,
    identity: Identity,
    client: Client,
    options?: { readonly trustDevice?: boolean },
  ): Promise<OpenSession>
  /** Signs the tokens of a session; after the commit of the transaction that opened it. */
  startSession(session: OpenSession): Promise<StartedSession>
  /**
   * Takes the refresh token among the request's cookies for the next one. Sent twice within ten
   * seconds (two tabs), the same successor is answered; later the whole session ends.
   *
   * @throws QL_AUTH_REFRESH_INVALID
   */
  refresh(cookies: Readonly<Record<string, string>>, client: Client): Promise<StartedSession>
  /** Ends the session, at once and everywhere. */
  endSession(sessionId: string): Promise<void>
  /** The cookies to remove when a session has ended. */
  readonly farewell: readonly CookieChange[]
  /** False also for names that are reserved or no user names at all. */
  isUsernameFree(username: string): Promise<boolean>
  identityOf(userId: string): Promise<OwnIdentity | null>
  /**
   * Lets the bearer of the token printed at start through, while there is no owner.
   *
   * @throws QL_AUTH_SETUP_CLOSED
   */
  requireSetupToken(token: string): Promise<void>
  hasOwner(): Promise<boolean>
}

/** What the core itself needs beside what modules may use. */
export interface StationAuth extends Auth {
  /** Makes the owner at `/setup?token=…`; anew at every start, worthless once there is an owner. */
  readonly setupToken: string
  /** Finds a session cookie in a `Cookie` header. */
  readonly sessionCookies: RegExp
  /** What tells a browser that people have signed in from, among the cookies of a request. */
  deviceIn(cookies: Readonly<Record<string, string | undefined>>): string | undefined
  /** What staff and the operator do with accounts. */
  readonly residents: Residents
  /**
   * Hears of sessions that have ended: signed out, ended from elsewhere, a stolen token, another
   * role, a blocked account. Called synchronously after the commit and before it is answered; only
   * for what this process did. Connections of other processes find out by the session's row.
   */
  onRevoked(listener: (revoked: Revoked) => void): void
  /** Never throws for a bad token: its bearer is a stranger. */
  authenticate(proof: SessionProof): Promise<Authentication>
  /** Who a session belongs to; null once it, or the account, may no longer be used. */
  sessionActor(sessionId: string): Promise<Actor | null>
  /** Those of the sessions that may still be used; what other processes have ended is not. */
  aliveSessions(sessionIds: readonly string[]): Promise<ReadonlySet<string>>
  /** The active account of a user name. */
  identityByUsername(username: string): Promise<Identity | null>
  /** How many accounts there are, of any status. */
  countIdentities(): Promise<number>
  /** In no order; unknown ids are absent. At most 200. */
  identitiesByIds(ids: readonly string[]): Promise<readonly Identity[]>
  /** Active people of these roles, or all staff; who came first comes first. At most 200. */
  staffIds(roles?: readonly Role[]): Promise<readonly string[]>
  /** Called in the transaction of {@link Auth.noteConsent}. */
  onConsent(
    listener: (tx: OpenTransaction, userId: string, given: GivenConsent) => Promise<void>,
  ): void
  /** Called in the transaction of what a person has to hear of their account. */
  onNotice(listener: NoticeListener): void
  /** Called in the transaction that opens a session by name and password, or with the account. */
  onSessionOpened(listener: (tx: OpenTransaction, userId: string) => Promise<void>): void
  /** What has expired leaves the tables: links, registrations, invitations. */
  forgetOld(): Promise<void>
  close(): Promise<void>
}
