import type { App } from '#core'
import { auditFilterIn } from '../audit-filter.ts'
import { actorOf } from '../requester.ts'
import { AuditQuery } from '../schema.ts'

export function auditRoutes(app: App): void {
  const { audit } = app.administration

  app.route(
    'GET',
    '/api/v1/admin/audit',
    {
      policy: 'admin',
      summary: 'What was done to the station, the newest first; `format` answers it whole',
      query: AuditQuery,
    },
    async (request) => {
      const { format, limit, cursor } = request.query
      const filter = auditFilterIn(request.query)
      if (format === undefined) {
        return { body: await audit.list(filter, Number(limit ?? 50), cursor) }
      }
      const isTable = format === 'csv'
      const type = isTable ? 'text/csv' : 'application/x-ndjson'
      return {
        headers: {
          'content-type': `${type}; charset=utf-8`,
          'content-disposition': `attachment; filename="audit.${isTable ? 'csv' : 'jsonl'}"`,
        },
        body: await audit.export(actorOf(request), filter, isTable ? 'csv' : 'json'),
      }
    },
  )

  app.route(
    'POST',
    '/api/v1/admin/audit/verification',
    { policy: 'admin', summary: 'Read the whole chain of seals', limit: { max: 10, windowS: 600 } },
    async (request) => ({ body: await audit.verify(actorOf(request)) }),
  )
}
