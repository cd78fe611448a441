import { type App, CodedError, type HtmlPage, type ModuleRequest, ownPath, renderView } from '#core'
import { h } from 'preact'
import { type AccountForm, emptyAccountForm, personIn, refusedAccountForm } from './account-form.ts'
import { authPage } from './auth-page.ts'
import { formText } from '../form.ts'
import { lookCookies } from '../profile/look-cookies.ts'
import { apply, registryOf } from '../registration/registration.ts'
import { clientOf } from '../requester.ts'
import { REGISTRATION_LIMIT } from '../routes/registration.ts'
import { speechOf } from '../speech.ts'
import { InvitedOnlyPage } from '../views/invited-only.tsx'
import { RegisterPage } from '../views/register.tsx'
import { closedPage } from './notes.ts'
import { sentPage } from './recovery.ts'

const ROLE = 'member'

export function registerPages(app: App): void {
  const registry = registryOf(app)
  const { auth } = registry

  app.page('/auth/register', { policy: 'public' }, async (request) => {
    const returnTo = ownPath(request.query['return'])
    if (request.actor) return { kind: 'redirect', to: goalOf(request.actor.username, returnTo) }
    const invitation = invitationIn(request.query['invitation'])
    try {
      await auth.registrations.requireAdmission(invitation)
    } catch (error) {
      return refusedPage(app, request, error, returnTo)
    }
    const form = emptyAccountForm(request, auth.minPassword(ROLE))
    return page(app, request, { form, invitation, returnTo, status: 200 })
  })

  app.page(
    '/auth/register',
    { policy: 'public', method: 'POST', limit: REGISTRATION_LIMIT },
    async (request) => {
      const invitation = invitationIn(formText(request.body, 'invitation'))
      const returnTo = ownPath(formText(request.body, 'return'))
      try {
        const person = personIn(request, ROLE)
        const registered = await apply(registry, person, clientOf(request), {
          invitation,
          returnTo,
        })
        if (registered.kind === 'asked') return sentPage(app, request, 'register')
        const { me, session } = registered
        const cookies = [...session.cookies, ...lookCookies(me)]
        return { kind: 'redirect', to: goalOf(me.username, returnTo), cookies }
      } catch (error) {
        if (isRefusal(error)) return refusedPage(app, request, error, returnTo)
        const { form, status } = await refusedAccountForm(request, error, { auth, role: ROLE })
        return page(app, request, { form, invitation, returnTo, status })
      }
    },
  )

  app.page('/auth/invitation/:token', { policy: 'public' }, async ({ params }) => {
    const to = `/auth/register?invitation=${encodeURIComponent(params['token'] ?? '')}`
    return { kind: 'redirect', to, isSecret: true }
  })
}

/** One's own page, unless one was on the way to another. */
function goalOf(username: string, returnTo: string): string {
  return returnTo === '/' ? `/user/${username}` : returnTo
}

/** Its token, also out of the whole link that somebody has pasted. */
function invitationIn(text: string | undefined): string | undefined {
  const token = text?.trim().split('/').at(-1)
  return token === '' ? undefined : token
}

const REFUSALS = new Set([
  'QL_AUTH_REGISTRATION_CLOSED',
  'QL_AUTH_INVITATION_NEEDED',
  'QL_AUTH_INVITATION_DEAD',
])

function isRefusal(error: unknown): error is CodedError {
  return error instanceof CodedError && REFUSALS.has(error.code)
}

/** The station does not take this stranger, and says why. */
function refusedPage(app: App, request: ModuleRequest, error: unknown, returnTo: string): HtmlPage {
  if (!isRefusal(error)) throw error
  if (error.code === 'QL_AUTH_REGISTRATION_CLOSED') return closedPage(app, request, returnTo)
  const speech = speechOf(app, request.locale)
  const isDead = error.code === 'QL_AUTH_INVITATION_DEAD'
  const text = isDead ? error.text(request.locale) : undefined
  return authPage(h(InvitedOnlyPage, { ...speech, error: text, returnTo }), {
    title: speech.t('auth.invited.title'),
    status: error.entry.status,
  })
}

async function page(
  app: App,
  request: ModuleRequest,
  about: {
    readonly form: AccountForm
    readonly invitation: string | undefined
    readonly returnTo: string
    readonly status: number
  },
): Promise<HtmlPage> {
  const { form, invitation: token, returnTo, status } = about
  const speech = speechOf(app, request.locale)
  const found = token === undefined ? null : await app.auth.invitations.find(token)
  const invitation = found && token !== undefined ? { token, madeBy: found.madeBy } : undefined
  return {
    kind: 'html',
    status,
    shell: 'bare',
    title: speech.t('auth.register.title'),
    html: renderView(h(RegisterPage, { ...speech, ...form, invitation, returnTo })),
    head: { description: speech.t('auth.register.description') },
    scripts: ['user-management/password', 'user-management/username', 'user-management/lacks'],
  }
}
