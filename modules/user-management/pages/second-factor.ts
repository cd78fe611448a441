import { type App, CodedError, type HtmlPage, type ModuleRequest, renderView } from '#core'
import { h } from 'preact'
import { formText, refusalIn } from '../form.ts'
import { qrCode } from '../sign-in/qr-code.ts'
import { registryOf } from '../registration/registration.ts'
import { actorOf } from '../requester.ts'
import { findMe } from '../sign-in/sign-in.ts'
import { speechOf } from '../speech.ts'
import { RecoveryCodesPage } from '../views/recovery-codes.tsx'
import { SecondFactorPage } from '../views/second-factor.tsx'

const PATH = '/settings/second-factor'
const GUARDED = { policy: 'member', stepUp: true } as const

/** Turning codes on and off, and the codes on paper. All of it asks first who is there. */
export function secondFactorPages(app: App): void {
  const { factors } = app.auth

  app.page(PATH, GUARDED, (request) => page(app, request, {}))

  app.page(PATH, { ...GUARDED, method: 'POST' }, async (request) => {
    const ticket = formText(request.body, 'ticket')
    const code = formText(request.body, 'code')
    try {
      const codes = await factors.confirm(actorOf(request).id, { ticket, code })
      return codesPage(app, request, codes)
    } catch (error) {
      const { status, problem } = refusalIn(error, [], request.locale)
      return page(app, request, { ticket, status, problem })
    }
  })

  app.page(`${PATH}/removal`, { ...GUARDED, method: 'POST' }, async (request) => {
    await factors.remove(actorOf(request).id)
    return { kind: 'redirect', to: '/settings#security' }
  })

  app.page(`${PATH}/recovery-codes`, { ...GUARDED, method: 'POST' }, async (request) => {
    try {
      return codesPage(app, request, await factors.renewRecoveryCodes(actorOf(request).id))
    } catch (error) {
      if (!(error instanceof CodedError)) throw error
      return { kind: 'redirect', to: PATH }
    }
  })
}

interface Shown {
  readonly ticket?: string
  readonly status?: number
  readonly problem?: string | undefined
}

async function page(
  app: App,
  request: ModuleRequest,
  { ticket = '', status = 200, problem }: Shown,
): Promise<HtmlPage> {
  const { factors } = app.auth
  const actor = actorOf(request)
  const speech = speechOf(app, request.locale)
  const offer = (await factors.offerOf(actor, ticket)) ?? (await factors.offer(actor))
  const props = {
    ...speech,
    timeZone: (await findMe(registryOf(app), actor.id)).timeZone,
    state: await factors.stateOf(actor.id),
    offer,
    qr: await qrCode(offer.uri),
    problem,
  }
  return {
    kind: 'html',
    status,
    title: speech.t('factor.title'),
    html: renderView(h(SecondFactorPage, props)),
    head: { noindex: true },
    scripts: ['user-management/code'],
  }
}

/** Not a redirect: the codes are shown once and are nowhere else. */
function codesPage(app: App, request: ModuleRequest, codes: readonly string[]): HtmlPage {
  const speech = speechOf(app, request.locale)
  const station = app.station.name
  const { username } = actorOf(request)
  return {
    kind: 'html',
    title: speech.t('factor.codes.title'),
    html: renderView(h(RecoveryCodesPage, { ...speech, codes, station, username })),
    head: { noindex: true },
    scripts: ['user-management/recovery-codes'],
  }
}
