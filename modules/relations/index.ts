import type { App } from '#core'
import { provideRelations } from './calls.ts'
import type { Circle } from './circle.ts'
import { Pair } from './events.ts'
import { decisionPages } from './pages/decisions.ts'
import { listPages } from './pages/lists.ts'
import { bindPersonalData } from './personal-data.ts'
import { listRoutes } from './routes/lists.ts'
import { relationRoutes } from './routes/relations.ts'
import { bindSlots } from './slots.ts'
import type { RelationTables } from './tables.ts'

export function register(app: App): void {
  const circle: Circle = { app, db: app.db<RelationTables>() }
  app.eventBus.define('follow.created', Pair)
  app.eventBus.define('follow.removed', Pair)
  app.eventBus.define('block.created', Pair)
  app.eventBus.define('block.removed', Pair)
  relationRoutes(circle)
  listRoutes(circle)
  listPages(circle)
  decisionPages(circle)
  bindSlots(circle)
  provideRelations(app, circle.db.reader)
  bindPersonalData(app, circle)
}
