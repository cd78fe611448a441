import type { App } from '#core'
import { errors } from '../errors.ts'
import { actorOf } from '../requester.ts'
import { EventAct, Replay } from '../schema.ts'

export function eventRoutes(app: App): void {
  const desk = app.administration.events

  app.route(
    'GET',
    '/api/v1/admin/events',
    { policy: 'admin', summary: 'Consumers with their lag, and dead letters, the oldest first' },
    async () => ({
      body: { consumers: await desk.lag(), deadLetters: await desk.deadLetters() },
    }),
  )

  app.route(
    'PUT',
    '/api/v1/admin/events/dead-letters',
    {
      policy: 'admin',
      stepUp: true,
      summary: 'Deliver a dead letter again, or put it away',
      body: EventAct,
    },
    async (request) => {
      const { act, consumer, seq } = request.body
      await desk[act](actorOf(request), consumer, seq)
      return { status: 204 }
    },
  )

  app.route(
    'POST',
    '/api/v1/admin/events/replay',
    {
      policy: 'admin',
      stepUp: true,
      summary: 'Deliver events once more; `confirm` repeats the name of the consumer',
      body: Replay,
    },
    async (request) => {
      const { consumer, fromSeq, confirm } = request.body
      if (confirm !== consumer) throw errors.QL_ADMIN_UNCONFIRMED({ values: { consumer } })
      await desk.replay(actorOf(request), consumer, fromSeq)
      return { status: 204 }
    },
  )
}
