import type { App } from '#core'
import { ANALYSIS_COMPLETED, SCORE_CALL } from './contract.ts'
import { scoreOf } from './score.ts'
import { Scores } from './scores.ts'
import { sidebarPart } from './sidebar.ts'
import { snapshotOf } from './snapshot.ts'

/** Scores published posts and tells other modules, readers of the API and the author. */
export function register(app: App): void {
  const scores = new Scores(app.store('scores'), app.store('changes'))
  const minWords = Number(app.settings['minWords'] ?? 300)

  app.eventBus.define('seo.analysis.completed', ANALYSIS_COMPLETED)

  app.onEvent('post.published', async ({ data, time }) => {
    const post = snapshotOf(data)
    if (post === null) return
    const analysis = scoreOf(post, { minWords })
    await scores.keep(post.id, analysis, time)
    const { score, grade } = analysis
    const outcome = { postId: post.id, score, grade }
    await app.eventBus.publish('seo.analysis.completed', outcome, { subject: `post/${post.id}` })
  })

  app.onEvent('post.updated', ({ data, time }) => scores.noteChange(data, time))

  app.onEvent('post.deleted', ({ data }) => scores.forget(data))

  app.provide('seo.score', SCORE_CALL, ({ postId }) => scores.find(postId))

  app.route(
    'GET',
    '/score/:postId',
    {
      policy: 'public',
      summary: 'The score of one published post',
      responses: { 200: SCORE_CALL.output },
    },
    async ({ params }) => {
      const found = await scores.find(params['postId'] ?? '')
      return found ? { body: found } : { status: 404, body: { code: 'no-score' } }
    },
  )

  app.slot('post.editor.sidebar', async ({ subject, locale }) => {
    const postId = /^post\/(.+)$/.exec(subject ?? '')?.[1]
    const found = postId === undefined ? null : await scores.find(postId)
    return found && sidebarPart(found, locale)
  })
}
