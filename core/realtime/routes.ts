import { actorOf, coreRoute } from '../http/routes/core-route.ts'
import type { DockedRoute } from '../http/routes/module-router.ts'
import { methodRoute } from '../module-loader/docked-methods.ts'
import { Type } from '../type.ts'
import { differenceOf, DifferenceInput, DifferenceOutput } from './log/difference.ts'
import type { RealtimeHub } from './hub/hub.ts'
import { METHOD_PREFIX } from './method.ts'
import type { Tickets } from './door/tickets.ts'

const Ticket = Type.Object({
  ticket: Type.String({ description: 'For one upgrade: /ws?ticket=…' }),
  expiresAt: Type.String({ format: 'date-time' }),
})
const Bootstrap = Type.Object({
  epoch: Type.String(),
  pts: Type.Integer({ description: 'Read before everything else here: resume from it.' }),
  user: Type.String(),
  now: Type.Integer({ description: 'Milliseconds since 1970' }),
})

/** What the hub itself serves beside the socket. */
export function realtimeRoutes(hub: RealtimeHub, tickets: Tickets): readonly DockedRoute[] {
  const { updates } = hub
  return [
    coreRoute(
      'POST',
      `${METHOD_PREFIX}ticket`,
      {
        policy: 'member',
        summary: 'A ticket for one socket, good for 30 seconds',
        responses: { 200: Ticket },
        limit: { max: 30, windowS: 60 },
      },
      async (request) => ({ body: await tickets.issue(actorOf(request).sessionId) }),
    ),
    coreRoute(
      'GET',
      `${METHOD_PREFIX}bootstrap`,
      {
        policy: 'member',
        summary: 'Where the own update log stands',
        responses: { 200: Bootstrap },
      },
      async (request) => {
        const user = actorOf(request).id
        const { pts } = await updates.head(user)
        return { body: { epoch: hub.epoch, pts, user, now: hub.nowMs } }
      },
    ),
    methodRoute(
      'core',
      {
        name: 'sync.diff',
        options: {
          policy: 'member',
          summary: 'Own updates after a position',
          input: DifferenceInput,
          output: DifferenceOutput,
        },
      },
      (request) =>
        differenceOf(
          { updates: hub.told, epoch: hub.epoch },
          actorOf(request).id,
          request.input as never,
        ),
    ),
  ]
}
