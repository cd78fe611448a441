import type { App } from '#core'
import type { Finder } from './finder.ts'
import { listen } from './listening.ts'
import { searchPages } from './pages/search.ts'
import { bindPersonalData } from './personal-data.ts'
import { renewWords } from './renewal.ts'
import { searchRoutes } from './routes/search.ts'
import type { SearchTables } from './tables.ts'

export function register(app: App): void {
  const finder: Finder = { app, db: app.db<SearchTables>() }
  listen(finder)
  renewWords(finder)
  searchRoutes(finder)
  searchPages(finder)
  bindPersonalData(finder)
  app.slot('nav', async ({ locale }) => ({
    order: 70,
    link: { href: '/search', icon: 'search', label: app.translator(locale)('search.title') },
  }))
}
