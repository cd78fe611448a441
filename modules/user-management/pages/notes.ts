import { type App, CodedError, type HtmlPage, type ModuleRequest, ownPath } from '#core'
import { h } from 'preact'
import { authPage } from './auth-page.ts'
import { errors } from '../errors.ts'
import { leadingBack } from '../sign-in/return-path.ts'
import { speechOf } from '../speech.ts'
import { AuthNotePage } from '../views/auth-note.tsx'

/** What a form has done, said on a page of its own so that nothing is sent twice. */
const DONE = {
  confirmed: 'login',
  reset: 'login',
  email: 'settings',
  password: 'settings',
  'email-sent': 'settings',
} as const

export type Done = keyof typeof DONE

export function notePages(app: App): void {
  app.page('/auth/done/:what', { policy: 'public' }, async (request) => {
    const what = Object.keys(DONE).find((known) => known === request.params['what'])
    if (what === undefined) throw errors.QL_USERS_NOT_FOUND()
    const goal = request.actor ? 'settings' : DONE[what as Done]
    const returnTo = ownPath(request.query['return'])
    return note(app, request, { name: `done.${what}`, status: 200, goal, returnTo })
  })
}

/** A link that does nothing any more, and what to do now. */
export function deadLinkPage(
  app: App,
  request: ModuleRequest,
  goal: 'forgot' | 'register' | 'settings',
): HtmlPage {
  return note(app, request, { name: 'dead', status: 410, goal })
}

export function isDeadLink(error: unknown): boolean {
  return error instanceof CodedError && error.code === 'QL_AUTH_LINK_DEAD'
}

/** Nobody new is taken. */
export function closedPage(app: App, request: ModuleRequest, returnTo: string): HtmlPage {
  return note(app, request, { name: 'closed', status: 403, goal: 'login', returnTo })
}

const WAYS = {
  login: { href: '/auth/login', label: 'shell.signIn' },
  settings: { href: '/settings', label: 'auth.toSettings' },
  forgot: { href: '/auth/forgot', label: 'auth.dead.forgot' },
  register: { href: '/auth/register', label: 'auth.dead.register' },
} as const

function note(
  app: App,
  request: ModuleRequest,
  about: {
    readonly name: string
    readonly status: number
    readonly goal: keyof typeof WAYS
    /** Where signing in leads. */
    readonly returnTo?: string
  },
): HtmlPage {
  const speech = speechOf(app, request.locale)
  const { t } = speech
  const { href, label } = WAYS[about.goal]
  const title = t(`auth.${about.name}.title`)
  const text = t(`auth.${about.name}.text`)
  const ways = [
    {
      href: about.goal === 'login' ? leadingBack(href, about.returnTo ?? '/') : href,
      label: t(label),
    },
    { href: '/', label: t('auth.toHome') },
  ]
  return authPage(h(AuthNotePage, { ...speech, title, text, ways }), {
    title,
    status: about.status,
  })
}
