import { type App, type HtmlPage, type ModuleRequest } from '#core'
import { h } from 'preact'
import { authPage } from './auth-page.ts'
import { formText, refusalIn } from '../form.ts'
import { confirm, registryOf } from '../registration/registration.ts'
import { leadingBack } from '../sign-in/return-path.ts'
import { LETTER_LIMIT, LINK_LIMIT } from '../routes/recovery.ts'
import { linkToken, linkUsed, openedLink } from '../links/secret-link.ts'
import { speechOf } from '../speech.ts'
import { ConfirmPage } from '../views/auth-note.tsx'
import { deadLinkPage, isDeadLink } from './notes.ts'
import { sentPage } from './recovery.ts'

/** The links that confirm an address: of a new account, and of one that moves. */
export function confirmationPages(app: App): void {
  accountPages(app)
  addressPages(app)

  app.page(
    '/auth/register/letter',
    { policy: 'public', method: 'POST', limit: LETTER_LIMIT },
    async (request) => {
      app.auth.registrations.resend(formText(request.body, 'email'))
      return sentPage(app, request, 'register')
    },
  )
}

function accountPages(app: App): void {
  const registry = registryOf(app)
  const { registrations } = app.auth
  const path = '/auth/confirm'

  const show = async (request: ModuleRequest, failure: Failure): Promise<HtmlPage> => {
    const waiting = await registrations.find(linkToken(request))
    if (!waiting) return deadLinkPage(app, request, 'register')
    const values = { name: `@${waiting.username}`, email: waiting.email }
    return page(app, request, { path, name: 'confirm', values }, failure)
  }

  app.page(path, { policy: 'public' }, async (request) => {
    return openedLink(request, path) ?? show(request, { status: 200 })
  })

  app.page(path, { policy: 'public', method: 'POST', limit: LINK_LIMIT }, async (request) => {
    try {
      const { returnTo = '/' } = await confirm(registry, linkToken(request))
      const to = leadingBack('/auth/done/confirmed', returnTo)
      return { kind: 'redirect', to, cookies: linkUsed }
    } catch (error) {
      if (isDeadLink(error)) return deadLinkPage(app, request, 'register')
      return show(request, failureOf(error, request))
    }
  })
}

function addressPages(app: App): void {
  const { emails } = app.auth
  const path = '/auth/email'

  const show = async (request: ModuleRequest, failure: Failure): Promise<HtmlPage> => {
    const subject = await emails.find(linkToken(request))
    if (!subject) return deadLinkPage(app, request, 'settings')
    const values = { name: `@${subject.username}`, email: subject.email ?? '' }
    return page(app, request, { path, name: 'newEmail', values }, failure)
  }

  app.page(path, { policy: 'public' }, async (request) => {
    return openedLink(request, path) ?? show(request, { status: 200 })
  })

  app.page(path, { policy: 'public', method: 'POST', limit: LINK_LIMIT }, async (request) => {
    try {
      await emails.confirm(linkToken(request))
      return { kind: 'redirect', to: '/auth/done/email', cookies: linkUsed }
    } catch (error) {
      if (isDeadLink(error)) return deadLinkPage(app, request, 'settings')
      return show(request, failureOf(error, request))
    }
  })
}

interface Failure {
  readonly status: number
  readonly problem?: string | undefined
}

/** Somebody was quicker with the name or the address: there is no field to say it at. */
function failureOf(error: unknown, { locale }: ModuleRequest): Failure {
  const { errors, problem, status } = refusalIn(error, ['username', 'email'], locale)
  return { status, problem: problem ?? errors.username ?? errors.email }
}

function page(
  app: App,
  request: ModuleRequest,
  about: {
    readonly path: string
    readonly name: 'confirm' | 'newEmail'
    readonly values: Readonly<Record<string, string>>
  },
  { status, problem }: Failure,
): HtmlPage {
  const speech = speechOf(app, request.locale)
  const { t } = speech
  const view = h(ConfirmPage, {
    ...speech,
    action: about.path,
    title: t(`auth.${about.name}.title`),
    text: t(`auth.${about.name}.text`, about.values),
    button: t(`auth.${about.name}.button`),
    problem,
  })
  return authPage(view, { title: t(`auth.${about.name}.title`), status })
}
