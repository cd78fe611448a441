import { type App, type HtmlPage, type ModuleRequest, renderView } from '#core'
import { h } from 'preact'
import { type AccountForm, emptyAccountForm, personIn, refusedAccountForm } from './account-form.ts'
import { formText } from '../form.ts'
import { lookCookies } from '../profile/look-cookies.ts'
import { register, registryOf } from '../registration/registration.ts'
import { clientOf } from '../requester.ts'
import { REGISTRATION_LIMIT } from '../routes/registration.ts'
import { speechOf } from '../speech.ts'
import { SetupPage } from '../views/setup.tsx'

const ROLE = 'owner'

/** The link that a new station prints; it makes the owner, once. */
export function setupPages(app: App): void {
  const registry = registryOf(app)
  const { auth } = registry

  app.page('/setup', { policy: 'public' }, async (request) => {
    const token = request.query['token'] ?? ''
    await auth.requireSetupToken(token)
    const form = emptyAccountForm(request, auth.minPassword(ROLE))
    return page(app, request, { token, form }, 200)
  })

  app.page(
    '/setup',
    { policy: 'public', method: 'POST', limit: REGISTRATION_LIMIT },
    async (request) => {
      const token = formText(request.body, 'token')
      await auth.requireSetupToken(token)
      try {
        const person = personIn(request, ROLE)
        const { me, session } = await register(registry, person, clientOf(request))
        const cookies = [...session.cookies, ...lookCookies(me)]
        return { kind: 'redirect', to: '/', cookies }
      } catch (error) {
        const { form, status } = await refusedAccountForm(request, error, { auth, role: ROLE })
        return page(app, request, { token, form }, status)
      }
    },
  )
}

function page(
  app: App,
  request: ModuleRequest,
  { token, form }: { readonly token: string; readonly form: AccountForm },
  status: number,
): HtmlPage {
  const speech = speechOf(app, request.locale)
  return {
    kind: 'html',
    status,
    shell: 'bare',
    title: speech.t('auth.setup.title'),
    html: renderView(h(SetupPage, { ...speech, ...form, token })),
    head: { noindex: true },
    scripts: ['user-management/password', 'user-management/username', 'user-management/lacks'],
  }
}
