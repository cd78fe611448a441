import { Type } from '#core'
import { actorOf, type Circle, settle } from '../circle.ts'
import { DECISION_LIMIT } from '../routes/relations.ts'
import { KINDS, type Kind } from '../tables.ts'

/** What the address says to the person's page after following has ended. */
export const UNFOLLOWED = 'unfollowed'

/** One button of a person's page or of the settings. */
const DecisionForm = Type.Object(
  {
    kind: Type.Unsafe<Kind>({ type: 'string', enum: [...KINDS] }),
    on: Type.Unsafe<'true' | 'false'>({ type: 'string', enum: ['true', 'false'] }),
    from: Type.Optional(Type.Literal('settings')),
  },
  { additionalProperties: false },
)

/** The buttons of a person's page, for browsers with and without scripts. */
export function decisionPages(circle: Circle): void {
  circle.app.page(
    '/user/:username/relation',
    { policy: 'member', method: 'POST', limit: DECISION_LIMIT, body: DecisionForm },
    async (request) => {
      const { kind, on, from } = request.body
      const username = request.params['username'] ?? ''
      const choice = { kind, on: on === 'true' }
      const { person } = await settle(circle, actorOf(request), username, choice)
      if (from !== undefined) return { kind: 'redirect', to: '/settings#relations' }
      const isUndone = kind === 'follow' && !choice.on
      const said = isUndone ? `?done=${UNFOLLOWED}` : ''
      return { kind: 'redirect', to: `/user/${person.username}${said}` }
    },
  )
}
