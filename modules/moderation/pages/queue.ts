import { type ModuleRequest, type PageResult, renderView } from '#core'
import { h } from 'preact'
import { restore, uphold } from '../appeals.ts'
import { decide } from '../deciding.ts'
import { actorOf, type Desk, QUEUE_PATH } from '../desk.ts'
import { namesOf } from '../names.ts'
import { countAnswered, listQueue } from '../queue.ts'
import { countOpen } from '../reports.ts'
import { BackForm, DecisionForm, QUEUE_STATES, type QueueItem } from '../schema.ts'
import { lastDecided, reopen } from '../undo.ts'
import { QueuePage } from '../views/queue.tsx'

/** What others see afterwards, or see no more: a browser that was left open is not enough. */
const PROVED = { stepUp: true } as const

/** Where moderators read reports and decide. */
export function queuePages(desk: Desk): void {
  const { app } = desk
  app.page(QUEUE_PATH, { policy: 'moderator' }, (request) => queue(desk, request))

  /* Where the queue was before it became a section. */
  app.page('/reports', { policy: 'moderator' }, async () => ({
    kind: 'redirect',
    to: QUEUE_PATH,
    status: 301,
  }))

  app.page(
    `${QUEUE_PATH}/:id`,
    { policy: 'moderator', method: 'POST', body: DecisionForm, ...PROVED },
    async (request) => {
      const { back = QUEUE_PATH, ...decision } = request.body
      await decide(desk, actorOf(request), idIn(request), decision)
      return { kind: 'redirect', to: back }
    },
  )

  const acts = [
    ['undo', reopen, {}],
    ['restoration', restore, PROVED],
    ['upholding', uphold, {}],
  ] as const
  for (const [name, act, proof] of acts) {
    app.page(
      `${QUEUE_PATH}/:id/${name}`,
      { policy: 'moderator', method: 'POST', body: BackForm, ...proof },
      async (request) => {
        await act(desk, actorOf(request), idIn(request))
        return { kind: 'redirect', to: request.body.back ?? QUEUE_PATH }
      },
    )
  }
}

function idIn({ params }: Pick<ModuleRequest, 'params'>): string {
  return params['id'] ?? ''
}

async function queue(desk: Desk, request: ModuleRequest): Promise<PageResult> {
  const { app, db } = desk
  const { locale, query } = request
  const actor = actorOf(request)
  const state = QUEUE_STATES.find((known) => known === query['state']) ?? 'open'
  const { items, nextCursor } = await listQueue(desk, actor, state, query['cursor'])
  const t = app.translator(locale)
  const props = {
    t,
    locale,
    state,
    counts: { open: await countOpen(db.reader), answered: await countAnswered(db.reader) },
    items,
    names: await namesOf(app, items.flatMap(peopleIn)),
    decided: await lastDecided(db.reader, actor, app.clock.now()),
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

/** Everybody who is named beside something reported. */
export function peopleIn({ reports, content, decision }: QueueItem): readonly string[] {
  const ids = [content?.authorId, decision?.decidedBy, decision?.restoredBy, decision?.upheldBy]
  return [...reports.map(({ reporterId }) => reporterId), ...ids.flatMap((id) => id ?? [])]
}
