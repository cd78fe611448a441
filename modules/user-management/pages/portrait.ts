import type { App, PageResult } from '#core'
import { Portraits } from '../portrait/portrait.ts'
import { actorOf } from '../requester.ts'
import { AvatarForm, CoverForm } from '../routes/portrait.ts'

const DONE: PageResult = { kind: 'redirect', to: '/settings?saved#portrait' }

/** The same as the routes, for a browser that runs no scripts. */
export function portraitPages(app: App): void {
  const portraits = new Portraits(app)

  for (const which of ['avatar', 'cover'] as const) {
    const body = which === 'avatar' ? AvatarForm : CoverForm
    app.page(
      `/settings/${which}`,
      { policy: 'member', method: 'POST', file: { purpose: which }, body },
      async (request) => {
        await portraits.change(actorOf(request).id, which, request.file)
        return DONE
      },
    )
    app.page(
      `/settings/${which}/removal`,
      { policy: 'member', method: 'POST' },
      async (request) => {
        await portraits.change(actorOf(request).id, which, undefined)
        return DONE
      },
    )
  }
}
