import { type PagePart, renderView, type SlotContext, Type } from '#core'
import { h } from 'preact'
import { SHOWN_TO, showPresence, shownPresence, type ShownTo } from '../presence/presence.ts'
import { actorOf, type Room } from '../room.ts'
import { LastSeenCard } from '../views/last-seen.tsx'

const PATH = '/me/last-seen'
const LIMIT = { max: 60, windowS: 3_600 } as const
const Choice = Type.Object(
  { shownTo: Type.Unsafe<ShownTo>({ type: 'string', enum: [...SHOWN_TO] }) },
  { additionalProperties: false },
)

/** Who may know when one was here, among the settings. */
export function lastSeenPages(room: Room): void {
  room.app.slot('settings.section', (context) => card(room, context))
  room.app.page(
    PATH,
    { policy: 'member', method: 'POST', body: Choice, limit: LIMIT },
    async (request) => {
      await showPresence(room, actorOf(request).id, request.body.shownTo)
      return { kind: 'redirect', to: '/settings?saved#last-seen' }
    },
  )
}

async function card(room: Room, { actor, locale }: SlotContext): Promise<PagePart | null> {
  if (!actor) return null
  const t = room.app.translator(locale)
  const chosen = await shownPresence(room, actor.id)
  const label = t('messaging.lastSeen.nav')
  return {
    order: 65,
    title: label,
    link: { href: '#last-seen', icon: 'eye', label },
    html: renderView(h(LastSeenCard, { t, action: PATH, chosen })),
  }
}
