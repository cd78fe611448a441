import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Authentication } from '../auth/index.ts'
import type {
  Actor,
  Locale,
  ModuleRequest,
  ModuleResponse,
  RouteOptions,
} from '../port/requests.ts'
import { coreErrors } from '../errors.ts'
import { mediaErrors } from '../media/errors.ts'
import type { MediaStore } from '../media/media-store.ts'
import { newId } from '../ids.ts'
import { networkOf } from '../network.ts'
import type { Passing } from '../privacy/consent/consent-detour.ts'
import { realtimeErrors } from '../realtime/errors.ts'
import { METHOD_PREFIX } from '../realtime/method.ts'
import { type RequestContext, requestContext } from '../request-context.ts'
import { problemsOf } from '../schema.ts'
import type { PageResult } from '../views/page.ts'
import { moduleRequest } from './requests/module-request.ts'
import { type DockedRoute, LOGIN_PATH } from './routes/module-router.ts'
import { requireOwnOrigin } from './guards/origin-proof.ts'
import { type PageExchange, type PageServices, sendPage } from './answers/page-answer.ts'
import { mayUse } from './guards/policy.ts'
import type { RateLimiter } from './guards/rate-limiter.ts'
import { sendElsewhere, sendResponse, setCookies } from './answers/reply.ts'
import { factsOf, type RequestFacts } from './requests/request-facts.ts'
import { type Proving, proving, type StepUpServices } from './guards/step-up.ts'
import { isMultipart, receiveUpload } from './files/upload.ts'
import { requireWellFormed } from './guards/well-formed.ts'
import { requireOwnPage } from './guards/whose-page.ts'

/** Who asks a method over a socket. */
export interface MethodAsker {
  readonly actor: Actor
  readonly ip: string
  readonly locale: Locale
  readonly origin: string
}

export interface ExchangeServices extends PageServices, StepUpServices {
  readonly limiter: RateLimiter | null
  readonly media: MediaStore
  readonly publicUrl: string | null
  /** The language of strangers who ask for neither, as it is at each moment. */
  readonly station: { readonly locale: 'ru' | 'en' }
  /** What a person has to be shown before a page, if anything. */
  readonly detour: (passing: Passing) => Promise<string | undefined>
  readonly hasSessionCookie: (cookies: RequestFacts['cookies']) => boolean
  authenticate(request: FastifyRequest, facts: RequestFacts): Promise<Authentication>
  /** null once the session has ended. */
  sessionActor(sessionId: string): Promise<Actor | null>
  /** Where a person's log of updates stands. */
  positionOf(userId: string): Promise<number>
  /** What tells a known browser, among the cookies. */
  deviceIn(cookies: RequestFacts['cookies']): string | undefined
}

type ProofAsked = Extract<Proving, { kind: 'ask' }>

/** Uploads of one person. */
const UPLOAD_LIMIT = { max: 20, windowS: 600 }

/** Takes a request of the wildcard through limit, session, origin, policy and schema to its handler. */
export class Exchange {
  readonly #services: ExchangeServices

  constructor(services: ExchangeServices) {
    this.#services = services
  }

  async handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { router, kept, publicUrl, station } = this.#services
    const facts = factsOf(request, publicUrl, station.locale)
    const match = router.find(request.method, facts.path)
    if (!match) throw coreErrors.QL_NOT_FOUND()
    const { moment } = kept
    this.#limit(match.route, facts)
    requireOwnOrigin({
      method: request.method,
      headers: request.headers,
      publicUrl,
      hasSessionCookie: this.#services.hasSessionCookie(facts.cookies),
    })
    requireRightForm(match.route, request)
    const { actor, cookies } = await this.#services.authenticate(request, facts)
    setCookies(reply, cookies, facts)
    requireOwnPage(request.headers, actor)
    if (!mayUse(match.route.policy, actor)) return this.#refuse(match.route, actor, facts, reply)
    const detour = actor ? await this.#detour(match.route, actor, facts) : undefined
    if (detour !== undefined) return sendElsewhere(reply, detour)
    const device = this.#services.deviceIn(facts.cookies)
    const seen = moduleRequest(request, match, { facts, actor, device })
    const proved = await proving(this.#services, match.route, {
      request: seen,
      facts,
      accept: request.headers.accept ?? '',
    })
    if (proved.kind === 'redirect') return sendElsewhere(reply, proved.to)
    const pts = await this.#positionFor(match.route, actor)
    const exchange = { request, reply, match, facts, actor, moment, pts }
    if (proved.kind === 'ask') return this.#ask(proved, exchange)
    return this.#act(proved.request, exchange)
  }

  /** Who sends a request that passes by {@link handle}. */
  async actorOf(request: FastifyRequest, reply: FastifyReply): Promise<Actor | null> {
    const { publicUrl, station } = this.#services
    const facts = factsOf(request, publicUrl, station.locale)
    const { actor, cookies } = await this.#services.authenticate(request, facts)
    setCookies(reply, cookies, facts)
    return actor
  }

  /**
   * A method asked over a socket: the same limit, policy and schema as its POST.
   *
   * @throws QL_RT_METHOD_UNKNOWN, also for who may not use it, and what the method throws.
   */
  async answerMethod(name: string, body: unknown, asker: MethodAsker): Promise<object> {
    const path = `${METHOD_PREFIX}${name}`
    const { route } = this.#services.router.find('POST', path) ?? {}
    const { actor, locale, origin, ip } = asker
    if (route?.isMethod !== true || route.path !== path || !mayUse(route.policy, actor)) {
      throw realtimeErrors.QL_RT_METHOD_UNKNOWN({ values: { name } })
    }
    this.#limit(route, asker)
    const requestId = newId()
    const place = { method: 'POST', path, params: {}, query: {}, cookies: {} }
    const asked: ModuleRequest = { ...place, body, actor, locale, origin, requestId }
    const answer = await invoke(route, asked, contextOf({ requestId, ip }, actor))
    return (answer as ModuleResponse).body as object
  }

  #limit({ method, path, options }: DockedRoute, { ip }: Pick<RequestFacts, 'ip'>): void {
    if (options.limit) this.#take(`${method} ${path} ${networkOf(ip)}`, options.limit)
  }

  #take(key: string, { max, windowS }: NonNullable<RouteOptions['limit']>): void {
    const seconds = this.#services.limiter?.take(key, max, windowS) ?? 0
    if (seconds > 0) throw coreErrors.QL_RATE_LIMIT({ values: { seconds }, retryAfterS: seconds })
  }

  /** A stranger is shown the way in; someone of too low a role learns nothing. */
  #refuse(
    route: DockedRoute,
    actor: Actor | null,
    facts: RequestFacts,
    reply: FastifyReply,
  ): FastifyReply {
    if (actor) throw coreErrors.QL_NOT_FOUND()
    const hasDoor = this.#services.router.find('GET', LOGIN_PATH) !== null
    if (route.kind === 'route' || !hasDoor) throw coreErrors.QL_UNAUTHENTICATED()
    return sendElsewhere(reply, `${LOGIN_PATH}?return=${encodeURIComponent(facts.url)}`)
  }

  /** Where somebody has to pass first who wants to look at a page. */
  async #detour(
    { kind, method }: DockedRoute,
    actor: Actor,
    { path, url, cookies }: RequestFacts,
  ): Promise<string | undefined> {
    if (kind !== 'page' || method !== 'GET') return undefined
    return this.#services.detour({ userId: actor.id, path, url, cookies })
  }

  /** Read before the page is made, so that its scripts see what has happened since. */
  async #positionFor({ kind }: DockedRoute, actor: Actor | null): Promise<number | undefined> {
    return actor && kind === 'page' ? this.#services.positionOf(actor.id) : undefined
  }

  /** The page that asks for a proof stands in for the one that was asked for. */
  async #ask({ match, request }: ProofAsked, exchange: PageExchange): Promise<FastifyReply> {
    const page = (await match.route.invoke(request)) as PageResult
    return sendPage(this.#services, page, { ...exchange, match })
  }

  async #act(seen: ModuleRequest, exchange: PageExchange): Promise<FastifyReply> {
    const { reply, facts, actor } = exchange
    const { route } = exchange.match
    const asked = await this.#read(seen, exchange)
    const answer = await invoke(route, asked, contextOf(facts, actor))
    return route.kind === 'route'
      ? sendResponse(reply, answer as ModuleResponse, route, facts)
      : sendPage(this.#services, answer as PageResult, exchange)
  }

  /** The body of a form with a file is read here, when all that can refuse it unread has passed. */
  async #read(
    seen: ModuleRequest,
    { match, request, actor }: PageExchange,
  ): Promise<ModuleRequest> {
    const { file: options } = match.route.options
    if (!options) return seen
    if (!actor) throw coreErrors.QL_UNAUTHENTICATED()
    this.#take(`upload ${actor.id}`, UPLOAD_LIMIT)
    const { media } = this.#services
    const { fields, ...stored } = await receiveUpload(request.raw, media, options, actor)
    /* A file takes its time to arrive; what ended meanwhile has ended. */
    const isStillThere = await this.#services.sessionActor(actor.sessionId)
    if (!isStillThere) throw coreErrors.QL_UNAUTHENTICATED()
    return { ...seen, ...stored, body: fields }
  }
}

/** Forms with a file go where a file is taken, and nothing else does. @throws QL_MEDIA_TYPE, QL_MEDIA_FORM */
function requireRightForm({ options }: DockedRoute, { headers }: FastifyRequest): void {
  const isForm = isMultipart(headers['content-type'])
  if (isForm && !options.file) throw coreErrors.QL_MEDIA_TYPE()
  if (!isForm && options.file) throw mediaErrors.QL_MEDIA_FORM()
}

/** Runs the handler, once what it is asked fits its schemas. @throws QL_VALIDATION */
async function invoke(
  route: DockedRoute,
  asked: ModuleRequest,
  context: RequestContext,
): Promise<unknown> {
  requireFitting(route, asked)
  return requestContext.run(context, () => route.invoke(asked))
}

function contextOf(
  { requestId, ip }: Pick<RequestFacts, 'requestId' | 'ip'>,
  actor: Actor | null,
): RequestContext {
  return { requestId, ip, ...(actor ? { actorId: actor.id, sessionId: actor.sessionId } : {}) }
}

/** @throws QL_VALIDATION with the path of everything that does not fit. */
function requireFitting(route: DockedRoute, asked: ModuleRequest): void {
  for (const part of [asked.params, asked.query, asked.body]) requireWellFormed(part)
  const { body } = route.options
  const { query, params } = route.options as RouteOptions
  const errors = [
    ...(body ? problemsOf(body, asked.body) : []),
    ...(query ? problemsOf(query, asked.query) : []),
    ...(params ? problemsOf(params, asked.params) : []),
  ]
  if (errors.length > 0) throw coreErrors.QL_VALIDATION({ errors })
}
