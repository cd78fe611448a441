import { type App, type HtmlPage, type ModuleRequest, ownPath, renderView } from '#core'
import { h } from 'preact'
import { formText, refusalIn } from '../form.ts'
import { lookCookies } from '../profile/look-cookies.ts'
import { registryOf } from '../registration/registration.ts'
import { clientOf } from '../requester.ts'
import { begin } from '../sign-in/sign-in.ts'
import { speechOf } from '../speech.ts'
import { LoginPage } from '../views/login.tsx'

/** Not the caches: throwing them away takes browsers seconds, and pages of people are in none. */
export const CLEAR_SITE_DATA = '"storage"'

export function loginPages(app: App): void {
  const registry = registryOf(app)
  const { auth } = registry

  app.page('/auth/login', { policy: 'public' }, async (request) => {
    const returnTo = ownPath(request.query['return'])
    if (request.actor) return { kind: 'redirect', to: returnTo }
    return page(app, request, { login: '', returnTo, status: 200 })
  })

  app.page('/auth/login', { policy: 'public', method: 'POST' }, async (request) => {
    const { body, locale } = request
    const login = formText(body, 'login')
    const returnTo = ownPath(formText(body, 'return'))
    const client = clientOf(request)
    try {
      const password = formText(body, 'password')
      const step = await auth.steps.password({ login, password, returnTo }, client)
      if ('waiting' in step) {
        return { kind: 'redirect', to: '/auth/code', cookies: [step.waiting] }
      }
      const { me, session } = await begin(registry, step.identity, client)
      const cookies = [...session.cookies, ...lookCookies(me)]
      return { kind: 'redirect', to: returnTo, cookies }
    } catch (error) {
      const { problem, status } = refusalIn(error, [], locale)
      return page(app, request, { login, returnTo, status, problem })
    }
  })

  app.page('/auth/logout', { policy: 'public', method: 'POST' }, async ({ actor }) => {
    if (actor) await auth.endSession(actor.sessionId)
    const headers = { 'clear-site-data': CLEAR_SITE_DATA }
    return { kind: 'redirect', to: '/', cookies: auth.farewell, headers }
  })
}

interface LoginForm {
  readonly login: string
  readonly returnTo: string
  readonly status: number
  readonly problem?: string | undefined
}

function page(app: App, request: ModuleRequest, { status, ...form }: LoginForm): HtmlPage {
  const speech = speechOf(app, request.locale)
  const registration = app.auth.isRegistrationOpen ? 'open' : 'closed'
  return {
    kind: 'html',
    status,
    shell: 'bare',
    title: speech.t('auth.login.title'),
    html: renderView(h(LoginPage, { ...speech, ...form, registration })),
    head: { noindex: true },
    scripts: ['user-management/password', 'user-management/lacks'],
  }
}
