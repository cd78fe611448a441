import { type App, Type } from '#core'
import type { Desk } from './desk.ts'
import { ReportCreated, ReportDecided, ReportReopened } from './events.ts'
import { queuePages } from './pages/queue.ts'
import { reportPages } from './pages/report.ts'
import { bindPersonalData } from './personal-data.ts'
import { countOpen } from './reports.ts'
import { decisionRoutes } from './routes/decisions.ts'
import { reportRoutes } from './routes/reports.ts'
import { bindSlots } from './slots.ts'
import type { ModerationTables } from './tables.ts'

const Nothing = Type.Object({}, { additionalProperties: false })

export function register(app: App): void {
  const desk: Desk = { app, db: app.db<ModerationTables>() }
  app.eventBus.define('report.created', ReportCreated)
  app.eventBus.define('report.decided', ReportDecided)
  app.eventBus.define('report.reopened', ReportReopened)
  reportRoutes(desk)
  decisionRoutes(desk)
  reportPages(desk)
  queuePages(desk)
  bindSlots(desk)
  bindPersonalData(app, desk)
  app.provide(
    'moderation.open-count',
    { input: Nothing, output: Type.Integer({ minimum: 0 }) },
    () => countOpen(desk.db.reader),
  )
}
