import type { App } from '#core'
import { dashboardPages } from './pages/dashboard.ts'
import { guestPages } from './pages/guest.ts'
import { peoplePages } from './pages/people.ts'
import { personPages } from './pages/person.ts'
import { userRoutes } from './routes/users.ts'
import { bindSections } from './sections.ts'

export function register(app: App): void {
  bindSections(app)
  dashboardPages(app)
  peoplePages(app)
  personPages(app)
  guestPages(app)
  userRoutes(app)
}
