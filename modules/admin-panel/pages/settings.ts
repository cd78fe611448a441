import { type App, CodedError, type HtmlPage, type ModuleRequest, renderView } from '#core'
import { h } from 'preact'
import { errors } from '../errors.ts'
import { shownAs } from '../people/names.ts'
import { actorOf } from '../requester.ts'
import { SettingsBody } from '../schema.ts'
import { errorsOf, fieldsOf, type Typed, typedOf, valuesIn } from '../setting-fields.ts'
import { SettingsPage } from '../views/settings.tsx'

/** What somebody typed that was refused. */
interface Refused {
  readonly group: string
  readonly typed: Typed
  readonly error: CodedError
}

export function settingsPages(app: App): void {
  const desk = app.administration.settings
  app.page('/admin/settings', { policy: 'admin' }, (request) => settings(app, request))

  app.page(
    '/admin/settings/:group',
    { policy: 'admin', method: 'POST', stepUp: true, body: SettingsBody },
    async (request) => {
      const { group: name = '' } = request.params
      const group = (await desk.groups()).find((one) => one.name === name)
      if (!group) throw errors.QL_ADMIN_NO_SECTION()
      const fields = fieldsOf(group, request.locale)
      const { reset, ...typed } = request.body
      const names = fields.map((field) => field.name)
      const defaults = names.map((key) => [key, group.defaults[key] ?? null] as const)
      const values = reset === 'true' ? Object.fromEntries(defaults) : valuesIn(fields, typed)
      try {
        await desk.change(actorOf(request), name, values)
        return { kind: 'redirect', to: `/admin/settings?saved=${name}` }
      } catch (error) {
        if (!(error instanceof CodedError) || error.entry.status !== 422) throw error
        return settings(app, request, { group: name, typed, error })
      }
    },
  )
}

async function settings(app: App, request: ModuleRequest, refused?: Refused): Promise<HtmlPage> {
  const { locale, query } = request
  const t = app.translator(locale)
  const groups = await app.administration.settings.groups()
  const forms = groups.map((group) => {
    const fields = fieldsOf(group, locale)
    const isRefused = refused?.group === group.name
    return {
      group,
      fields,
      typed: isRefused ? refused.typed : typedOf(fields, group.values),
      errors: isRefused ? errorsOf(fields, refused.error.details.errors ?? [], locale) : {},
    }
  })
  const { id } = actorOf(request)
  const changers = groups.flatMap(({ changed }) => changed?.actorId ?? [])
  const shown = await shownAs(app, [id, ...changers])
  const timeZone = shown.get(id)?.timeZone ?? 'UTC'
  const props = {
    t,
    locale,
    timeZone,
    forms,
    shown,
    saved: query['saved'],
    isRefused: refused !== undefined,
  }
  return {
    kind: 'html',
    shell: 'admin',
    title: t('admin.section.settings'),
    html: renderView(h(SettingsPage, props)),
    head: { noindex: true },
    ...(refused ? { status: 422 } : {}),
  }
}
