import type { App } from '#core'
import type { ColumnChoices } from '../people/people-columns.ts'
import { askedIn, peopleHref } from '../people/people-query.ts'
import { actorOf } from '../requester.ts'
import { ColumnsForm } from '../schema.ts'

/** Which columns the table of people shows to this administrator, wherever they sign in. */
export function peopleColumnPages(app: App, columns: ColumnChoices): void {
  app.page(
    '/admin/people/columns',
    { policy: 'admin', method: 'POST', body: ColumnsForm },
    async (request) => {
      const { shown = [], from } = request.body
      await columns.choose(actorOf(request).id, [shown].flat())
      return { kind: 'redirect', to: peopleHref(askedIn(from)) }
    },
  )
  app.onUserExport(async ({ userId }) => {
    const json = await columns.export(userId)
    return { files: json ? [{ path: 'columns.json', json }] : [] }
  })
  app.onUserErase(async ({ userId }) => ({ erased: { columns: await columns.erase(userId) } }))
}
