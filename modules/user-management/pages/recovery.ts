import { type App, type HtmlPage, type ModuleRequest } from '#core'
import { h } from 'preact'
import { authPage } from './auth-page.ts'
import { formText, refusalIn } from '../form.ts'
import { LETTER_LIMIT, LINK_LIMIT } from '../routes/recovery.ts'
import { linkToken, linkUsed, openedLink } from '../links/secret-link.ts'
import { speechOf } from '../speech.ts'
import { ForgotPage, ResetPage } from '../views/recovery.tsx'
import { SentPage } from '../views/sent.tsx'
import { deadLinkPage, isDeadLink } from './notes.ts'

/** Coming back to an account whose password is forgotten. */
export function recoveryPages(app: App): void {
  const { links, passwords } = app.auth

  app.page('/auth/forgot', { policy: 'public' }, async (request) => {
    const speech = speechOf(app, request.locale)
    const title = speech.t('auth.forgot.title')
    return authPage(h(ForgotPage, { ...speech, email: '' }), { title })
  })

  app.page(
    '/auth/forgot',
    { policy: 'public', method: 'POST', limit: LETTER_LIMIT },
    async (request) => {
      links.requestReset(formText(request.body, 'email'))
      return sentPage(app, request, 'forgot')
    },
  )

  app.page('/auth/reset', { policy: 'public' }, async (request) => {
    return openedLink(request, '/auth/reset') ?? resetPage(app, request, { status: 200 })
  })

  app.page(
    '/auth/reset',
    { policy: 'public', method: 'POST', limit: LINK_LIMIT },
    async (request) => {
      try {
        await passwords.reset(linkToken(request), formText(request.body, 'password'))
        return { kind: 'redirect', to: '/auth/done/reset', cookies: linkUsed }
      } catch (error) {
        if (isDeadLink(error)) return deadLinkPage(app, request, 'forgot')
        const { status, errors, problem } = refusalIn(error, ['password'], request.locale)
        return resetPage(app, request, { status, error: errors.password, problem })
      }
    },
  )
}

/** A letter is on its way; the address is the one that was typed. */
export function sentPage(app: App, request: ModuleRequest, kind: 'register' | 'forgot'): HtmlPage {
  const speech = speechOf(app, request.locale)
  const { body } = request
  const { areCarried } = app.auth.links
  const view = h(SentPage, {
    ...speech,
    kind,
    email: formText(body, 'email'),
    again: formText(body, 'again') === 'true',
    areCarried,
    opensMailbox: request.actor?.role === 'owner',
  })
  const title = speech.t(areCarried ? 'auth.sent.title' : 'auth.sent.keptTitle')
  return authPage(view, { title, status: 202 })
}

async function resetPage(
  app: App,
  request: ModuleRequest,
  form: {
    readonly status: number
    readonly error?: string | undefined
    readonly problem?: string | undefined
  },
): Promise<HtmlPage> {
  const speech = speechOf(app, request.locale)
  const subject = await app.auth.links.findReset(linkToken(request))
  if (!subject) return deadLinkPage(app, request, 'forgot')
  const { username, role } = subject
  const minPassword = app.auth.minPassword(role)
  const { error, problem, status } = form
  return authPage(h(ResetPage, { ...speech, username, minPassword, error, problem }), {
    title: speech.t('auth.reset.title'),
    status,
  })
}
