import type { App } from '#core'
import { actorOf } from '../requester.ts'

const GUARDED = { policy: 'member', method: 'POST', stepUp: true } as const

/** The forms of the card «Sessions». */
export function sessionPages(app: App): void {
  const { auth } = app

  app.page('/settings/sessions/others', GUARDED, async (request) => {
    await auth.sessions.endOthers(actorOf(request))
    return { kind: 'redirect', to: '/settings#sessions' }
  })

  app.page('/settings/sessions/:id', GUARDED, async (request) => {
    const actor = actorOf(request)
    const { id = '' } = request.params
    await auth.sessions.end(actor, id)
    if (id !== actor.sessionId) return { kind: 'redirect', to: '/settings#sessions' }
    return { kind: 'redirect', to: '/auth/login', cookies: auth.farewell }
  })
}
