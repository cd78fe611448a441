import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Config } from '../../config.ts'
import type { Database, OpenTransaction } from '../../db/index.ts'
import type { Clock, Log } from '../app.ts'
import type { Actor, CookieChange, Role } from '../port/requests.ts'
import { type AccountRooms, type AccountVoice, openAccountRooms } from './account-rooms.ts'
import { Accounts } from './identity/accounts.ts'
import {
  farewellCookies,
  type SessionCookieNames,
  sessionCookieNames,
  sessionCookiePattern,
  sessionCookies,
} from './session/cookies.ts'
import { deviceNameOf } from './sign-in/device-name.ts'
import { type Entrance, openEntrance } from './sign-in/entrance.ts'
import { authErrors } from './errors.ts'
import { Identities } from './identity/identities.ts'
import type {
  Authentication,
  Client,
  GivenConsent,
  Identity,
  NewIdentity,
  OpenSession,
  OwnIdentity,
  PreparedIdentity,
  SecurityEvent,
  SessionProof,
  StartedSession,
  StationAuth,
} from './index.ts'
import { type NoticeListener, Notices } from './notices.ts'
import { type OwnSessions, OwnSessionRows } from './session/own-sessions.ts'
import { PasswordHasher } from './password/password-hasher.ts'
import { minPassword } from './password/password.ts'
import type { Secrets } from './keys/secrets.ts'
import { ResidentRows, type Residents } from './identity/residents.ts'
import { type Revoked, Revocations } from './session/revocations.ts'
import { SecondFactorRows } from './second-factor/second-factors.ts'
import { Sessions } from './session/sessions.ts'
import type { SignInSteps } from './sign-in/sign-in-steps.ts'
import type { StepUp } from './sign-in/step-up.ts'
import { AccessTokens } from './session/tokens.ts'
import { canonicalUsername } from './identity/username.ts'

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

export type { StationAuth } from './index.ts'

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
  readonly #cookieNames: SessionCookieNames
  readonly #hasher: PasswordHasher
  readonly #identities: Identities
  readonly #accounts: Accounts
  readonly #sessions: Sessions
  readonly #tokens: AccessTokens
  readonly #onConsent: Parameters<StationAuth['onConsent']>[0][] = []
  readonly #onOpened: ((tx: OpenTransaction, userId: string) => Promise<void>)[] = []

  constructor(parts: AuthParts) {
    const { database, secrets, clock, config } = parts
    this.#parts = parts
    this.#cookieNames = sessionCookieNames(config.server.publicUrl?.startsWith('https:') === true)
    this.sessionCookies = sessionCookiePattern(this.#cookieNames)
    this.farewell = farewellCookies(this.#cookieNames)
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
      stepCookie: this.#cookieNames.step,
      report,
    })
    this.steps = this.#entrance.steps
    this.stepUp = this.#entrance.stepUp
    this.#sessions = new Sessions({ database, clock, refreshKey, revocations, notices })
    this.sessions = new OwnSessionRows(database, clock, this.#sessions)
    const residents = new ResidentRows({ database, sessions: this.#sessions, factors, report })
    this.residents = residents
    const rooms = openAccountRooms({
      ...parts,
      identities: this.#identities,
      accounts: this.#accounts,
      hasher: this.#hasher,
      sessions: this.#sessions,
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
    this.#tokens = new AccessTokens(secrets, clock)
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

  async openSession(
    tx: OpenTransaction,
    identity: Identity,
    client: Client,
    { trustDevice = false }: { readonly trustDevice?: boolean } = {},
  ): Promise<OpenSession> {
    const { id } = identity
    for (const listener of this.#onOpened) await listener(tx, id)
    const { devices } = this.#entrance
    const device = devices.tokenOf(client.device)
    const isElsewhere = await this.#sessions.hasAny(tx, id)
    const isNew = await devices.remember(tx, id, device)
    if (isNew && isElsewhere) {
      const { ip, userAgent } = client
      await this.#notices.tell(tx, id, { kind: 'new-device', device: deviceNameOf(userAgent), ip })
    }
    const ground = trustDevice ? await this.factors.trustGround(tx, id) : null
    if (ground) await devices.trust(tx, ground, device)
    const opened = await this.#sessions.open(tx, identity, client)
    const { sessionId } = opened.actor
    await this.#report(
      { type: 'session.opened', userId: id, actorId: id, sessionId, ip: client.ip },
      tx,
    )
    return { ...opened, device }
  }

  onNotice(listener: NoticeListener): void {
    this.#notices.onNotice(listener)
  }

  deviceIn(cookies: Readonly<Record<string, string | undefined>>): string | undefined {
    return cookies[this.#cookieNames.device]
  }

  onSessionOpened(listener: (tx: OpenTransaction, userId: string) => Promise<void>): void {
    this.#onOpened.push(listener)
  }

  async startSession(session: OpenSession): Promise<StartedSession> {
    const { accessToken, expiresAt } = await this.#tokens.sign(session.actor)
    const now = this.#parts.clock.now()
    const cookies = sessionCookies(this.#cookieNames, session, accessToken, now)
    return { actor: session.actor, accessToken, expiresAt, cookies }
  }

  async refresh(
    cookies: Readonly<Record<string, string>>,
    client: Client,
  ): Promise<StartedSession> {
    const session = await this.#renewed(cookies[this.#cookieNames.refresh], client)
    if (!session) throw authErrors.QL_AUTH_REFRESH_INVALID()
    return session
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

  async authenticate({ cookies, authorization, client }: SessionProof): Promise<Authentication> {
    /* A proxy's own Basic credentials travel in the same header and mean nothing here. */
    const [bearer, token = ''] = /^bearer\s+(.*)$/is.exec(authorization ?? '') ?? []
    if (bearer !== undefined) return { actor: await this.#actorOf(token) }
    const access = cookies[this.#cookieNames.access]
    const refresh = cookies[this.#cookieNames.refresh]
    if (access === undefined && refresh === undefined) return { actor: null }
    const actor = access === undefined ? null : await this.#actorOf(access)
    if (actor) return { actor }
    const session = await this.#renewed(refresh, client)
    return session ?? { actor: null, cookies: this.farewell }
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

  async #actorOf(accessToken: string): Promise<Actor | null> {
    const claims = await this.#tokens.verify(accessToken)
    if (!claims) return null
    const actor = await this.#sessions.actor(claims.sessionId)
    return actor?.id === claims.userId ? actor : null
  }

  async #renewed(refreshToken: string | undefined, client: Client): Promise<StartedSession | null> {
    if (refreshToken === undefined) return null
    const renewal = await this.#sessions.renew(refreshToken, client)
    if (renewal.kind === 'renewed') return this.startSession(renewal.session)
    if (renewal.kind === 'reused') {
      const { userId, sessionId } = renewal
      await this.#report({ type: 'session.refresh_reuse', userId, sessionId, ip: client.ip })
    }
    return null
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
