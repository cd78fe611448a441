import { type App, type HtmlPage, type ModuleRequest, renderView } from '#core'
import { h } from 'preact'
import { askedIn, askedPeople, PEOPLE_PATH, peopleQuery, searchOf } from '../people/people-query.ts'
import { peopleSheet, SHEET } from '../people/people-sheet.ts'
import { actorOf } from '../requester.ts'
import { ExportForm } from '../schema.ts'
import { PeopleExport } from '../views/people-export.tsx'

const HERE = `${PEOPLE_PATH}/export`

/** A table of people to take along: who asks has just proved that it is them. */
export function peopleExportPages(app: App): void {
  app.page(HERE, { policy: 'admin', stepUp: true }, (request) => question(app, request))

  app.page(
    HERE,
    {
      policy: 'admin',
      method: 'POST',
      stepUp: true,
      body: ExportForm,
      limit: { max: 20, windowS: 3_600 },
    },
    async (request) => {
      const query = peopleQuery(askedIn(request.body.from))
      const { locale } = request
      return {
        kind: 'raw',
        ...SHEET,
        body: await peopleSheet(app, actorOf(request), { query, locale }),
      }
    },
  )
}

async function question(app: App, { locale, query }: ModuleRequest): Promise<HtmlPage> {
  const asked = { ...askedPeople(query), cursor: undefined }
  const { total } = await app.administration.people.list({ ...peopleQuery(asked), limit: 1 })
  const t = app.translator(locale)
  return {
    kind: 'html',
    shell: 'admin',
    title: t('admin.export'),
    html: renderView(h(PeopleExport, { t, locale, total, from: searchOf(asked) })),
    head: { noindex: true },
  }
}
