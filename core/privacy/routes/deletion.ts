import { h } from 'preact'
import { fullDate } from '../../../templates/index.ts'
import type { Client } from '../../auth/index.ts'
import type { CookieChange, ModuleRequest } from '../../port/requests.ts'
import type { StationAuth } from '../../auth/index.ts'
import { CodedError, coreErrors } from '../../errors.ts'
import { actorOf, corePage, coreRoute, formText } from '../../http/routes/core-route.ts'
import type { DockedRoute } from '../../http/routes/module-router.ts'
import type { Catalogue } from '../../i18n/catalogue.ts'
import { Type } from '../../type.ts'
import type { HtmlPage } from '../../views/page.ts'
import { renderView } from '../../views/render-view.ts'
import { GRACE_DAYS } from '../erasure/erasure-requests.ts'
import type { ErasedContent } from '../index.ts'
import type { Leaving } from '../erasure/leaving.ts'
import { DeletionPage, type DeletionProps, DeletionPlanned } from '../views/deletion.tsx'

export interface DeletionServices {
  readonly leaving: Leaving
  readonly auth: Pick<StationAuth, 'identityOf' | 'farewell'>
  readonly catalogue: Catalogue
  readonly station: { readonly name: string }
}

const closed = { additionalProperties: false } as const
const Farewell = Type.Object(
  {
    password: Type.String({ maxLength: 1_024 }),
    content: Type.Optional(
      Type.Unsafe<ErasedContent>({
        type: 'string',
        enum: ['delete', 'anonymise'],
        description: 'What becomes of texts others can read. Default `delete`.',
      }),
    ),
  },
  closed,
)
const Planned = Type.Object(
  { dueAt: Type.String({ format: 'date-time', description: 'When the data are erased' }) },
  closed,
)

const PATH = '/settings/deletion'
/** The password is asked for, so guessing has its own limits besides. */
const LIMIT = { max: 20, windowS: 3_600 }

/** How a person ends their account: for programs and as a form. */
export function deletionRoutes(services: DeletionServices): readonly DockedRoute[] {
  const { leaving, auth } = services
  return [
    coreRoute(
      'DELETE',
      '/api/v1/me',
      {
        policy: 'member',
        summary:
          'End every session; the data are erased after thirty days unless you sign in again',
        limit: LIMIT,
        body: Farewell,
        responses: { 202: Planned },
      },
      async (request) => {
        const { password, content = 'delete' } = request.body as {
          password: string
          content?: ErasedContent
        }
        const dueAt = await leaving.ask(actorOf(request), { password, content }, asking(request))
        return { status: 202, body: { dueAt }, cookies: auth.farewell }
      },
    ),
    corePage('GET', PATH, { policy: 'member' }, (request) => form(services, request)),
    corePage('POST', PATH, { policy: 'member', limit: LIMIT }, async (request) => {
      try {
        const farewell = {
          password: formText(request, 'password'),
          address: formText(request, 'address'),
          content: contentIn(request),
        }
        const dueAt = await leaving.ask(actorOf(request), farewell, asking(request))
        return planned(services, request, dueAt, auth.farewell)
      } catch (error) {
        if (!(error instanceof CodedError)) throw error
        return form(services, request, error)
      }
    }),
  ]
}

function asking({ client, locale }: ModuleRequest) {
  if (!client) throw coreErrors.QL_UNAUTHENTICATED()
  return { client: client satisfies Client, locale }
}

function contentIn(request: ModuleRequest): ErasedContent {
  return formText(request, 'content') === 'anonymise' ? 'anonymise' : 'delete'
}

async function form(
  { auth, catalogue }: DeletionServices,
  request: ModuleRequest,
  error?: CodedError,
): Promise<HtmlPage> {
  const { locale } = request
  const account = await auth.identityOf(actorOf(request).id)
  if (!account) throw coreErrors.QL_NOT_FOUND()
  const t = catalogue.translator(locale)
  const props: DeletionProps = {
    t,
    locale,
    email: account.email,
    days: GRACE_DAYS,
    content: contentIn(request),
    address: formText(request, 'address'),
    ...wrongIn(error, locale),
  }
  return {
    kind: 'html',
    status: error?.entry.status ?? 200,
    title: t('deletion.title'),
    html: renderView(h(DeletionPage, props)),
    head: { noindex: true },
  }
}

/** A wrong password of somebody who is signed in is a wrong field, not a lack of a session. */
function wrongIn(
  error: CodedError | undefined,
  locale: 'ru' | 'en',
): Pick<DeletionProps, 'errors' | 'problem'> {
  if (!error) return { errors: {} }
  const text = error.text(locale)
  if (error.code === 'QL_PRIVACY_ADDRESS_WRONG') return { errors: { address: text } }
  if (error.code === 'QL_AUTH_WRONG_CREDENTIALS') return { errors: { password: text } }
  return { errors: {}, problem: text }
}

function planned(
  { catalogue, station }: DeletionServices,
  { locale }: ModuleRequest,
  dueAt: string,
  cookies: readonly CookieChange[],
): HtmlPage {
  const t = catalogue.translator(locale)
  const props = { t, locale, day: fullDate(dueAt, locale, 'UTC'), stationName: station.name }
  const html = renderView(h(DeletionPlanned, props))
  const title = t('deletion.planned')
  const page = { shell: 'bare', isFarewell: true, head: { noindex: true }, cookies } as const
  return { kind: 'html', title, html, ...page }
}
