import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Config } from '../../config.ts'
import { type CodedError, coreErrors } from '../errors.ts'
import { newId } from '../ids.ts'
import type { StationLog } from '../log/log.ts'
import type { Calls } from '../calls/calls.ts'
import type { MediaStore } from '../media/media-store.ts'
import type { Assets } from '../views/assets.ts'
import type { Exchange } from './exchange.ts'
import { answerError, type ErrorPages } from './answers/error-answer.ts'
import type { KeptAnswers } from './answers/kept-answers.ts'
import { type MediaRequest, sendMedia } from './files/media-file.ts'
import type { Metrics } from './metrics.ts'
import { createServer } from './node-http.ts'
import { asCoded } from './answers/problem.ts'
import { factsOf } from './requests/request-facts.ts'
import { commonHeaders } from './answers/security-headers.ts'
import { Turnstile } from './turnstile.ts'
import { isMultipart } from './files/upload.ts'
import type { SocketGate } from '../realtime/door/gate.ts'
import { isSocketUpgrade, routeUpgrades, SOCKET_PATH } from './upgrade.ts'

export interface ServerServices {
  readonly config: Config
  readonly log: StationLog
  readonly assets: Assets
  readonly media: MediaStore
  readonly calls: Calls
  readonly exchange: Exchange
  readonly kept: KeptAnswers
  readonly errorPages: ErrorPages
  readonly metrics: Metrics
  readonly gate: SocketGate
}

const KIB = 1024
const JSON_LIMIT_BYTES = 256 * KIB
/** Forms carry Markdown percent-encoded, where a Cyrillic letter takes six bytes. */
const FORM_LIMIT_BYTES = 1024 * KIB

/** Slow clients are cut: headers within 10 s, the whole request within 30 s, checked each second. */
const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
}

/** Checking is the exchange's. Fastify's own compilers would load a second Ajv for nothing. */
const NO_SCHEMAS = { buildValidator: () => noSchema, buildSerializer: () => noSchema }

function noSchema(): never {
  throw new Error('The schema of a route belongs to the exchange')
}

/** The one HTTP server: fixed routes of the core, and the wildcard that belongs to the modules. */
export async function createHttp(services: ServerServices): Promise<FastifyInstance> {
  const { config, assets, exchange } = services
  const common = commonHeaders(config)
  const open = new Set<ServerResponse>()
  const app = Fastify({
    logger: false,
    genReqId: newId,
    bodyLimit: JSON_LIMIT_BYTES,
    trustProxy: config.server.trustProxy.length > 0 ? [...config.server.trustProxy] : false,
    exposeHeadRoutes: false,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    forceCloseConnections: false,
    schemaController: { compilersFactory: NO_SCHEMAS },
    frameworkErrors: (_error, request, reply) => {
      void refuseAddress(request, reply.headers(common), services)
    },
    serverFactory: (handler) => serverOf(handler, services, common, open),
  })
  app.addHook('preClose', async () => letGo(app.server, open))
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...common, 'x-request-id': request.id })
  })
  await app.register(cookie)
  await app.register(formbody, { bodyLimit: FORM_LIMIT_BYTES })
  await app.register(fastifyStatic, {
    root: assets.dir,
    prefix: '/assets/',
    immutable: true,
    maxAge: '1y',
    preCompressed: true,
    index: false,
    dotfiles: 'deny',
    decorateReply: false,
  })
  serveMedia(app, services)
  app.get(SOCKET_PATH, (request, reply) => services.gate.open(request, reply))
  app.route({
    method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/*',
    handler: (request, reply) => {
      refuseForeignForm(request)
      return exchange.handle(request, reply)
    },
  })
  app.setErrorHandler((error, request, reply) => fail(error, request, reply, services))
  app.setNotFoundHandler((request, reply) => exchange.handle(request, reply))
  app.addHook('onResponse', (request, reply) => noted(request, reply, services))
  return app
}

function serveMedia(app: FastifyInstance, { media, calls, exchange }: ServerServices): void {
  const answering = {
    media,
    calls,
    actorOf: (request: FastifyRequest, reply: FastifyReply) => exchange.actorOf(request, reply),
  }
  /* Left unread here: whoever takes a file reads it when it is known that it may be sent. */
  app.addContentTypeParser('multipart/form-data', (_request, _payload, done) => done(null))
  for (const url of ['/media/:id', '/media/:id/:name']) {
    app.route<{ Params: MediaRequest['params'] }>({
      method: ['GET', 'HEAD'],
      url,
      handler: (request, reply) => sendMedia(answering, request, reply),
    })
  }
}

/** Counts an answer that has been sent, and leaves a line of it for who debugs. */
async function noted(
  request: FastifyRequest,
  reply: FastifyReply,
  services: ServerServices,
): Promise<void> {
  services.metrics.countRequest(request.method, reply.statusCode, reply.elapsedTime)
  services.log.debug('request', {
    requestId: request.id,
    method: request.method,
    path: request.url.split('?')[0],
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime),
  })
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void

function serverOf(
  handler: Handler,
  services: ServerServices,
  common: Record<string, string>,
  open: Set<ServerResponse>,
): Server {
  const turnstile = new Turnstile()
  const guarded: Handler = (request, response) => {
    if (services.metrics.isDraining) {
      response.writeHead(503, { ...common, connection: 'close', 'retry-after': '2' }).end()
    } else if (!services.kept.answer(request, response)) {
      open.add(response)
      response.once('close', () => open.delete(response))
      if (isReading(request)) handler(request, response)
      else
        turnstile.enter(() => {
          if (!response.destroyed) handler(request, response)
        })
    }
  }
  const server = createServer({ ...TIMEOUTS, shouldUpgradeCallback: isSocketUpgrade }, guarded)
  routeUpgrades(server, guarded)
  Object.assign(server, TIMEOUTS)
  return server
}

/** Those who read go between those who send something, a hundred passwords at once among them. */
function isReading({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** A stopping station waits for answers, not for connections that are kept for the next request. */
function letGo(server: Server, open: ReadonlySet<ServerResponse>): void {
  server.keepAliveTimeout = 1
  for (const response of open) {
    if (!response.headersSent) response.setHeader('connection', 'close')
  }
}

/** Forms belong to pages; the API takes JSON, and files where a route says so. */
function refuseForeignForm(request: FastifyRequest): void {
  const type = request.headers['content-type']
  if (type === undefined || !request.url.startsWith('/api/')) return
  if (/^application\/json\s*(;|$)/i.test(type) || isMultipart(type)) return
  throw Object.assign(new Error('JSON only'), { code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE' })
}

/** An address that is not valid percent-encoding, or too long to be one of ours: no hook has run. */
function refuseAddress(
  request: FastifyRequest,
  reply: FastifyReply,
  services: ServerServices,
): Promise<FastifyReply> {
  reply.header('x-request-id', request.id)
  return fail(coreErrors.QL_NOT_FOUND(), request, reply, services)
}

async function fail(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  services: ServerServices,
): Promise<FastifyReply> {
  const coded: CodedError = asCoded(error)
  if (coded.entry.report) {
    const cause = coded.details.cause ?? coded
    services.log.error('A request failed', {
      requestId: request.id,
      code: coded.code,
      error: describe(cause),
    })
  }
  const facts = factsOf(request, services.config.server.publicUrl, services.config.station.locale)
  return answerError(coded, { request, reply, facts, pages: services.errorPages })
}

function describe(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
}
