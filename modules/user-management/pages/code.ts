import { type App, CodedError, type ModuleRequest, type PageResult, renderView } from '#core'
import { h } from 'preact'
import { formText, refusalIn } from '../form.ts'
import { lookCookies } from '../profile/look-cookies.ts'
import { findProfile } from '../profile/profile.ts'
import { type Registry, registryOf } from '../registration/registration.ts'
import { clientOf } from '../requester.ts'
import { begin } from '../sign-in/sign-in.ts'
import { speechOf } from '../speech.ts'
import { CodePage, type CodePageProps } from '../views/code.tsx'

type Way = CodePageProps['way']

/** The second page of signing in: six digits of the app, or a code on paper. */
export function codePages(app: App): void {
  const registry = registryOf(app)
  for (const way of ['code', 'recovery'] as const) {
    const path = `/auth/${way}`
    app.page(path, { policy: 'public' }, (request) => page(app, registry, request, { way }))
    app.page(path, { policy: 'public', method: 'POST' }, (request) =>
      submit(app, registry, request, way),
    )
  }

  app.page('/auth/code/other', { policy: 'public', method: 'POST' }, async () => ({
    kind: 'redirect',
    to: '/auth/login',
    cookies: [app.auth.steps.over],
  }))
}

async function submit(
  app: App,
  registry: Registry,
  request: ModuleRequest,
  way: Way,
): Promise<PageResult> {
  const { body, cookies, locale } = request
  const { steps } = registry.auth
  const trustDevice = formText(body, 'trust') === 'true'
  const client = clientOf(request)
  try {
    const { identity, returnTo } = await steps.code(cookies, formText(body, 'code'), client)
    const { me, session } = await begin(registry, identity, client, { trustDevice })
    const set = [...session.cookies, ...lookCookies(me), steps.over]
    return { kind: 'redirect', to: returnTo, cookies: set }
  } catch (error) {
    const { status, problem } = refusalIn(error, [], locale)
    const left = error instanceof CodedError ? error.details.members?.['left'] : undefined
    const triesLeft = typeof left === 'number' ? left : undefined
    return page(app, registry, request, { way, status, problem, triesLeft, trustDevice })
  }
}

interface Shown {
  readonly way: Way
  readonly status?: number
  readonly problem?: string | undefined
  readonly triesLeft?: number | undefined
  readonly trustDevice?: boolean
}

async function page(
  app: App,
  { auth, db }: Registry,
  request: ModuleRequest,
  { way, status = 200, problem, triesLeft, trustDevice = false }: Shown,
): Promise<PageResult> {
  const person = await auth.steps.waiting(request.cookies)
  if (!person) return { kind: 'redirect', to: '/auth/login', cookies: [auth.steps.over] }
  const { identity } = person
  const [profile, factor] = await Promise.all([
    findProfile(db.reader, { id: identity.id }),
    auth.factors.stateOf(identity.id),
  ])
  const speech = speechOf(app, request.locale)
  const props: CodePageProps = {
    ...speech,
    way,
    person: {
      username: identity.username,
      displayName: profile?.displayName ?? identity.username,
      avatar: profile?.avatarUrl ?? undefined,
    },
    recoveryCodesLeft: factor.recoveryCodesLeft,
    problem,
    triesLeft,
    trustDevice,
  }
  return {
    kind: 'html',
    status,
    shell: 'bare',
    title: speech.t('auth.code.short'),
    html: renderView(h(CodePage, props)),
    head: { noindex: true },
    scripts: ['user-management/code'],
  }
}
