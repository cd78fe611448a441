import type { App } from '#core'
import { actorOf } from '../requester.ts'

/** The forms of the card «Sessions». */
export function sessionPages(app: App): void {
  const { auth } = app

  app.page('/settings/sessions/others', { policy: 'member', method: 'POST' }, async (request) => {
    await auth.sessions.endOthers(actorOf(request))
    return { kind: 'redirect', to: '/settings#sessions' }
  })

  app.page('/settings/sessions/:id', { policy: 'member', method: 'POST' }, async (request) => {
    const actor = actorOf(request)
    const { id = '' } = request.params
    await auth.sessions.end(actor, id)
    if (id !== actor.sessionId) return { kind: 'redirect', to: '/settings#sessions' }
    return { kind: 'redirect', to: '/auth/login', cookies: auth.farewell }
  })
}
