import { type PageResult, type ModuleRequest, renderView } from '#core'
import { h } from 'preact'
import { actorOf, type Desk } from '../desk.ts'
import { namesOf } from '../names.ts'
import { countOpen, decide, listReports } from '../reports.ts'
import { DecisionBody } from '../schema.ts'
import { DECISIONS } from '../tables.ts'
import { QueuePage } from '../views/queue.tsx'

/** Where moderators read reports and decide. */
export function queuePages(desk: Desk): void {
  const { app, db } = desk
  app.page('/reports', { policy: 'moderator' }, (request) => queue(desk, request))

  app.page(
    '/reports/:id',
    { policy: 'moderator', method: 'POST', body: DecisionBody },
    async (request) => {
      const { id = '' } = request.params
      const now = app.clock.now()
      await db.transaction((tx) => decide(tx, actorOf(request), id, request.body, now))
      return { kind: 'redirect', to: '/reports?decided' }
    },
  )
}

async function queue({ app, db }: Desk, { locale, query }: ModuleRequest): Promise<PageResult> {
  const state = DECISIONS.find((known) => known === query['state']) ?? 'open'
  const { items, nextCursor } = await listReports(db.reader, state, query['cursor'])
  const ids = items.flatMap(({ reporterId, decidedBy }) => [reporterId, decidedBy ?? []]).flat()
  const t = app.translator(locale)
  const props = {
    t,
    locale,
    state,
    open: await countOpen(db.reader),
    reports: items,
    names: await namesOf(app, ids),
    decided: query['decided'] !== undefined,
    next: nextCursor === null ? undefined : `/reports?state=${state}&cursor=${nextCursor}`,
  }
  return {
    kind: 'html',
    title: t('moderation.queue.title'),
    html: renderView(h(QueuePage, props)),
    active: '/reports',
    head: { noindex: true },
  }
}
