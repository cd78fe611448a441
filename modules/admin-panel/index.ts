import type { App } from '#core'
import { dashboardPages } from './pages/dashboard.ts'
import { guestPages } from './pages/guest.ts'
import { bindSections } from './sections.ts'

export function register(app: App): void {
  bindSections(app)
  dashboardPages(app)
  guestPages(app)
}
