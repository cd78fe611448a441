import type { OpenTransaction } from '../../../db/index.ts'
import type { Clock } from '../../app.ts'
import type { Actor, CookieChange } from '../../port/requests.ts'
import { authErrors } from '../errors.ts'
import type { Identity } from '../identity/identity.ts'
import type { Notices } from '../notices.ts'
import type { SecondFactorRows } from '../second-factor/second-factors.ts'
import type { SecurityEvent } from '../security-event.ts'
import { deviceNameOf } from '../sign-in/device-name.ts'
import type { Devices } from '../sign-in/devices.ts'
import { farewellCookies, type SessionCookieNames, sessionCookies } from './cookies.ts'
import type {
  Authentication,
  Client,
  OpenSession,
  SessionProof,
  StartedSession,
} from './session.ts'
import type { Sessions } from './sessions.ts'
import type { AccessTokens } from './tokens.ts'

export interface SessionDoorParts {
  readonly clock: Clock
  readonly cookieNames: SessionCookieNames
  readonly sessions: Sessions
  readonly tokens: AccessTokens
  readonly devices: Devices
  readonly factors: SecondFactorRows
  readonly notices: Notices
  readonly report: (event: SecurityEvent, tx?: OpenTransaction) => Promise<void>
}

type OpenedListener = (tx: OpenTransaction, userId: string) => Promise<void>

/** Opens sessions, and knows them again by what a request carries. */
export class SessionDoor {
  readonly farewell: readonly CookieChange[]
  readonly #parts: SessionDoorParts
  readonly #onOpened: OpenedListener[] = []

  constructor(parts: SessionDoorParts) {
    this.#parts = parts
    this.farewell = farewellCookies(parts.cookieNames)
  }

  onOpened(listener: OpenedListener): void {
    this.#onOpened.push(listener)
  }

  /** See `Auth.openSession`. */
  async open(
    tx: OpenTransaction,
    identity: Identity,
    client: Client,
    trustDevice: boolean,
  ): Promise<OpenSession> {
    const { devices, factors, sessions, report } = this.#parts
    const { id } = identity
    for (const listener of this.#onOpened) await listener(tx, id)
    const device = devices.tokenOf(client.device)
    await this.#noticeDevice(tx, id, device, client)
    const ground = trustDevice ? await factors.trustGround(tx, id) : null
    if (ground) await devices.trust(tx, ground, device)
    const opened = await sessions.open(tx, identity, client)
    const { sessionId } = opened.actor
    await report({ type: 'session.opened', userId: id, actorId: id, sessionId, ip: client.ip }, tx)
    return { ...opened, device }
  }

  /** See `Auth.startSession`. */
  async start(session: OpenSession): Promise<StartedSession> {
    const { clock, cookieNames, tokens } = this.#parts
    const { accessToken, expiresAt } = await tokens.sign(session.actor)
    const cookies = sessionCookies(cookieNames, session, accessToken, clock.now())
    return { actor: session.actor, accessToken, expiresAt, cookies }
  }

  /** @throws QL_AUTH_REFRESH_INVALID */
  async refresh(
    cookies: Readonly<Record<string, string>>,
    client: Client,
  ): Promise<StartedSession> {
    const session = await this.#renewed(cookies[this.#parts.cookieNames.refresh], client)
    if (!session) throw authErrors.QL_AUTH_REFRESH_INVALID()
    return session
  }

  /** See `StationAuth.authenticate`. */
  async authenticate({ cookies, authorization, client }: SessionProof): Promise<Authentication> {
    /* A proxy's own Basic credentials travel in the same header and mean nothing here. */
    const [bearer, token = ''] = /^bearer\s+(.*)$/is.exec(authorization ?? '') ?? []
    if (bearer !== undefined) return { actor: await this.#actorOf(token) }
    const { cookieNames } = this.#parts
    const access = cookies[cookieNames.access]
    const refresh = cookies[cookieNames.refresh]
    if (access === undefined && refresh === undefined) return { actor: null }
    const actor = access === undefined ? null : await this.#actorOf(access)
    if (actor) return { actor }
    const session = await this.#renewed(refresh, client)
    return session ?? { actor: null, cookies: this.farewell }
  }

  deviceIn(cookies: Readonly<Record<string, string | undefined>>): string | undefined {
    return cookies[this.#parts.cookieNames.device]
  }

  /** Whoever is signed in elsewhere is told of a browser they have never used. */
  async #noticeDevice(
    tx: OpenTransaction,
    userId: string,
    token: string,
    { ip, userAgent }: Client,
  ): Promise<void> {
    const { devices, sessions, notices } = this.#parts
    const isElsewhere = await sessions.hasAny(tx, userId)
    const isNew = await devices.remember(tx, userId, token)
    if (!isNew || !isElsewhere) return
    await notices.tell(tx, userId, { kind: 'new-device', device: deviceNameOf(userAgent), ip })
  }

  async #actorOf(accessToken: string): Promise<Actor | null> {
    const { tokens, sessions } = this.#parts
    const claims = await tokens.verify(accessToken)
    if (!claims) return null
    const actor = await sessions.actor(claims.sessionId)
    return actor?.id === claims.userId ? actor : null
  }

  async #renewed(refreshToken: string | undefined, client: Client): Promise<StartedSession | null> {
    if (refreshToken === undefined) return null
    const { sessions, report } = this.#parts
    const renewal = await sessions.renew(refreshToken, client)
    if (renewal.kind === 'renewed') return this.start(renewal.session)
    if (renewal.kind === 'reused') {
      const { userId, sessionId } = renewal
      await report({ type: 'session.refresh_reuse', userId, sessionId, ip: client.ip })
    }
    return null
  }
}
