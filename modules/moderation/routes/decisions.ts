import type { ModuleRequest } from '#core'
import { answerDecision, decisionAbout, restore, uphold } from '../appeals.ts'
import { decide } from '../deciding.ts'
import { actorOf, type Desk, REPORT_LIMIT } from '../desk.ts'
import { AnswerBody, DecisionBody, OwnDecision, ReportParams } from '../schema.ts'
import { reopen } from '../undo.ts'

export function decisionRoutes(desk: Desk): void {
  const { app } = desk
  app.route(
    'PUT',
    '/api/v1/reports/:id/decision',
    {
      policy: 'moderator',
      stepUp: true,
      summary: 'Decide on all open reports about the same thing, once',
      params: ReportParams,
      body: DecisionBody,
    },
    async (request) => {
      await decide(desk, actorOf(request), idIn(request), request.body)
      return { status: 204 }
    },
  )

  const acts = [
    ['DELETE', 'decision', 'Take one’s own decision back, within ten seconds', reopen, {}],
    ['PUT', 'restoration', 'Show again what a decision has hidden', restore, { stepUp: true }],
    ['PUT', 'upholding', 'Leave a decision as it is after its author has answered', uphold, {}],
  ] as const
  for (const [method, noun, summary, act, proof] of acts) {
    app.route(
      method,
      `/api/v1/reports/:id/${noun}`,
      { policy: 'moderator', summary, params: ReportParams, ...proof },
      async (request) => {
        await act(desk, actorOf(request), idIn(request))
        return { status: 204 }
      },
    )
  }
}

/** Decisions as the author of what they are about sees them. */
export function ownDecisionRoutes(desk: Desk): void {
  const { app } = desk
  app.route(
    'GET',
    '/api/v1/decisions/:id',
    {
      policy: 'member',
      summary: 'What moderators have decided about something of yours, and why',
      params: ReportParams,
      responses: { 200: OwnDecision },
    },
    async (request) => {
      const row = await decisionAbout(desk, actorOf(request), idIn(request))
      return {
        body: {
          id: row.id,
          deed: row.deed,
          reason: row.reason,
          words: row.words,
          title: row.title,
          excerpt: row.excerpt,
          answer: row.answer,
          decidedAt: row.decided_at,
          restoredAt: row.restored_at,
          answeredAt: row.answered_at,
          upheldAt: row.upheld_at,
        },
      }
    },
  )

  app.route(
    'PUT',
    '/api/v1/decisions/:id/answer',
    {
      policy: 'member',
      summary: 'Answer it, once',
      limit: REPORT_LIMIT,
      params: ReportParams,
      body: AnswerBody,
    },
    async (request) => {
      await answerDecision(desk, actorOf(request), idIn(request), request.body.text)
      return { status: 204 }
    },
  )
}

function idIn({ params }: Pick<ModuleRequest, 'params'>): string {
  return params['id'] ?? ''
}
