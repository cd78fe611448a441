import { type App, type HtmlPage, type ModuleRequest, renderView } from '#core'
import { h } from 'preact'
import { auditFilterIn } from '../audit-filter.ts'
import { peopleIn, shownAs } from '../people/names.ts'
import { actorOf } from '../requester.ts'
import { SecurityPage } from '../views/security.tsx'

const HERE = '/admin/security'
const API = '/api/v1/admin/audit'
const ASKED = ['area', 'outcome', 'actorId', 'subject', 'from', 'until'] as const
const MAX_ASKED = 200

export function securityPages(app: App): void {
  app.page(HERE, { policy: 'admin' }, (request) => security(app, request))

  app.page(
    `${HERE}/verification`,
    { policy: 'admin', method: 'POST', limit: { max: 10, windowS: 600 } },
    async (request) => {
      await app.administration.audit.verify(actorOf(request))
      return { kind: 'redirect', to: `${HERE}#seal` }
    },
  )

  app.page(
    `${HERE}/sessions`,
    { policy: 'owner', method: 'POST', stepUp: true },
    async (request) => {
      const ended = await app.administration.people.endEverybody(actorOf(request))
      return { kind: 'redirect', to: `${HERE}?ended=${ended}#sessions` }
    },
  )
}

/** What the address says was ended; nothing that a number is not. */
function endedIn(query: ModuleRequest['query']): number | undefined {
  const { ended } = query
  return ended !== undefined && /^\d{1,9}$/.test(ended) ? Number(ended) : undefined
}

/** People know each other by `@name`; the log and programs by id. What is neither finds nothing. */
async function actorNamed(app: App, typed: string): Promise<string> {
  const username = typed.trim().replace(/^@/, '').slice(0, 64)
  if (username === '') return ''
  const identity = await app.call('auth.identity', { username })
  return identity?.id ?? username
}

async function security(app: App, request: ModuleRequest): Promise<HtmlPage> {
  const { locale, query } = request
  const { audit } = app.administration
  const typed = Object.fromEntries(
    ASKED.map((name) => [name, (query[name] ?? '').slice(0, MAX_ASKED)]),
  )
  const asked = { ...typed, actorId: await actorNamed(app, typed['actorId'] ?? '') }
  const [{ items: log, nextCursor }, seal, limits] = await Promise.all([
    audit.list(auditFilterIn(asked), 50, query['cursor']),
    audit.lastVerification(),
    app.administration.limits.list(),
  ])
  const actor = actorOf(request)
  const shown = await shownAs(app, [actor.id, ...peopleIn(log)])
  const t = app.translator(locale)
  const address = (path: string, more: Readonly<Record<string, string>>): string => {
    const all = Object.entries({ ...typed, ...more }).filter(([, value]) => value !== '')
    const text = new URLSearchParams(all).toString()
    return text === '' ? path : `${path}?${text}`
  }
  const props = {
    t,
    locale,
    typed,
    log,
    seal,
    limits,
    isOwner: actor.role === 'owner',
    ended: endedIn(query),
    shown,
    timeZone: shown.get(actor.id)?.timeZone ?? 'UTC',
    next: nextCursor === null ? undefined : address(HERE, { cursor: nextCursor }),
    areaHref: (area: string) => address(HERE, { area }),
    refusedHref: address(HERE, { outcome: typed['outcome'] === 'refused' ? '' : 'refused' }),
    csvHref: address(API, { format: 'csv', actorId: asked.actorId }),
    jsonHref: address(API, { format: 'json', actorId: asked.actorId }),
  }
  return {
    kind: 'html',
    shell: 'admin',
    title: t('admin.section.security'),
    html: renderView(h(SecurityPage, props)),
    head: { noindex: true },
  }
}
