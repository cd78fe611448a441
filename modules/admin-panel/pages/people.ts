import { type App, type HtmlPage, type ModuleRequest, renderView } from '#core'
import { h } from 'preact'
import { shownAs } from '../names.ts'
import { countText } from '../quantities.ts'
import { actorOf } from '../requester.ts'
import { ROLES, STATUSES } from '../schema.ts'
import { PeoplePage, type PeopleQuery } from '../views/people.tsx'

export function peoplePages(app: App): void {
  app.page('/admin/people', { policy: 'admin' }, (request) => people(app, request))
}

async function people(app: App, request: ModuleRequest): Promise<HtmlPage> {
  const { locale } = request
  const query = asked(request.query)
  const desk = app.administration.people
  const [{ items, nextCursor }, counts] = await Promise.all([
    desk.list({ ...query, search: query.q }),
    desk.counts(),
  ])
  const t = app.translator(locale)
  const props = {
    t,
    locale,
    query,
    people: items,
    shown: await shownAs(
      app,
      items.map(({ id }) => id),
    ),
    next: nextCursor ?? undefined,
    actor: actorOf(request),
    now: app.clock.now(),
  }
  const values = { all: countText(counts.all, locale), today: countText(counts.today, locale) }
  return {
    kind: 'html',
    shell: 'admin',
    title: t('admin.section.people'),
    beside: { note: t('admin.people.note', values) },
    html: renderView(h(PeoplePage, props)),
    head: { noindex: true },
  }
}

/** What somebody typed into the address is read as far as it can be. */
function asked(query: ModuleRequest['query']): PeopleQuery {
  return {
    q: (query['q'] ?? '').slice(0, 100),
    role: ROLES.find((known) => known === query['role']),
    status: STATUSES.find((known) => known === query['status']),
    cursor: query['cursor']?.slice(0, 64),
  }
}
