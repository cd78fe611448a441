import type { App } from '#core'
import { dashboardPages } from './pages/dashboard.ts'
import { eventPages } from './pages/events.ts'
import { figurePages } from './pages/figures.ts'
import { guestPages } from './pages/guest.ts'
import { invitationPages } from './pages/invitations.ts'
import { ColumnChoices } from './people/people-columns.ts'
import { peopleColumnPages } from './pages/people-columns.ts'
import { peopleExportPages } from './pages/people-export.ts'
import { peoplePages } from './pages/people.ts'
import { personPages } from './pages/person.ts'
import { securityPages } from './pages/security.ts'
import { selectionPages } from './pages/selection.ts'
import { settingsPages } from './pages/settings.ts'
import { auditRoutes } from './routes/audit.ts'
import { eventRoutes } from './routes/events.ts'
import { limitRoutes } from './routes/limits.ts'
import { resetLinkRoutes } from './routes/reset-links.ts'
import { secondFactorRoutes } from './routes/second-factors.ts'
import { sessionRoutes } from './routes/sessions.ts'
import { settingsRoutes } from './routes/settings.ts'
import { statsRoutes } from './routes/stats.ts'
import { userActRoutes } from './routes/user-acts.ts'
import { userRoutes } from './routes/users.ts'
import { bindSections } from './sections.ts'

export function register(app: App): void {
  const columns = new ColumnChoices(app)
  bindSections(app)
  dashboardPages(app)
  figurePages(app)
  peoplePages(app, columns)
  peopleColumnPages(app, columns)
  peopleExportPages(app)
  selectionPages(app)
  personPages(app)
  invitationPages(app)
  settingsPages(app)
  securityPages(app)
  eventPages(app)
  guestPages(app)
  statsRoutes(app)
  userRoutes(app)
  userActRoutes(app)
  resetLinkRoutes(app)
  secondFactorRoutes(app)
  sessionRoutes(app)
  settingsRoutes(app)
  auditRoutes(app)
  eventRoutes(app)
  limitRoutes(app)
}
