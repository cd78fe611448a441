import { type HtmlPage, type Locale, renderView, type Translate } from '#core'
import { h } from 'preact'
import { actorOf, type Desk, REPORT_LIMIT } from '../desk.ts'
import { file } from '../reports.ts'
import { isPath, isSubject, NewReport } from '../schema.ts'
import { type Deed, DEEDS } from '../tables.ts'
import { ReportAnswered, ReportPage, ReportSent } from '../views/report.tsx'

/** The form by which somebody reports something; reached from menus of pages. */
export function reportPages(desk: Desk): void {
  const { app } = desk
  app.page('/report', { policy: 'member' }, async ({ locale, query }) => {
    const { about = '', from = '', sent } = query
    const t = app.translator(locale)
    const deed = DEEDS.find((known) => known === query['decided'])
    if (deed) return answered(t, locale, deed)
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
      await file(desk, actorOf(request), report)
      return { kind: 'redirect', to: `/report?sent&from=${encodeURIComponent(report.path)}` }
    },
  )
}

/** What those read who have reported something, when somebody has decided. */
function answered(t: Translate, locale: Locale, deed: Deed): HtmlPage {
  return {
    kind: 'html',
    title: t('moderation.answered.title'),
    html: renderView(h(ReportAnswered, { t, locale, deed })),
    head: { noindex: true },
  }
}
