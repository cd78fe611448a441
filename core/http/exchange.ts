import type { FastifyReply, FastifyRequest } from 'fastify'
import { gzip } from 'node:zlib'
import { promisify } from 'node:util'
import type {
  Actor,
  CookieChange,
  Locale,
  ModuleRequest,
  ModuleResponse,
  RouteOptions,
} from '../port/requests.ts'
import { coreErrors } from '../errors.ts'
import { mediaErrors } from '../media/errors.ts'
import type { MediaStore } from '../media/media-store.ts'
import { newId } from '../ids.ts'
import type { Passing } from '../privacy/consent-detour.ts'
import { realtimeErrors } from '../realtime/errors.ts'
import { METHOD_PREFIX } from '../realtime/method.ts'
import { type RequestContext, requestContext } from '../request-context.ts'
import { problemsOf } from '../schema.ts'
import type { Documents } from '../views/documents.ts'
import type { HtmlPage, PageResult, RawPage } from '../views/page.ts'
import { AcceptedEncoding } from './accepted-encoding.ts'
import type { KeptAnswers } from './kept-answers.ts'
import { type DockedRoute, LOGIN_PATH, type Match, type ModuleRouter } from './module-router.ts'
import { requireOwnOrigin } from './origin-proof.ts'
import { mayUse } from './policy.ts'
import { networkOf } from '../network.ts'
import type { RateLimiter } from './rate-limiter.ts'
import { factsOf, type RequestFacts } from './request-facts.ts'
import { contentSecurityPolicy, permissionsPolicy } from './security-headers.ts'
import { isMultipart, receiveUpload } from './upload.ts'
import { cookieOf } from './cookie.ts'
import { moduleRequest } from './module-request.ts'
import { proving, type StepUpServices } from './step-up.ts'
import { requireWellFormed } from './well-formed.ts'

/** Who a request comes from; cookies when the session was renewed on the way. */
export interface Authentication {
  readonly actor: Actor | null
  readonly cookies?: readonly CookieChange[]
}

/** Who asks a method over a socket. */
export interface MethodAsker {
  readonly actor: Actor
  readonly ip: string
  readonly locale: Locale
  readonly origin: string
}

export interface ExchangeServices {
  readonly router: ModuleRouter
  readonly limiter: RateLimiter | null
  readonly kept: KeptAnswers
  readonly documents: Documents
  readonly media: MediaStore
  /** Of every answer; kept pages carry them as well. */
  readonly commonHeaders: Readonly<Record<string, string>>
  readonly publicUrl: string | null
  /** The language of strangers who ask for neither, as it is at each moment. */
  readonly station: { readonly locale: 'ru' | 'en' }
  /** What a person has to be shown before a page, if anything. */
  readonly detour: (passing: Passing) => Promise<string | undefined>
  readonly hasSessionCookie: (cookies: RequestFacts['cookies']) => boolean
  authenticate(request: FastifyRequest, facts: RequestFacts): Promise<Authentication>
  /** null once the session has ended. */
  sessionActor(sessionId: string): Promise<Actor | null>
  readonly stepUp: StepUpServices['stepUp']
  /** What tells a known browser, among the cookies. */
  deviceIn(cookies: RequestFacts['cookies']): string | undefined
}

/** Uploads of one person. */
const UPLOAD_LIMIT = { max: 20, windowS: 600 }

const gzipLater = promisify(gzip)
const MIN_COMPRESSED = 1_024
const MADE_ENCODING = new AcceptedEncoding(['gzip'])

/** Takes a request of the wildcard through limit, session, origin, policy and schema to its handler. */
export class Exchange {
  readonly #services: ExchangeServices

  constructor(services: ExchangeServices) {
    this.#services = services
  }

  async handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { router, publicUrl, station } = this.#services
    const facts = factsOf(request, publicUrl, station.locale)
    const match = router.find(request.method, facts.path)
    if (!match) throw coreErrors.QL_NOT_FOUND()
    const moment = this.#services.kept.moment
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
    if (!mayUse(match.route.policy, actor)) return this.#refuse(match.route, actor, facts, reply)
    const detour = actor ? await this.#detour(match.route, actor, facts) : undefined
    if (detour !== undefined)
      return reply.code(303).headers(NO_STORE).header('location', detour).send()
    const device = this.#services.deviceIn(facts.cookies)
    const seen = moduleRequest(request, match, { facts, actor, device })
    const proved = await proving(this.#services, match.route, {
      request: seen,
      facts,
      accept: request.headers.accept ?? '',
    })
    const exchange = { request, reply, facts, actor, moment }
    if (proved.kind === 'redirect')
      return reply.code(303).headers(NO_STORE).header('location', proved.to).send()
    if (proved.kind === 'ask') {
      const page = (await proved.match.route.invoke(proved.request)) as PageResult
      return this.#sendPage(page, { ...exchange, match: proved.match })
    }
    const asked = await this.#read(proved.request, match, request)
    if (match.route.options.file && actor) await this.#requireStillThere(actor)
    requireFitting(match.route, asked)
    const context = contextOf(facts, actor)
    const answer = await requestContext.run(context, () => match.route.invoke(asked))
    if (match.route.kind === 'route')
      return sendJson(reply, answer as ModuleResponse, match.route, facts)
    return this.#sendPage(answer as PageResult, { ...exchange, match })
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
    requireFitting(route, asked)
    const context = { requestId, actorId: actor.id, sessionId: actor.sessionId, ip }
    const answer = await requestContext.run(context, () => route.invoke(asked))
    return (answer as ModuleResponse).body as object
  }

  /** The body of a form with a file is read here, when all that can refuse it unread has passed. */
  async #read(
    asked: ModuleRequest,
    { route }: Match,
    request: FastifyRequest,
  ): Promise<ModuleRequest> {
    const { file: options } = route.options
    if (!options) return asked
    if (!asked.actor) throw coreErrors.QL_UNAUTHENTICATED()
    this.#take(`upload ${asked.actor.id}`, UPLOAD_LIMIT)
    const { media } = this.#services
    const { fields, ...stored } = await receiveUpload(request.raw, media, options, asked.actor)
    return { ...asked, ...stored, body: fields }
  }

  /** A file takes its time to arrive; what ended meanwhile has ended. @throws QL_UNAUTHENTICATED */
  async #requireStillThere({ sessionId }: Actor): Promise<void> {
    if (!(await this.#services.sessionActor(sessionId))) throw coreErrors.QL_UNAUTHENTICATED()
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
    return reply
      .code(303)
      .header('location', `${LOGIN_PATH}?return=${encodeURIComponent(facts.url)}`)
      .send()
  }

  async #sendPage(page: PageResult, exchange: PageExchange): Promise<FastifyReply> {
    const { reply, facts } = exchange
    if (page.kind === 'redirect') {
      setCookies(reply, page.cookies, facts)
      return reply
        .code(page.status ?? 303)
        .headers(page.isSecret ? { 'referrer-policy': 'no-referrer', ...NO_STORE } : {})
        .headers({ ...page.headers, location: page.to })
        .send()
    }
    const key = page.shows ? this.#services.kept.keyOf(exchange.request.raw) : undefined
    const text = page.kind === 'raw' ? page.body : await this.#document(page, exchange)
    const status = page.status ?? 200
    const headers = headersOf(page, this.#hasScripts(page, exchange.actor))
    const isPersonal = key === undefined || reply.hasHeader('set-cookie') || !page.shows
    if (isPersonal) return sendMade(status, { ...headers, ...PERSONAL }, text, exchange)
    const shared = { ...headers, ...SHARED }
    const all = { ...this.#services.commonHeaders, ...shared }
    const answer = { status, headers: all, text, shows: page.shows }
    const kept = this.#services.kept.keep(key, answer, exchange.moment)
    if (!kept) return sendMade(status, shared, text, exchange)
    /* The first reader gets the same bytes and headers as all who follow. */
    reply.hijack()
    this.#services.kept.send(key, kept, exchange.request.raw, reply.raw)
    return reply
  }

  #hasScripts(page: HtmlPage | RawPage, actor: Actor | null): boolean {
    return page.kind === 'html' && this.#services.documents.scriptsOf(page, actor).length > 0
  }

  #document(page: HtmlPage, { match, facts, actor, reply }: PageExchange): Promise<string> {
    if (!match.route.isCore) throw new Error(`${match.route.module} may not hand over HTML`)
    setCookies(reply, page.cookies, facts)
    return this.#services.documents.compose(page, {
      actor,
      preferences: facts.preferences,
      path: facts.url,
    })
  }
}

interface PageExchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly match: Match
  readonly facts: RequestFacts
  readonly actor: Actor | null
  readonly moment: number
}

const NO_STORE = { 'cache-control': 'private, no-store' }
const PERSONAL = { ...NO_STORE, vary: 'Accept-Encoding' }
const SHARED = { 'cache-control': 'no-cache', vary: 'Cookie, Accept-Language, Accept-Encoding' }

function headersOf(page: HtmlPage | RawPage, hasScripts: boolean): Record<string, string> {
  if (page.kind === 'raw') {
    const { contentType, fileName } = page
    const saved = { 'content-disposition': `attachment; filename="${fileName}"` }
    return { 'content-type': contentType, ...(fileName === undefined ? {} : saved) }
  }
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy(hasScripts),
    ...(page.mayUse ? { 'permissions-policy': permissionsPolicy(page.mayUse) } : {}),
  }
}

/** A page that is not kept, for one reader: as text, which is cheaper to send once than bytes. */
async function sendMade(
  status: number,
  headers: Record<string, string>,
  text: string,
  { request, reply }: PageExchange,
): Promise<FastifyReply> {
  reply.code(status).headers(headers)
  const isWorth = text.length >= MIN_COMPRESSED
  const coding = isWorth ? MADE_ENCODING.choose(request.headers['accept-encoding']) : undefined
  if (coding === undefined) return reply.send(text)
  const packed = await gzipLater(text, { level: 3 })
  return reply.header('content-encoding', coding).send(packed)
}

/** Forms with a file go where a file is taken, and nothing else does. @throws QL_MEDIA_TYPE, QL_MEDIA_FORM */
function requireRightForm({ options }: DockedRoute, { headers }: FastifyRequest): void {
  const isForm = isMultipart(headers['content-type'])
  if (isForm && !options.file) throw coreErrors.QL_MEDIA_TYPE()
  if (!isForm && options.file) throw mediaErrors.QL_MEDIA_FORM()
}

function contextOf({ requestId, ip }: RequestFacts, actor: Actor | null): RequestContext {
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

function sendJson(
  reply: FastifyReply,
  answer: ModuleResponse,
  route: DockedRoute,
  facts: RequestFacts,
): FastifyReply {
  if (route.isCore) setCookies(reply, answer.cookies, facts)
  reply.code(answer.status ?? 200).headers({ ...NO_STORE, ...answer.headers })
  if (answer.body === undefined || answer.body === null) return reply.send()
  return reply.send(answer.body)
}

function setCookies(
  reply: FastifyReply,
  changes: readonly CookieChange[] | undefined,
  facts: RequestFacts,
): void {
  for (const change of changes ?? []) {
    const { name, value, options } = cookieOf(change, facts.origin)
    void reply.setCookie(name, value, options)
  }
}
