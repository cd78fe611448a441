import { type PagePart, renderView, type SlotContext } from '#core'
import { h } from 'preact'
import { type Desk, QUEUE_PATH } from './desk.ts'
import { namesOf } from './names.ts'
import { peopleIn } from './pages/queue.ts'
import { countAnswered, listQueue } from './queue.ts'
import { countOpen } from './reports.ts'
import { lastDecided } from './undo.ts'
import { ReportItem } from './views/report.tsx'
import { Waiting } from './views/waiting.tsx'

/** Reports on the dashboard; the rest is one press away. */
const ON_DASHBOARD = 4

/** The places of moderation in pages of others. */
export function bindSlots(desk: Desk): void {
  const { app } = desk
  app.slot('profile.menu', async (context) => reportItem(desk, context))
  app.slot('chat.sidebar', async (context) => reportLink(desk, context))
  app.slot('post.after', async (context) => reportItem(desk, context))
  app.slot('comment.menu', async (context) => commentLink(desk, context))
  app.slot('message.menu', async (context) => reportLink(desk, context))
  app.slot('admin.section', (context) => section(desk, context))
  app.slot('admin.dashboard', (context) => waiting(desk, context))
}

/** Nothing for strangers, who cannot report, and nothing about one's own. */
function reportItem({ app }: Desk, context: SlotContext): PagePart | null {
  const { actor, locale, subject, path, ownerId } = context
  if (!actor || subject === undefined || path === undefined || ownerId === actor.id) return null
  const props = { t: app.translator(locale), locale, subject, path }
  return { order: 900, html: renderView(h(ReportItem, props)) }
}

/** The same where the host draws the link. */
function reportLink({ app }: Desk, context: SlotContext): PagePart | null {
  const { actor, locale, subject, path, ownerId } = context
  if (!actor || subject === undefined || path === undefined || ownerId === actor.id) return null
  const query = new URLSearchParams({ about: subject, from: path }).toString()
  const label = app.translator(locale)('moderation.report.link')
  return { order: 900, link: { href: `/report?${query}`, icon: 'flag', label } }
}

async function section({ app, db }: Desk, { locale }: SlotContext): Promise<PagePart> {
  const label = app.translator(locale)('moderation.section')
  const badge = (await countOpen(db.reader)) + (await countAnswered(db.reader))
  return { order: 30, link: { href: QUEUE_PATH, icon: 'shield-alert', label, badge } }
}

/** One link for all comments of a page; who draws it says which one with `about`. */
function commentLink({ app }: Desk, { actor, locale, path }: SlotContext): PagePart | null {
  if (!actor || path === undefined) return null
  const label = app.translator(locale)('moderation.report.link')
  const query = new URLSearchParams({ from: path }).toString()
  return { order: 900, link: { href: `/report?${query}`, icon: 'flag', label } }
}

/** The oldest few that wait, with the answers in place; nothing for those who may not decide. */
async function waiting(desk: Desk, { actor, locale, path }: SlotContext): Promise<PagePart | null> {
  const { app, db } = desk
  if (!actor || actor.role === 'member') return null
  const [{ items }, open, decided] = await Promise.all([
    listQueue(desk, actor, 'open', undefined, ON_DASHBOARD),
    countOpen(db.reader),
    lastDecided(db.reader, actor, app.clock.now()),
  ])
  const names = await namesOf(app, items.flatMap(peopleIn))
  const t = app.translator(locale)
  const props = { t, locale, items, names, open, decided, back: path }
  const html = renderView(h(Waiting, props))
  return { order: 40, title: t('moderation.waiting'), html }
}
