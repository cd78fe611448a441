import { type App, type HtmlPage, type ModuleRequest, renderView } from '#core'
import { h } from 'preact'
import {
  type AccountForm,
  emptyAccountForm,
  personIn,
  refusedAccountForm,
} from '../account-form.ts'
import { errors } from '../errors.ts'
import { lookCookies } from '../look-cookies.ts'
import { register, registryOf } from '../registration.ts'
import { clientOf } from '../requester.ts'
import { REGISTRATION_LIMIT } from '../routes/registration.ts'
import { speechOf } from '../speech.ts'
import { RegisterPage } from '../views/register.tsx'

const ROLE = 'member'

export function registerPages(app: App): void {
  const registry = registryOf(app)
  const { auth } = registry

  app.page('/auth/register', { policy: 'public' }, async (request) => {
    if (request.actor) return { kind: 'redirect', to: `/user/${request.actor.username}` }
    if (!auth.isRegistrationOpen) throw errors.QL_USERS_REGISTRATION_CLOSED()
    return page(app, request, emptyAccountForm(request, auth.minPassword(ROLE)), 200)
  })

  app.page(
    '/auth/register',
    { policy: 'public', method: 'POST', limit: REGISTRATION_LIMIT },
    async (request) => {
      if (!auth.isRegistrationOpen) throw errors.QL_USERS_REGISTRATION_CLOSED()
      try {
        const person = personIn(request, ROLE)
        const { me, session } = await register(registry, person, clientOf(request))
        const cookies = [...session.cookies, ...lookCookies(me)]
        return { kind: 'redirect', to: `/user/${me.username}`, cookies }
      } catch (error) {
        const { form, status } = await refusedAccountForm(request, error, { auth, role: ROLE })
        return page(app, request, form, status)
      }
    },
  )
}

function page(app: App, request: ModuleRequest, form: AccountForm, status: number): HtmlPage {
  const speech = speechOf(app, request.locale)
  return {
    kind: 'html',
    status,
    shell: 'bare',
    title: speech.t('auth.register.title'),
    html: renderView(h(RegisterPage, { ...speech, ...form })),
    head: { description: speech.t('auth.register.description') },
    scripts: ['user-management/password'],
  }
}
