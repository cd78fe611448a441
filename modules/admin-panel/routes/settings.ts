import type { App } from '#core'
import { actorOf } from '../requester.ts'
import { SettingsParams, SettingsPatch } from '../schema.ts'

export function settingsRoutes(app: App): void {
  const desk = app.administration.settings

  app.route(
    'GET',
    '/api/v1/admin/settings',
    {
      policy: 'admin',
      summary: 'Everything that can be set while the station runs, with its schemas',
    },
    async () => ({ body: { items: await desk.groups(), nextCursor: null } }),
  )

  app.route(
    'PATCH',
    '/api/v1/admin/settings/:group',
    {
      policy: 'admin',
      stepUp: true,
      summary: 'Change the settings given; `module:<id>` are those of a module',
      params: SettingsParams,
      body: SettingsPatch,
    },
    async (request) => {
      await desk.change(actorOf(request), request.params['group'] ?? '', request.body)
      return { status: 204 }
    },
  )
}
