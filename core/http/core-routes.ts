import { h } from 'preact'
import { ApiDocsPage, FLAVOURS, MOTIONS, TEXT_SIZES, THEMES } from '../../templates/index.ts'
import type { Config } from '../../config.ts'
import type { Clock } from '../app.ts'
import type { CookieChange, ModuleRequest, ModuleResponse } from '../port/requests.ts'
import { asyncApi } from '../events/asyncapi.ts'
import { coreErrors } from '../errors.ts'
import type { Bus } from '../events/bus.ts'
import type { EventSchemas } from '../events/schemas.ts'
import { LOCALES, type Catalogue } from '../i18n/catalogue.ts'
import { landingPage, type LandingServices } from '../views/landing.ts'
import type { HtmlPage, PageResult } from '../views/page.ts'
import type { PageCache } from '../views/page-cache.ts'
import { renderView } from '../views/render-view.ts'
import { corePage, coreRoute, formText } from './routes/core-route.ts'
import type { KeptAnswers } from './answers/kept-answers.ts'
import { mayUse } from './guards/policy.ts'
import type { Metrics } from './metrics.ts'
import type { RealtimeHub } from '../realtime/hub/hub.ts'
import type { DockedRoute, ModuleRouter } from './routes/module-router.ts'
import { apiDocs, openApi } from './routes/openapi.ts'
import { ownPath } from './requests/own-path.ts'
import { PREFERENCE_COOKIES } from './requests/preferences.ts'

export interface CoreRouteServices extends LandingServices {
  readonly config: Config
  readonly version: string
  readonly router: ModuleRouter
  readonly metrics: Metrics
  readonly kept: KeptAnswers
  readonly cache: PageCache
  readonly bus: Bus
  readonly clock: Clock
  readonly realtime: Pick<RealtimeHub, 'figures'>
  readonly schemas: EventSchemas
  readonly catalogue: Catalogue
  /** Name → whether it works, for `/health`. */
  checks(): Promise<Readonly<Record<string, boolean>>>
}

const YEAR_S = 365 * 24 * 3600

/** The core's own pages and routes; they pass the same gate as every module's. */
export function coreRoutes(services: CoreRouteServices): readonly DockedRoute[] {
  return [
    corePage('GET', '/', { policy: 'public' }, (request) => landingPage(services, request)),
    corePage('POST', '/preferences', { policy: 'public' }, async (request) => preferences(request)),
    told('/health', 'Is the station alive and ready', (request) => health(services, request)),
    told('/health/live', 'Is the process alive', async () => ({ body: { status: 'ok' } })),
    told('/health/ready', 'Does the station take requests', (request) => health(services, request)),
    told('/metrics', 'Counters in the Prometheus text format', (request) =>
      metrics(services, request),
    ),
    told('/api/openapi.json', 'This contract as OpenAPI 3.1', async () => ({
      body: openApi(services.router.routes, services.version),
    })),
    told('/api/asyncapi.json', 'All events as AsyncAPI 3.0', async () => ({
      body: asyncApi(services.schemas, services.version, services.bus.consumers),
    })),
    corePage('GET', '/api/docs', { policy: 'public' }, async (request) =>
      docsPage(services, request),
    ),
  ]
}

/** What the station tells everybody who asks. */
function told(
  path: string,
  summary: string,
  answer: (request: ModuleRequest) => Promise<ModuleResponse>,
): DockedRoute {
  return coreRoute('GET', path, { policy: 'public', summary }, answer)
}

const PREFERENCES = ['locale', 'theme', 'flavour', 'textSize', 'motion'] as const
const ALLOWED = {
  locale: LOCALES,
  theme: THEMES,
  flavour: FLAVOURS,
  textSize: TEXT_SIZES,
  motion: MOTIONS,
} as const satisfies Record<(typeof PREFERENCES)[number], readonly string[]>

/** Sets what was pressed as a cookie and goes back to where the visitor was. */
function preferences(request: ModuleRequest): PageResult {
  const form = (request.body ?? {}) as Readonly<Record<string, unknown>>
  const cookies = PREFERENCES.flatMap((name): CookieChange[] => {
    const value = ALLOWED[name].find((known) => known === form[name])
    return value === undefined ? [] : [{ name: PREFERENCE_COOKIES[name], value, maxAgeS: YEAR_S }]
  })
  return { kind: 'redirect', to: ownPath(formText(request, 'return')), cookies }
}

async function health(
  services: CoreRouteServices,
  { actor }: ModuleRequest,
): Promise<ModuleResponse> {
  const checks = await services.checks()
  const isReady = Object.values(checks).every(Boolean)
  const { version, metrics: running } = services
  return {
    status: isReady ? 200 : 503,
    body: {
      status: isReady ? 'ok' : 'unavailable',
      version,
      uptime: running.uptimeS,
      ...(mayUse('admin', actor) ? { checks } : {}),
    },
  }
}

/** For admins, and for a collector on the same machine that came through no proxy. */
async function metrics(
  services: CoreRouteServices,
  { actor, client }: ModuleRequest,
): Promise<ModuleResponse> {
  const isLocal = /^(127\.|::1$|::ffff:127\.)/.test(client?.ip ?? '')
  if (!mayUse('admin', actor) && !(isLocal && services.config.server.publicUrl === null))
    throw coreErrors.QL_NOT_FOUND()
  const body = await services.metrics.text({
    keptAnswers: () => services.kept.answered,
    keptBytes: () => services.cache.bytes,
    realtime: () => services.realtime.figures,
    eventLag: () => services.bus.lag(),
    now: () => services.clock.now(),
  })
  return { headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }, body }
}

function docsPage(services: CoreRouteServices, { locale }: ModuleRequest): HtmlPage {
  const speech = { t: services.catalogue.translator(locale), locale }
  const props = apiDocs(services.router.routes, speech, services.version)
  return { kind: 'html', title: props.title, html: renderView(h(ApiDocsPage, props)) }
}
