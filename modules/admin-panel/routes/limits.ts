import type { App } from '#core'

export function limitRoutes(app: App): void {
  app.route(
    'GET',
    '/api/v1/admin/limits',
    { policy: 'admin', summary: 'Limits in force: of guesses, of sessions, and of each route' },
    async () => ({ body: await app.administration.limits.list() }),
  )
}
