import { type App, CodedError, type HtmlPage, type ModuleRequest, renderView } from '#core'
import { h } from 'preact'
import { errors } from '../errors.ts'
import { zoneOf } from '../people/names.ts'
import { actorOf } from '../requester.ts'
import { type EventActName, EventForm } from '../schema.ts'
import { EventsPage } from '../views/events.tsx'

const DONE: readonly EventActName[] = ['retry', 'skip', 'replay']

/** Who consumes events, what they have given up, and a person's decisions about it. */
export function eventPages(app: App): void {
  app.page('/admin/events', { policy: 'admin' }, (request) => events(app, request))

  app.page(
    '/admin/events',
    { policy: 'admin', method: 'POST', stepUp: true, body: EventForm },
    async (request) => {
      try {
        await decide(app, request)
        return { kind: 'redirect', to: `/admin/events?done=${request.body.act}` }
      } catch (error) {
        if (error instanceof CodedError) return events(app, request, error, request.body)
        throw error
      }
    },
  )
}

/** What cannot be taken back asks for the name of what it is about. */
async function decide(app: App, request: ModuleRequest<EventForm>): Promise<void> {
  const desk = app.administration.events
  const actor = actorOf(request)
  const { act, consumer, seq = '0', from = '0', confirm } = request.body
  if (act === 'retry') return desk.retry(actor, consumer, Number(seq))
  if (confirm?.trim() !== consumer) throw errors.QL_ADMIN_UNCONFIRMED({ values: { consumer } })
  if (act === 'skip') return desk.skip(actor, consumer, Number(seq))
  return desk.replay(actor, consumer, Number(from))
}

async function events(
  app: App,
  request: ModuleRequest,
  refusal?: CodedError,
  typed: Partial<EventForm> = {},
): Promise<HtmlPage> {
  const { locale, query } = request
  const desk = app.administration.events
  const [lag, letters, timeZone] = await Promise.all([
    desk.lag(),
    desk.deadLetters(),
    zoneOf(app, actorOf(request)),
  ])
  const t = app.translator(locale)
  const props = {
    t,
    locale,
    timeZone,
    lag,
    letters,
    done: DONE.find((known) => known === query['done']),
    problem: refusal?.text(locale),
    typed,
    now: app.clock.now(),
  }
  return {
    kind: 'html',
    shell: 'admin',
    title: t('admin.section.events'),
    html: renderView(h(EventsPage, props)),
    head: { noindex: true },
    ...(refusal ? { status: refusal.entry.status } : {}),
  }
}
