import { actorOf, type Circle, settle } from '../circle.ts'
import { NameParams, Standing } from '../schema.ts'
import { KINDS } from '../tables.ts'

/** Decisions of one person from one address. */
export const DECISION_LIMIT = { max: 60, windowS: 60 } as const

const SUMMARY = {
  follow: ['Follow a person', 'Stop following a person'],
  mute: ['Hear nothing of a person; they are not told', 'Hear of a person again'],
  block: ['Keep a person away; following ends both ways', 'Let a person come again'],
} as const

export function relationRoutes(circle: Circle): void {
  for (const kind of KINDS) {
    for (const [method, on] of [
      ['PUT', true],
      ['DELETE', false],
    ] as const) {
      const [begin, end] = SUMMARY[kind]
      circle.app.route(
        method,
        `/api/v1/users/:username/${kind}`,
        {
          policy: 'member',
          summary: on ? begin : end,
          limit: DECISION_LIMIT,
          params: NameParams,
          responses: { 200: Standing },
        },
        async (request) => {
          const username = request.params['username'] ?? ''
          const { standing } = await settle(circle, actorOf(request), username, { kind, on })
          return { body: standing }
        },
      )
    }
  }
}
