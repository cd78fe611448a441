import { type PagePart, renderView, type SlotContext } from '#core'
import { h } from 'preact'
import type { Desk } from './desk.ts'
import { countOpen } from './reports.ts'
import { ReportItem } from './views/report.tsx'

/** The places of moderation in pages of others. */
export function bindSlots(desk: Desk): void {
  const { app } = desk
  app.slot('profile.menu', async (context) => reportItem(desk, context))
  app.slot('post.after', async (context) => reportItem(desk, context))
  app.slot('nav', (context) => queueLink(desk, context))
}

/** Nothing for strangers, who cannot report, and nothing about one's own. */
function reportItem({ app }: Desk, context: SlotContext): PagePart | null {
  const { actor, locale, subject, path, ownerId } = context
  if (!actor || subject === undefined || path === undefined || ownerId === actor.id) return null
  const props = { t: app.translator(locale), locale, subject, path }
  return { order: 900, html: renderView(h(ReportItem, props)) }
}

async function queueLink(
  { app, db }: Desk,
  { actor, locale }: SlotContext,
): Promise<PagePart | null> {
  if (!actor || actor.role === 'member') return null
  const count = await countOpen(db.reader)
  if (count === 0) return null
  const label = app.translator(locale)('moderation.nav', { count })
  return { order: 80, link: { href: '/reports', icon: 'flag', label } }
}
