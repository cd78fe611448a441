import { type App, FLAVOURS, MOTIONS, TEXT_SIZES, THEMES } from '#core'
import { formText, formTexts, type Refusal, refusalIn } from '../form.ts'
import { lookCookies } from '../profile/look-cookies.ts'
import { changeProfile } from '../profile/profile.ts'
import { registryOf } from '../registration/registration.ts'
import { actorOf } from '../requester.ts'
import type { ProfileChange } from '../schema.ts'
import { CARDS } from '../settings/cards.ts'
import { showSettings } from '../settings/page.ts'
import { visitOf } from '../settings/visit.ts'
import { PAGE_AUDIENCES, READERS_AUDIENCES } from '../tables.ts'

const FIELDS = ['displayName', 'bio', 'place', 'links', 'timeZone'] as const
const TEXTS = ['displayName', 'bio', 'place', 'timeZone'] as const
type Field = (typeof FIELDS)[number]

export function settingsPages(app: App): void {
  const registry = registryOf(app)
  const { db } = registry

  app.page('/settings', { policy: 'member' }, async (request) =>
    showSettings(await visitOf(app, registry, request)),
  )

  /* Each card sends its own fields; what is not sent stays as it is. */
  app.page('/settings', { policy: 'member', method: 'POST' }, async (request) => {
    const { id } = actorOf(request)
    const change = sentChange(request.body)
    const card = CARDS.find((known) => known.id === formText(request.body, 'card'))?.id
    try {
      const now = app.clock.now()
      const profile = await db.transaction((tx) => changeProfile(tx, id, change, now))
      const to = card === undefined ? '/settings?saved' : `/settings?saved#${card}`
      return { kind: 'redirect', to, cookies: lookCookies(profile) }
    } catch (error) {
      const { status, errors, problem }: Refusal<Field> = refusalIn(error, FIELDS, request.locale)
      const typed = typedIn(request.body)
      const refused = { card: card ?? 'profile', status, typed, errors, problem }
      return showSettings(await visitOf(app, registry, request), refused)
    }
  })
}

/** What was typed. A choice that is none of those offered stays as it was. */
function sentChange(form: unknown): ProfileChange {
  const sent = new Set(Object.keys(Object(form)))
  const locale = formText(form, 'locale')
  const theme = THEMES.find((known) => known === formText(form, 'theme'))
  const pageFor = PAGE_AUDIENCES.find((known) => known === formText(form, 'pageFor'))
  const readersFor = READERS_AUDIENCES.find((known) => known === formText(form, 'readersFor'))
  const flavour = FLAVOURS.find((known) => known === formText(form, 'flavour'))
  return {
    ...Object.fromEntries(
      TEXTS.filter((field) => sent.has(field)).map((field) => [field, formText(form, field)]),
    ),
    ...(locale === 'ru' || locale === 'en' ? { locale } : {}),
    ...(theme ? { theme } : {}),
    ...(sent.has('links') ? { links: [...formTexts(form, 'links')] } : {}),
    ...(pageFor ? { pageFor } : {}),
    ...(readersFor ? { readersFor } : {}),
    ...(flavour ? { flavour } : {}),
    ...comfortIn(form),
  }
}

/** A slider sends its place; a switch that is off sends only what stands beneath it. */
function comfortIn(form: unknown): ProfileChange {
  const place = formText(form, 'textSize')
  const textSize = place === '' ? undefined : TEXT_SIZES[Number(place)]
  const motion = MOTIONS.find((known) => known === formTexts(form, 'motion').at(-1))
  return { ...(textSize ? { textSize } : {}), ...(motion ? { motion } : {}) }
}

/** As it was written, so that nothing is lost when it is refused; addresses one per line. */
function typedIn(form: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...FIELDS, 'locale'].flatMap((field) => {
      const texts = formTexts(form, field)
      return texts.length === 0 ? [] : [[field, texts.join('\n')]]
    }),
  )
}
