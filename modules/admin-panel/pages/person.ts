import { type App, CodedError, type HtmlPage, type ModuleRequest, renderView } from '#core'
import { h } from 'preact'
import { peopleIn, shownAs } from '../people/names.ts'
import { mayChange, rolesFor } from '../policy.ts'
import { actorOf } from '../requester.ts'
import { type PersonDone, PersonForm } from '../schema.ts'
import { PersonPage } from '../views/person.tsx'

const LOG_ROWS = 20
const DONE: readonly PersonDone[] = [
  'role',
  'block',
  'unblock',
  'end-sessions',
  'end-session',
  'reset',
  'reset-kept',
  'take-factor',
]

export function personPages(app: App): void {
  app.page('/admin/people/:id', { policy: 'admin' }, (request) => person(app, request))

  app.page(
    '/admin/people/:id',
    { policy: 'admin', method: 'POST', stepUp: true, body: PersonForm },
    async (request) => {
      const { id = '' } = request.params
      try {
        const done = await act(app, request, id)
        return { kind: 'redirect', to: `/admin/people/${id}?done=${done}` }
      } catch (error) {
        if (!(error instanceof CodedError) || error.entry.status === 404) throw error
        return person(app, request, error)
      }
    },
  )
}

async function act(app: App, request: ModuleRequest<PersonForm>, id: string): Promise<PersonDone> {
  const { people } = app.administration
  const actor = actorOf(request)
  const { act: what, role, reason, hides, session = '' } = request.body
  switch (what) {
    case 'role':
      await people.change(actor, id, { role })
      break
    case 'block':
      await people.change(actor, id, { status: 'blocked', reason, hides: hides === 'yes' })
      break
    case 'unblock':
      await people.change(actor, id, { status: 'active' })
      break
    case 'end-sessions':
      await people.endSessions(actor, id)
      break
    case 'end-session':
      await people.endSession(actor, id, session)
      break
    case 'take-factor':
      await people.takeFactorAway(actor, id)
      break
    case 'reset':
      return (await people.sendReset(actor, id)) ? 'reset' : 'reset-kept'
  }
  return what
}

async function person(app: App, request: ModuleRequest, refusal?: CodedError): Promise<HtmlPage> {
  const { locale, params, query } = request
  const { id = '' } = params
  const { people, audit } = app.administration
  const actor = actorOf(request)
  const found = await people.person(id)
  const [sessions, about, by, parts] = await Promise.all([
    people.sessions(id),
    audit.list({ subject: `user/${id}` }, LOG_ROWS),
    audit.list({ actorId: id }, LOG_ROWS),
    app.slotParts('admin.person', { actor, locale, subject: `user/${id}` }),
  ])
  const log = [...about.items, ...by.items.filter(({ subject }) => subject !== `user/${id}`)]
    .toSorted((a, b) => b.seq - a.seq)
    .slice(0, LOG_ROWS)
  const shown = await shownAs(app, [id, actor.id, ...peopleIn(log)])
  const t = app.translator(locale)
  const props = {
    t,
    locale,
    actor,
    person: found,
    name: shown.get(id)?.name ?? found.username,
    avatar: shown.get(id)?.avatar,
    mayChange: mayChange(actor, found),
    roles: rolesFor(actor),
    sessions,
    log,
    shown,
    parts,
    done: DONE.find((known) => known === query['done']),
    problem: refusal?.text(locale),
    timeZone: shown.get(actor.id)?.timeZone ?? 'UTC',
    now: app.clock.now(),
  }
  return {
    kind: 'html',
    shell: 'admin',
    title: props.name,
    beside: { note: `@${found.username}` },
    html: renderView(h(PersonPage, props)),
    head: { noindex: true },
    ...(refusal ? { status: refusal.entry.status } : {}),
  }
}
