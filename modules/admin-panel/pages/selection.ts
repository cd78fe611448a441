import { type App, type HtmlPage, type Locale, type ModuleRequest, renderView } from '#core'
import { h } from 'preact'
import { actFor } from '../people/act-for-many.ts'
import { shownAs } from '../people/names.ts'
import { askedIn, PEOPLE_PATH, peopleHref, searchOf } from '../people/people-query.ts'
import { rolesFor } from '../policy.ts'
import { actorOf } from '../requester.ts'
import { SelectionActForm, SelectionForm } from '../schema.ts'
import { SelectionOutcome } from '../views/selection-outcome.tsx'
import { SelectionPage } from '../views/selection.tsx'

const HERE = `${PEOPLE_PATH}/selection`

/** One act for everybody ticked in the table: asked first, then done. */
export function selectionPages(app: App): void {
  const { people } = app.administration
  /* Where somebody comes to who loads the question or the answer once more. */
  app.page(HERE, { policy: 'admin' }, async () => ({ kind: 'redirect', to: PEOPLE_PATH }))

  app.page(HERE, { policy: 'admin', method: 'POST', body: SelectionForm }, async (request) => {
    const { act, from } = request.body
    const asked = askedIn(from)
    const ids = chosenIn(request.body)
    if (ids.length === 0) return { kind: 'redirect', to: peopleHref(asked) }
    const actor = actorOf(request)
    const found = await people.list({ ids, sort: 'name', limit: 100 })
    const speech = { t: app.translator(request.locale), locale: request.locale }
    const chosen = { people: found.items, shown: await shownAs(app, ids), from: searchOf(asked) }
    const props = { ...speech, ...chosen, act, actor, roles: rolesFor(actor) }
    return page(app, request.locale, renderView(h(SelectionPage, props)))
  })

  app.page(
    `${HERE}/acts`,
    {
      policy: 'admin',
      method: 'POST',
      stepUp: true,
      body: SelectionActForm,
      limit: { max: 60, windowS: 3_600 },
    },
    (request) => acted(app, request),
  )
}

async function acted(app: App, request: ModuleRequest<SelectionActForm>): Promise<HtmlPage> {
  const { locale, body } = request
  const { people } = app.administration
  const ids = chosenIn(body)
  const hides = body.hides === 'yes'
  const outcomes = await people.forMany(actorOf(request), ids, actFor({ ...body, hides }))
  const found = await people.list({ ids, sort: 'name', limit: 100 })
  const props = {
    t: app.translator(locale),
    locale,
    act: body.act,
    outcomes,
    people: found.items,
    shown: await shownAs(app, ids),
    from: searchOf(askedIn(body.from)),
  }
  return page(app, locale, renderView(h(SelectionOutcome, props)))
}

function chosenIn({ people = [] }: Pick<SelectionActForm, 'people'>): readonly string[] {
  return [...new Set([people].flat())]
}

function page(app: App, locale: Locale, html: string): HtmlPage {
  return {
    kind: 'html',
    shell: 'admin',
    title: app.translator(locale)('admin.section.people'),
    html,
    head: { noindex: true },
  }
}
