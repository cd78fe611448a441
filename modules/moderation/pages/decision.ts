import { type ModuleRequest, type PageResult, renderView } from '#core'
import { h } from 'preact'
import { answerDecision, decisionAbout } from '../appeals.ts'
import { actorOf, decisionPath, type Desk, REPORT_LIMIT } from '../desk.ts'
import { AnswerBody } from '../schema.ts'
import { whatOf } from '../telling.ts'
import { DecisionPage } from '../views/decision.tsx'

/** Where the author reads what was decided and why, and answers. */
export function decisionPages(desk: Desk): void {
  const { app } = desk
  app.page(decisionPath(':id'), { policy: 'member' }, (request) => decision(desk, request))

  app.page(
    decisionPath(':id'),
    { policy: 'member', method: 'POST', limit: REPORT_LIMIT, body: AnswerBody },
    async (request) => {
      const { id = '' } = request.params
      await answerDecision(desk, actorOf(request), id, request.body.text)
      return { kind: 'redirect', to: decisionPath(id) }
    },
  )
}

async function decision(desk: Desk, request: ModuleRequest): Promise<PageResult> {
  const { locale, params } = request
  const t = desk.app.translator(locale)
  const row = await decisionAbout(desk, actorOf(request), params['id'] ?? '')
  const title = t('moderation.decision.title')
  return {
    kind: 'html',
    title,
    html: renderView(h(DecisionPage, { t, locale, decision: row, what: whatOf(t, row) })),
    head: { noindex: true },
  }
}
