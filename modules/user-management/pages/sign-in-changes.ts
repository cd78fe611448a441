import { type App, type HtmlPage, type ModuleRequest, renderView } from '#core'
import { h } from 'preact'
import { authPage } from './auth-page.ts'
import { formText, refusalIn } from '../form.ts'
import { LETTER_LIMIT, LINK_LIMIT } from '../routes/recovery.ts'
import { actorOf, clientOf } from '../requester.ts'
import { speechOf } from '../speech.ts'
import {
  EmailChangePage,
  type EmailChangeProps,
  PasswordChangePage,
  type PasswordChangeProps,
  SignInCard,
} from '../views/sign-in-change.tsx'

/** Another password, another address: a card of the settings, and a page for each. */
export function signInChangePages(app: App): void {
  app.slot('settings.section', async ({ actor, locale }) => {
    const account = actor && (await app.auth.identityOf(actor.id))
    if (!account) return null
    const speech = speechOf(app, locale)
    return {
      order: 10,
      title: speech.t('settings.signIn.title'),
      html: renderView(h(SignInCard, { ...speech, email: account.email })),
      link: { href: '#sign-in', icon: 'lock', label: speech.t('settings.signIn.title') },
    }
  })
  passwordPages(app)
  emailPages(app)
}

function passwordPages(app: App): void {
  const path = '/settings/password'

  app.page(path, { policy: 'member' }, async (request) => {
    return passwordPage(app, request, { errors: {} }, 200)
  })

  app.page(path, { policy: 'member', method: 'POST', limit: LINK_LIMIT }, async (request) => {
    const { body } = request
    try {
      const sent = {
        oldPassword: formText(body, 'oldPassword'),
        password: formText(body, 'password'),
      }
      await app.auth.passwords.change(actorOf(request), sent, clientOf(request))
      return { kind: 'redirect', to: '/auth/done/password' }
    } catch (error) {
      const fields = ['oldPassword', 'password'] as const
      const { status, ...refusal } = refusalIn(error, fields, request.locale)
      return passwordPage(app, request, refusal, status)
    }
  })
}

function passwordPage(
  app: App,
  request: ModuleRequest,
  form: Pick<PasswordChangeProps, 'errors' | 'problem'>,
  status: number,
): HtmlPage {
  const speech = speechOf(app, request.locale)
  const { username, role } = actorOf(request)
  const minPassword = app.auth.minPassword(role)
  const { errors, problem } = form
  const view = h(PasswordChangePage, { ...speech, username, minPassword, errors, problem })
  return authPage(view, { title: speech.t('settings.password.title'), status })
}

function emailPages(app: App): void {
  const path = '/settings/email'

  app.page(path, { policy: 'member' }, async (request) => {
    return emailPage(app, request, { errors: {}, email: '' }, 200)
  })

  app.page(path, { policy: 'member', method: 'POST', limit: LETTER_LIMIT }, async (request) => {
    const email = formText(request.body, 'email')
    try {
      const sent = { email, password: formText(request.body, 'password') }
      const isAsked = await app.auth.emails.request(actorOf(request), sent, clientOf(request))
      return { kind: 'redirect', to: isAsked ? '/auth/done/email-sent' : '/auth/done/email' }
    } catch (error) {
      const fields = ['email', 'password'] as const
      const { status, ...refusal } = refusalIn(error, fields, request.locale)
      return emailPage(app, request, { ...refusal, email }, status)
    }
  })
}

async function emailPage(
  app: App,
  request: ModuleRequest,
  form: Pick<EmailChangeProps, 'errors' | 'problem' | 'email'>,
  status: number,
): Promise<HtmlPage> {
  const speech = speechOf(app, request.locale)
  const account = await app.auth.identityOf(actorOf(request).id)
  const { errors, problem, email } = form
  const current = account?.email ?? ''
  const view = h(EmailChangePage, { ...speech, current, email, errors, problem })
  return authPage(view, { title: speech.t('settings.email.title'), status })
}
