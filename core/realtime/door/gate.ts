import type { FastifyReply, FastifyRequest } from 'fastify'
import type { WebSocketServer } from 'ws'
import type { Config } from '../../../config.ts'
import type { Clock } from '../../app.ts'
import type { Actor } from '../../port/requests.ts'
import type { StationAuth } from '../../auth/index.ts'
import { coreErrors } from '../../errors.ts'
import { cookieOf } from '../../http/answers/cookie.ts'
import type { Exchange } from '../../http/exchange.ts'
import { requireSocketOrigin } from '../../http/guards/origin-proof.ts'
import { RateLimiter } from '../../http/guards/rate-limiter.ts'
import { factsOf, type RequestFacts } from '../../http/requests/request-facts.ts'
import { type Upgrade, upgradeOf } from '../../http/upgrade.ts'
import { networkOf } from '../../network.ts'
import { Allowance } from '../sockets/allowance.ts'
import type { Bearer } from '../sockets/connection.ts'
import { realtimeErrors } from '../errors.ts'
import type { RealtimeHub } from '../hub/hub.ts'
import { SOCKETS_PER_USER } from '../limits.ts'
import { answerWith, openSocketServer } from './socket-server.ts'
import type { Tickets } from './tickets.ts'

export interface GateParts {
  readonly config: Pick<Config, 'server' | 'station' | 'rateLimits'>
  readonly clock: Clock
  readonly auth: Pick<StationAuth, 'authenticate' | 'sessionActor'>
  readonly hub: RealtimeHub
  readonly tickets: Tickets
  readonly exchange: Pick<Exchange, 'answerMethod'>
}

/** Of a network, by those who bring no session. */
const STRANGERS = { max: 20, windowS: 60 }
/** Each page opens one, and many people may share the address of their network. */
const RESIDENTS = { max: 60, windowS: 60 }
/** After a restart everybody comes at once; who finds the door full comes back a little later. */
const DOOR = { size: 1_000, perS: 1_000 }

/** Decides who may open a socket, and hands it to the hub. */
export class SocketGate {
  readonly #parts: GateParts
  readonly #limiter: RateLimiter | null
  readonly #door: Allowance
  #server: Promise<WebSocketServer> | undefined

  constructor(parts: GateParts) {
    this.#parts = parts
    this.#limiter = parts.config.rateLimits ? new RateLimiter(parts.clock) : null
    this.#door = new Allowance(DOOR, performance.now())
  }

  /** The handler of `GET /ws`. @throws QL_ORIGIN, QL_UNAUTHENTICATED, QL_RATE_LIMIT and others. */
  async open(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const upgrade = upgradeOf(request.raw)
    if (!upgrade) throw realtimeErrors.QL_RT_UPGRADE()
    const { publicUrl } = this.#parts.config.server
    const facts = factsOf(request, publicUrl, this.#parts.config.station.locale)
    if (!this.#door.take(1, performance.now())) throw coreErrors.QL_BUSY({ retryAfterS: 1 })
    const { actor, cookies } = await this.#identify(request, facts)
    this.#limit(actor, facts.ip)
    if (!actor) throw coreErrors.QL_UNAUTHENTICATED()
    const server = await (this.#server ??= openSocketServer())
    if (this.#parts.hub.socketsOf(actor.id) >= SOCKETS_PER_USER) {
      throw realtimeErrors.QL_RT_SOCKETS({ values: { max: SOCKETS_PER_USER }, retryAfterS: 60 })
    }
    const renewed = (cookies ?? []).map((change) => {
      const { name, value, options } = cookieOf(change, facts.origin)
      return `Set-Cookie: ${request.server.serializeCookie(name, value, options)}`
    })
    answerWith(request.raw, renewed)
    reply.hijack()
    upgrade.detach()
    this.#handOver(server, request, upgrade, { actor, facts })
    return reply
  }

  #handOver(
    server: WebSocketServer,
    { raw }: FastifyRequest,
    { socket, head }: Upgrade,
    { actor, facts }: { readonly actor: Actor; readonly facts: RequestFacts },
  ): void {
    const bearer = {
      userId: actor.id,
      sessionId: actor.sessionId,
      ip: facts.ip,
      locale: facts.preferences.locale,
      origin: facts.origin,
    }
    const { hub } = this.#parts
    server.handleUpgrade(raw, socket, head, (webSocket) =>
      hub.accept(bearer, { socket, webSocket }, (name, input) => this.#ask(bearer, name, input)),
    )
  }

  /** Every frame is as good as the session is at that moment. */
  async #ask(bearer: Bearer, name: string, input: unknown): Promise<object | null> {
    const { auth, exchange } = this.#parts
    const actor = await auth.sessionActor(bearer.sessionId)
    return actor && exchange.answerMethod(name, input, { ...bearer, actor })
  }

  #limit(actor: Actor | null, ip: string): void {
    const { max, windowS } = actor ? RESIDENTS : STRANGERS
    const seconds = this.#limiter?.take(actor?.id ?? networkOf(ip), max, windowS) ?? 0
    if (seconds > 0) throw coreErrors.QL_RATE_LIMIT({ values: { seconds }, retryAfterS: seconds })
  }

  /** A ticket or a bearer token is its own proof; cookies count only beside our own origin. */
  async #identify(
    request: FastifyRequest,
    facts: RequestFacts,
  ): ReturnType<GateParts['auth']['authenticate']> {
    const { auth, tickets, config } = this.#parts
    const { headers } = request
    const ticket = facts.query['ticket']
    const { authorization } = headers
    const hasProof = ticket !== undefined || /^bearer /i.test(authorization ?? '')
    requireSocketOrigin({ headers, publicUrl: config.server.publicUrl, hasProof })
    if (ticket !== undefined) {
      const sessionId = await tickets.redeem(ticket)
      return { actor: sessionId === null ? null : await auth.sessionActor(sessionId) }
    }
    const client = { ip: facts.ip, userAgent: headers['user-agent'] ?? '' }
    return auth.authenticate({ cookies: facts.cookies, authorization, client })
  }
}
