import { renderView } from '#core'
import { h } from 'preact'
import { actorOf, type Desk, REPORT_LIMIT } from '../desk.ts'
import { file } from '../reports.ts'
import { isPath, isSubject, NewReport } from '../schema.ts'
import { ReportPage, ReportSent } from '../views/report.tsx'

/** The form by which somebody reports something; reached from menus of pages. */
export function reportPages({ app, db }: Desk): void {
  app.page('/report', { policy: 'member' }, async ({ locale, query }) => {
    const { about = '', from = '', sent } = query
    const t = app.translator(locale)
    const props = { t, locale, path: isPath(from) ? from : '/' }
    const isForm = sent === undefined && isSubject(about)
    return {
      kind: 'html',
      title: t(isForm ? 'moderation.report.title' : 'moderation.sent.title'),
      html: isForm
        ? renderView(h(ReportPage, { ...props, subject: about }))
        : renderView(h(ReportSent, props)),
      head: { noindex: true },
    }
  })

  app.page(
    '/report',
    { policy: 'member', method: 'POST', limit: REPORT_LIMIT, body: NewReport },
    async (request) => {
      const report = request.body
      await db.transaction((tx) => file(tx, actorOf(request), report, app.clock.now()))
      return { kind: 'redirect', to: `/report?sent&from=${encodeURIComponent(report.path)}` }
    },
  )
}
