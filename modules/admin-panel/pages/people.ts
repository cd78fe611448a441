import { type App, type HtmlPage, type ModuleRequest, renderView } from '#core'
import { h } from 'preact'
import { shownAs } from '../people/names.ts'
import type { ColumnChoices } from '../people/people-columns.ts'
import { askedPeople, PEOPLE_PATH, peopleQuery, searchOf } from '../people/people-query.ts'
import { countText } from '../overview/quantities.ts'
import { actorOf } from '../requester.ts'
import { PeoplePage } from '../views/people.tsx'
import { PeopleTools } from '../views/people-tools.tsx'

export function peoplePages(app: App, columns: ColumnChoices): void {
  app.page(PEOPLE_PATH, { policy: 'admin' }, (request) => people(app, columns, request))
}

async function people(app: App, columns: ColumnChoices, request: ModuleRequest): Promise<HtmlPage> {
  const { locale } = request
  const actor = actorOf(request)
  const asked = askedPeople(request.query)
  const desk = app.administration.people
  const [{ items, nextCursor, total }, counts] = await Promise.all([
    desk.list(peopleQuery(asked)),
    desk.counts(),
  ])
  const t = app.translator(locale)
  const ids = items.map(({ id }) => id)
  const [shown, counted] = await Promise.all([shownAs(app, [actor.id, ...ids]), desk.counted(ids)])
  const props = {
    t,
    locale,
    asked,
    people: items,
    total,
    shown,
    columns: await columns.of(actor.id, counted, locale),
    next: nextCursor ?? undefined,
    actor,
    timeZone: shown.get(actor.id)?.timeZone ?? 'UTC',
    now: app.clock.now(),
  }
  const values = { all: countText(counts.all, locale), today: countText(counts.today, locale) }
  return {
    kind: 'html',
    shell: 'admin',
    title: t('admin.section.people'),
    beside: {
      note: t('admin.people.note', values),
      tools: renderView(h(PeopleTools, { t, search: searchOf({ ...asked, cursor: undefined }) })),
    },
    html: renderView(h(PeoplePage, props)),
    head: { noindex: true },
    scripts: ['admin-panel/people'],
  }
}
