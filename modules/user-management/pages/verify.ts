import {
  type App,
  CodedError,
  type HeldForm,
  type HtmlPage,
  type ModuleRequest,
  ownPath,
  renderView,
} from '#core'
import { h } from 'preact'
import { formText, refusalIn } from '../form.ts'
import { actorOf, clientOf } from '../requester.ts'
import { speechOf } from '../speech.ts'
import { VerifyPage, type VerifyProps } from '../views/verify.tsx'

/** Where dangerous pages lead first: a moment later the person is back there. */
export function verifyPages(app: App): void {
  const { stepUp } = app.auth

  app.page('/auth/verify', { policy: 'member' }, async (request) => {
    if (request.held) return heldPage(app, request, request.held)
    const returnTo = ownPath(request.query['return'])
    if (await stepUp.isFresh(actorOf(request).sessionId)) return { kind: 'redirect', to: returnTo }
    return page(app, request, { returnTo, status: 200 })
  })

  app.page('/auth/verify', { policy: 'member', method: 'POST' }, async (request) => {
    const { body, locale } = request
    const returnTo = ownPath(formText(body, 'return'))
    const proof = { password: formText(body, 'password'), code: formText(body, 'code') }
    try {
      await stepUp.prove(actorOf(request), proof, clientOf(request))
      return { kind: 'redirect', to: returnTo }
    } catch (error) {
      const { problem, status } = refusalIn(error, [], locale)
      return page(app, request, { returnTo, status, problem, triesLeft: triesLeftIn(error) })
    }
  })
}

/** The form that waits is answered as refused until the proof is there. */
function heldPage(app: App, request: ModuleRequest, held: HeldForm): Promise<HtmlPage> {
  const { problem } = held
  return page(app, request, {
    returnTo: held.back,
    held,
    status: problem?.entry.status ?? 403,
    problem: problem?.text(request.locale),
    triesLeft: triesLeftIn(problem),
  })
}

function triesLeftIn(error: unknown): number | undefined {
  const left = error instanceof CodedError ? error.details.members?.['left'] : undefined
  return typeof left === 'number' ? left : undefined
}

type Shown = Pick<VerifyProps, 'returnTo' | 'held' | 'problem' | 'triesLeft'> & {
  readonly status: number
}

async function page(
  app: App,
  request: ModuleRequest,
  { status, ...shown }: Shown,
): Promise<HtmlPage> {
  const speech = speechOf(app, request.locale)
  const asks = await app.auth.stepUp.asks(actorOf(request).id)
  return {
    kind: 'html',
    status,
    shell: 'bare',
    title: speech.t('auth.verify.title'),
    html: renderView(h(VerifyPage, { ...speech, ...shown, asks })),
    head: { noindex: true },
    scripts: [asks === 'code' ? 'user-management/code' : 'user-management/password'],
  }
}
