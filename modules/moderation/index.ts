import { type App, Type } from '#core'
import type { Desk } from './desk.ts'
import { ReportCreated, ReportDecided, ReportReopened } from './events.ts'
import { carryOut } from './deciding.ts'
import { deleteDecided } from './deletions.ts'
import { decisionPages } from './pages/decision.ts'
import { queuePages } from './pages/queue.ts'
import { reportPages } from './pages/report.ts'
import { bindPersonalData } from './personal-data.ts'
import { countOpen, isAnyOpen } from './reports.ts'
import { decisionRoutes, ownDecisionRoutes } from './routes/decisions.ts'
import { reportRoutes } from './routes/reports.ts'
import { Subjects } from './schema.ts'
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
  ownDecisionRoutes(desk)
  reportPages(desk)
  queuePages(desk)
  decisionPages(desk)
  bindSlots(desk)
  bindPersonalData(app, desk)
  app.onEvent('report.decided', async ({ data }) => {
    if (data.decisionId !== undefined) await carryOut(desk, data.decisionId)
  })
  app.job('delete-decided', '* * * * *', () => deleteDecided(desk))
  app.provide(
    'moderation.open-count',
    { input: Nothing, output: Type.Integer({ minimum: 0 }) },
    () => countOpen(desk.db.reader),
  )
  app.provide(
    'moderation.any-open',
    { input: Subjects, output: Type.Boolean(), audience: 'core' },
    ({ subjects }) => isAnyOpen(desk.db.reader, subjects),
  )
}
