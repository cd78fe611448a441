import { type HtmlPage, isIconName, type PagePart, renderView, timeOfDay, TrustedHtml } from '#core'
import { h } from 'preact'
import type { RefusedForm, SettingsCard, SettingsVisit } from './card.ts'
import { CARDS } from './cards.ts'
import { type DrawnCard, SettingsFrame } from './frame.tsx'

/** The settings as a page; with what was typed, where a form was refused. */
export async function showSettings(visit: SettingsVisit, refused?: RefusedForm): Promise<HtmlPage> {
  const { app, request, me, speech } = visit
  const { locale } = request
  const isSaved = refused === undefined && request.query['saved'] !== undefined
  const own = await Promise.all(CARDS.map((card) => drawn(card, visit, refused)))
  const cards = own.filter((card) => card !== null)
  const props = {
    ...speech,
    cards: [...cards, ...(await foreignCards(visit))],
    savedAt: isSaved ? timeOfDay(app.clock.now(), locale, me.timeZone) : undefined,
    path: '/settings',
  }
  return {
    kind: 'html',
    status: refused?.status ?? 200,
    title: speech.t('settings.nav'),
    html: renderView(h(SettingsFrame, props)),
    head: { noindex: true },
    scripts: ['user-management/settings'],
  }
}

async function drawn(
  settings: SettingsCard,
  visit: SettingsVisit,
  refused: RefusedForm | undefined,
): Promise<DrawnCard | null> {
  const { id, icon, label, column } = settings
  const card = await settings.draw(visit, refused?.card === id ? refused : undefined)
  return card && { id, icon, label: visit.speech.t(label), column, card }
}

/** Cards that other modules and rooms of the core add; the first column begins with the tall ones. */
async function foreignCards({
  app,
  request: { actor, locale },
  me,
}: SettingsVisit): Promise<readonly DrawnCard[]> {
  const parts = await app.slotParts('settings.section', { actor, locale, subject: `user/${me.id}` })
  return parts.flatMap((part, index) => {
    const column = index % 2 === 0 ? 'end' : 'start'
    const card = cardIn(part, index, column)
    return card ? [card] : []
  })
}

function cardIn(
  { title, html, link }: PagePart,
  index: number,
  column: DrawnCard['column'],
): DrawnCard | null {
  if (title === undefined || html === undefined) return null
  const icon = link !== undefined && isIconName(link.icon) ? link.icon : 'blocks'
  /* A part whose link is an anchor stands under it, so that its forms can come back to it. */
  const id = /^#([a-z][a-z-]*)$/.exec(link?.href ?? '')?.[1] ?? `section-${index + 1}`
  return { id, icon, label: title, column, card: h(TrustedHtml, { key: id, id, html }) }
}
