import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Config } from '../../config.ts'
import type { Database, OpenTransaction } from '../../db/index.ts'
import type { Clock, Log } from '../app.ts'
import type { Actor, CookieChange, Role } from '../port/requests.ts'
import { type AccountRooms, type AccountVoice, openAccountRooms } from './account-rooms.ts'
import type { GivenConsent, StationAuth } from './auth.ts'
import { authErrors } from './errors.ts'
import { Accounts } from './identity/accounts.ts'
import { Identities } from './identity/identities.ts'
import type { Identity, NewIdentity, OwnIdentity, PreparedIdentity } from './identity/identity.ts'
import { ResidentRows, type Residents } from './identity/residents.ts'
import { canonicalUsername } from './identity/username.ts'
import type { Secrets } from './keys/secrets.ts'
import { type NoticeListener, Notices } from './notices.ts'
import { PasswordHasher } from './password/password-hasher.ts'
import { minPassword } from './password/password.ts'
import { SecondFactorRows } from './second-factor/second-factors.ts'
import type { SecurityEvent } from './security-event.ts'
import { sessionCookieNames, sessionCookiePattern } from './session/cookies.ts'
import { type OwnSessions, OwnSessionRows } from './session/own-sessions.ts'
import { type Revoked, Revocations } from './session/revocations.ts'
import { SessionDoor } from './session/session-door.ts'
import type {
  Authentication,
  Client,
  OpenSession,
  SessionProof,
  StartedSession,
} from './session/session.ts'
import { Sessions } from './session/sessions.ts'
import { AccessTokens } from './session/tokens.ts'
import { type Entrance, openEntrance } from './sign-in/entrance.ts'
import type { SignInSteps } from './sign-in/sign-in-steps.ts'
import type { StepUp } from './sign-in/step-up.ts'

export interface AuthParts extends AccountVoice {
  readonly database: Database
  readonly secrets: Secrets
  readonly clock: Clock
  readonly log: Log
  readonly config: Pick<Config, 'server' | 'station' | 'auth' | 'rateLimits'>
  /**
   * Hears what an operator should know, after it has been logged; within the transaction of the
   * change, where there is one.
   */
  readonly onSecurityEvent?: (event: SecurityEvent, tx?: OpenTransaction) => Promise<void> | void
}

/** Accounts and sessions over a migrated database. Nothing runs until the first question. */
export function createAuth(parts: AuthParts): StationAuth {
  return new AuthService(parts)
}

class AuthService implements StationAuth {
  readonly setupToken = randomBytes(32).toString('base64url')
  readonly farewell: readonly CookieChange[]
  readonly sessionCookies: RegExp
  readonly residents: Residents
  readonly registrations: AccountRooms['registrations']
  readonly invitations: AccountRooms['invitations']
  readonly links: AccountRooms['links']
  readonly passwords: AccountRooms['passwords']
  readonly emails: AccountRooms['emails']
  readonly forgetOld: AccountRooms['forgetOld']
  readonly factors: SecondFactorRows
  readonly sessions: OwnSessions
  readonly steps: SignInSteps
  readonly stepUp: StepUp
  readonly #revocations = new Revocations()
  readonly #notices = new Notices()
  readonly #entrance: Entrance
  readonly #parts: AuthParts
  readonly #hasher: PasswordHasher
  readonly #identities: Identities
  readonly #accounts: Accounts
  readonly #sessions: Sessions
  readonly #door: SessionDoor
  readonly #onConsent: Parameters<StationAuth['onConsent']>[0][] = []

  constructor(parts: AuthParts) {
    const { database, secrets, clock, config } = parts
    this.#parts = parts
    const cookieNames = sessionCookieNames(config.server.publicUrl?.startsWith('https:') === true)
    this.sessionCookies = sessionCookiePattern(cookieNames)
    this.#hasher = new PasswordHasher(secrets, config.auth.bcryptCost)
    this.#identities = new Identities(database, clock)
    this.#accounts = new Accounts(this.#identities, this.#hasher, config.station.name)
    const { refreshKey, factorKey: key } = secrets
    const [revocations, notices] = [this.#revocations, this.#notices]
    const report = (event: SecurityEvent, tx?: OpenTransaction) => this.#report(event, tx)
    const stationName = () => config.station.name
    const factors = new SecondFactorRows({ database, clock, key, notices, stationName, report })
    this.factors = factors
    this.#entrance = openEntrance({
      database,
      clock,
      config,
      identities: this.#identities,
      hasher: this.#hasher,
      factors,
      key,
      stepCookie: cookieNames.step,
      report,
    })
    this.steps = this.#entrance.steps
    this.stepUp = this.#entrance.stepUp
    this.#sessions = new Sessions({ database, clock, refreshKey, revocations, notices })
    this.#door = new SessionDoor({
      clock,
      cookieNames,
      sessions: this.#sessions,
      tokens: new AccessTokens(secrets, clock),
      devices: this.#entrance.devices,
      factors,
      notices,
      report,
    })
    this.farewell = this.#door.farewell
    this.sessions = new OwnSessionRows(database, clock, this.#sessions)
    const residents = new ResidentRows({ database, sessions: this.#sessions, factors, report })
    this.residents = residents
    const rooms = openAccountRooms({
      ...parts,
      identities: this.#identities,
      accounts: this.#accounts,
      hasher: this.#hasher,
      sessions: this.#sessions,
      notices,
      signIn: this.#entrance.signIn,
      residents,
      report,
    })
    this.registrations = rooms.registrations
    this.invitations = rooms.invitations
    this.links = rooms.links
    this.passwords = rooms.passwords
    this.emails = rooms.emails
    this.forgetOld = rooms.forgetOld
  }

  get isRegistrationOpen(): boolean {
    return this.registrations.policy === 'open'
  }

  prepare(input: NewIdentity): Promise<PreparedIdentity> {
    return this.#accounts.prepare(input)
  }

  create(tx: OpenTransaction, prepared: PreparedIdentity): Promise<Identity> {
    return this.#identities.insert(tx, prepared)
  }

  verifyLogin(input: Parameters<StationAuth['verifyLogin']>[0], client: Client): Promise<Identity> {
    return this.#entrance.signIn.verify(input, client)
  }

  async noteConsent(tx: OpenTransaction, userId: string, given: GivenConsent): Promise<void> {
    for (const listener of this.#onConsent) await listener(tx, userId, given)
  }

  onConsent(listener: Parameters<StationAuth['onConsent']>[0]): void {
    this.#onConsent.push(listener)
  }

  openSession(
    tx: OpenTransaction,
    identity: Identity,
    client: Client,
    { trustDevice = false }: { readonly trustDevice?: boolean } = {},
  ): Promise<OpenSession> {
    return this.#door.open(tx, identity, client, trustDevice)
  }

  onNotice(listener: NoticeListener): void {
    this.#notices.onNotice(listener)
  }

  deviceIn(cookies: Readonly<Record<string, string | undefined>>): string | undefined {
    return this.#door.deviceIn(cookies)
  }

  onSessionOpened(listener: (tx: OpenTransaction, userId: string) => Promise<void>): void {
    this.#door.onOpened(listener)
  }

  startSession(session: OpenSession): Promise<StartedSession> {
    return this.#door.start(session)
  }

  refresh(cookies: Readonly<Record<string, string>>, client: Client): Promise<StartedSession> {
    return this.#door.refresh(cookies, client)
  }

  endSession(sessionId: string): Promise<void> {
    return this.#sessions.end(sessionId)
  }

  isUsernameFree(username: string): Promise<boolean> {
    return this.#accounts.isUsernameFree(username)
  }

  identityOf(userId: string): Promise<OwnIdentity | null> {
    return this.#identities.find(userId)
  }

  hasOwner(): Promise<boolean> {
    return this.#identities.hasOwner()
  }

  async requireSetupToken(token: string): Promise<void> {
    const isRight = timingSafeEqual(digest(token), digest(this.setupToken))
    if (!isRight || (await this.hasOwner())) throw authErrors.QL_AUTH_SETUP_CLOSED()
  }

  minPassword(role: Role): number {
    return minPassword(role)
  }

  countIdentities(): Promise<number> {
    return this.#identities.count()
  }

  identityByUsername(username: string): Promise<Identity | null> {
    return this.#identities.findActive(canonicalUsername(username))
  }

  identitiesByIds(ids: readonly string[]): Promise<readonly Identity[]> {
    return this.#identities.findMany(ids)
  }

  staffIds(roles?: readonly Role[]): Promise<readonly string[]> {
    return this.#identities.staffIds(roles)
  }

  authenticate(proof: SessionProof): Promise<Authentication> {
    return this.#door.authenticate(proof)
  }

  sessionActor(sessionId: string): Promise<Actor | null> {
    return this.#sessions.actor(sessionId)
  }

  aliveSessions(sessionIds: readonly string[]): Promise<ReadonlySet<string>> {
    return this.#sessions.alive(sessionIds)
  }

  onRevoked(listener: (revoked: Revoked) => void): void {
    this.#revocations.onRevoked(listener)
  }

  async close(): Promise<void> {
    await this.links.settle()
    await this.#hasher.close()
  }

  async #report(event: SecurityEvent, tx?: OpenTransaction): Promise<void> {
    const { type, ...fields } = event
    this.#parts.log[type === 'session.opened' ? 'info' : 'warn'](`security: ${type}`, fields)
    await this.#parts.onSecurityEvent?.(event, tx)
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
