import type { App } from '#core'
import { actFor } from '../people/act-for-many.ts'
import { askedPeople, peopleQuery } from '../people/people-query.ts'
import { peopleSheet, SHEET } from '../people/people-sheet.ts'
import { actorOf } from '../requester.ts'
import { UserActs, UserExport, UserOutcomes } from '../schema.ts'

export function userActRoutes(app: App): void {
  const { people } = app.administration

  app.route(
    'POST',
    '/api/v1/admin/users/acts',
    {
      policy: 'admin',
      stepUp: true,
      summary: 'One act for up to 100 people; `code` says why nothing was done for one of them',
      body: UserActs,
      limit: { max: 60, windowS: 3_600 },
      responses: { 200: UserOutcomes },
    },
    async (request) => {
      const { ids, ...act } = request.body
      const outcomes = await people.forMany(actorOf(request), ids, actFor(act))
      const items = outcomes.map(({ userId, problem }) => ({
        id: userId,
        code: problem?.code ?? null,
        detail: problem?.text[request.locale] ?? '',
      }))
      return { body: { items } }
    },
  )

  app.route(
    'POST',
    '/api/v1/admin/users/export',
    {
      policy: 'admin',
      stepUp: true,
      summary: 'Everybody who fits, as a CSV table for spreadsheets in the language of the request',
      body: UserExport,
      limit: { max: 20, windowS: 3_600 },
    },
    async (request) => {
      const query = peopleQuery(askedPeople(request.body))
      const { locale } = request
      const headers = {
        'content-type': SHEET.contentType,
        'content-disposition': `attachment; filename="${SHEET.fileName}"`,
      }
      return { headers, body: await peopleSheet(app, actorOf(request), { query, locale }) }
    },
  )
}
