import { type App, type HtmlPage, type ModuleRequest, renderView } from '#core'
import { h } from 'preact'
import { shownAs } from '../people/names.ts'
import { actorOf } from '../requester.ts'
import { InvitationForm } from '../schema.ts'
import { InvitationsPage } from '../views/invitations.tsx'

const HERE = '/admin/invitations'

export function invitationPages(app: App): void {
  const desk = app.administration.invitations
  app.page(HERE, { policy: 'admin' }, (request) => invitations(app, request))

  /* Answered in place: the link is known at this moment alone, and an address would keep it. */
  app.page(
    HERE,
    {
      policy: 'admin',
      method: 'POST',
      body: InvitationForm,
      limit: { max: 100, windowS: 3_600 },
    },
    async (request) => {
      const { note, maxUses, days } = request.body
      const wanted = { note, maxUses: Number(maxUses), days: Number(days) }
      const { url } = await desk.create(actorOf(request), wanted)
      return invitations(app, request, url)
    },
  )

  app.page(`${HERE}/:id/revocation`, { policy: 'admin', method: 'POST' }, async (request) => {
    await desk.revoke(actorOf(request), request.params['id'] ?? '')
    return { kind: 'redirect', to: `${HERE}?revoked` }
  })
}

async function invitations(app: App, request: ModuleRequest, made?: string): Promise<HtmlPage> {
  const { locale, query } = request
  const t = app.translator(locale)
  const desk = app.administration.invitations
  const [list, policy] = await Promise.all([desk.list(), desk.policy()])
  const { id } = actorOf(request)
  const shown = await shownAs(app, [id, ...list.map(({ madeBy }) => madeBy.id)])
  const timeZone = shown.get(id)?.timeZone ?? 'UTC'
  const isRevoked = query['revoked'] !== undefined
  const now = app.clock.now()
  const props = { t, locale, policy, invitations: list, shown, made, isRevoked, timeZone, now }
  return {
    kind: 'html',
    shell: 'admin',
    title: t('admin.section.invitations'),
    html: renderView(h(InvitationsPage, props)),
    head: { noindex: true },
    scripts: ['admin-panel/invitations'],
  }
}
