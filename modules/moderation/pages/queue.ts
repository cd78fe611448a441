import { type PageResult, type ModuleRequest, renderView } from '#core'
import { h } from 'preact'
import { actorOf, type Desk, QUEUE_PATH } from '../desk.ts'
import { namesOf } from '../names.ts'
import { countOpen, decide, listReports } from '../reports.ts'
import { DecisionForm, UndoForm } from '../schema.ts'
import { DECISIONS } from '../tables.ts'
import { lastDecided, reopen } from '../undo.ts'
import { QueuePage } from '../views/queue.tsx'

/** Where moderators read reports and decide. */
export function queuePages(desk: Desk): void {
  const { app, db } = desk
  app.page(QUEUE_PATH, { policy: 'moderator' }, (request) => queue(desk, request))

  /* Where the queue was before it became a section. */
  app.page('/reports', { policy: 'moderator' }, async () => ({
    kind: 'redirect',
    to: QUEUE_PATH,
    status: 301,
  }))

  app.page(
    `${QUEUE_PATH}/:id`,
    { policy: 'moderator', method: 'POST', body: DecisionForm },
    async (request) => {
      const { id = '' } = request.params
      const { back = QUEUE_PATH, ...decision } = request.body
      const now = app.clock.now()
      await db.transaction((tx) => decide(tx, actorOf(request), id, decision, now))
      return { kind: 'redirect', to: back }
    },
  )

  app.page(
    `${QUEUE_PATH}/:id/undo`,
    { policy: 'moderator', method: 'POST', body: UndoForm },
    async (request) => {
      const { id = '' } = request.params
      const now = app.clock.now()
      await db.transaction((tx) => reopen(tx, actorOf(request), id, now))
      return { kind: 'redirect', to: request.body.back ?? QUEUE_PATH }
    },
  )
}

async function queue({ app, db }: Desk, request: ModuleRequest): Promise<PageResult> {
  const { locale, query } = request
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
    decided: await lastDecided(db.reader, actorOf(request), app.clock.now()),
    next: nextCursor === null ? undefined : `${QUEUE_PATH}?state=${state}&cursor=${nextCursor}`,
  }
  return {
    kind: 'html',
    shell: 'admin',
    title: t('moderation.section'),
    html: renderView(h(QueuePage, props)),
    head: { noindex: true },
  }
}
