import { h } from 'preact'
import { fullDate } from '../../../templates/index.ts'
import type { Database } from '../../../db/index.ts'
import type { Locale, ModuleRequest } from '../../port/requests.ts'
import type { Calls } from '../../calls/calls.ts'
import { coreErrors } from '../../errors.ts'
import { actorOf, corePage, formText } from '../../http/routes/core-route.ts'
import type { DockedRoute } from '../../http/routes/module-router.ts'
import { ownPath } from '../../http/requests/own-path.ts'
import type { Catalogue } from '../../i18n/catalogue.ts'
import { zoneOf } from '../../notifications/people.ts'
import type { PagePart, PageResult, SlotContext } from '../../views/page.ts'
import { renderView } from '../../views/render-view.ts'
import type { Slots } from '../../views/slots.ts'
import { LATER_COOKIE } from '../consent/consent-detour.ts'
import {
  type ConsentMethod,
  type Consents,
  type Saying,
  WITHDRAWABLE,
} from '../consent/consents.ts'
import { privacyErrors } from '../errors.ts'
import type { LegalDocuments } from '../legal/legal-documents.ts'
import { legalHtml } from '../legal/legal-html.ts'
import { type DocumentName, isDocument } from '../legal/legal-template.ts'
import { AskingPage, type ConsentLine, MyConsents } from '../views/consents.tsx'

export interface ConsentServices {
  readonly consents: Consents
  readonly documents: LegalDocuments
  readonly database: Database
  readonly calls: Calls
  readonly catalogue: Catalogue
  readonly slots: Slots
}

const ORDER = 70
const DAY_S = 86_400

/** The card of one's consents, and the page that asks when a text has changed. */
export function consentPages(services: ConsentServices): readonly DockedRoute[] {
  const { consents, slots } = services
  slots.add('settings.section', {
    module: 'core',
    mayUseHtml: true,
    fill: (context) => card(services, context),
  })
  return [
    corePage('POST', '/settings/consents', { policy: 'member' }, async (request) => {
      const document = documentIn(request)
      const isWithdrawal = formText(request, 'action') === 'withdraw'
      if (!WITHDRAWABLE.has(document)) throw privacyErrors.QL_PRIVACY_DOCUMENT_UNKNOWN()
      /* Without this one there is no account: taking it back is leaving. */
      if (isWithdrawal && document === 'consent') {
        return { kind: 'redirect', to: '/settings/deletion' }
      }
      if (isWithdrawal) {
        await consents.withdraw(actorOf(request).id, document, saying(request, 'card'))
      } else await give(services, request, document, 'card')
      return { kind: 'redirect', to: '/settings?saved#my-consents' }
    }),
    corePage('GET', '/consent', { policy: 'member' }, (request) => ask(services, request, false)),
    corePage('POST', '/consent', { policy: 'member' }, async (request) => {
      const document = documentIn(request)
      const { version } = await services.documents.text(document, request.locale)
      const isSeen = formText(request, 'version') === String(version)
      if (formText(request, 'agree') !== 'true' || !isSeen) return ask(services, request, true)
      await give(services, request, document, 'page')
      const isLeft = await consents.isAskedOf(actorOf(request).id)
      const back = ownPath(formText(request, 'return'))
      const to = isLeft ? `/consent?return=${encodeURIComponent(back)}` : back
      return { kind: 'redirect', to }
    }),
    corePage('POST', '/consent/later', { policy: 'member' }, async (request) => {
      const cookies = [{ name: LATER_COOKIE, value: '1', maxAgeS: DAY_S }]
      return { kind: 'redirect', to: ownPath(formText(request, 'return')), cookies }
    }),
  ]
}

function documentIn(request: ModuleRequest): DocumentName {
  const document = formText(request, 'document')
  if (!isDocument(document)) throw privacyErrors.QL_PRIVACY_DOCUMENT_UNKNOWN()
  return document
}

export function saying({ locale, client }: ModuleRequest, method: ConsentMethod): Saying {
  if (!client) throw coreErrors.QL_UNAUTHENTICATED()
  return { locale, client, method }
}

async function give(
  { consents, database }: ConsentServices,
  request: ModuleRequest,
  document: DocumentName,
  method: ConsentMethod,
): Promise<void> {
  const { id } = actorOf(request)
  await database.transaction((tx) => consents.give(tx, id, document, saying(request, method)))
}

async function ask(
  { consents, documents, catalogue }: ConsentServices,
  request: ModuleRequest,
  missing: boolean,
): Promise<PageResult> {
  const { locale, query } = request
  const states = await consents.states(actorOf(request).id)
  const asked = states.filter(({ isAsked }) => isAsked)
  const back = ownPath(formText(request, 'return') || query['return'])
  if (asked.length === 0) return { kind: 'redirect', to: back }
  const shown = await Promise.all(
    asked.map(async ({ document }) => {
      const { title, body, version } = await documents.text(document, locale)
      return { document, title, version, html: await legalHtml(body) }
    }),
  )
  const t = catalogue.translator(locale)
  const html = renderView(h(AskingPage, { t, locale, documents: shown, back, missing }))
  const status = missing ? 422 : 200
  return { kind: 'html', status, title: t('asking.title'), html, head: { noindex: true } }
}

async function card(
  services: ConsentServices,
  { actor, locale }: SlotContext,
): Promise<PagePart | null> {
  if (!actor) return null
  const t = services.catalogue.translator(locale)
  const lines = await linesOf(services, actor.id, locale)
  return {
    order: ORDER,
    title: t('consents.title'),
    link: { href: '#my-consents', icon: 'check', label: t('consents.title') },
    html: renderView(h(MyConsents, { t, locale, lines })),
  }
}

async function linesOf(
  { consents, documents, calls }: ConsentServices,
  userId: string,
  locale: Locale,
): Promise<ConsentLine[]> {
  const [states, timeZone] = await Promise.all([consents.states(userId), zoneOf(calls, userId)])
  const own = states.filter(({ document }) => WITHDRAWABLE.has(document))
  return Promise.all(
    own.map(async ({ document, last }): Promise<ConsentLine> => {
      const { title } = await documents.text(document, locale)
      const day = last ? fullDate(last.at, locale, timeZone) : ''
      return { document, title, state: last?.action ?? 'none', day, version: last?.version ?? 0 }
    }),
  )
}
