import {
  type App,
  FLAVOURS,
  type HtmlPage,
  isIconName,
  type ModuleRequest,
  type PagePart,
  renderView,
  THEMES,
} from '#core'
import { h } from 'preact'
import { type Refusal, formText, refusalIn } from '../form.ts'
import { lookCookies, lookIn } from '../look-cookies.ts'
import { changeProfile } from '../profile.ts'
import { MAX_BIO } from '../profile-text.ts'
import { registryOf } from '../registration.ts'
import { actorOf } from '../requester.ts'
import type { Me } from '../schema.ts'
import { findMe } from '../sign-in.ts'
import { speechOf } from '../speech.ts'
import { TIME_ZONES } from '../time-zones.ts'
import {
  type SettingsField,
  SettingsPage,
  type SettingsProps,
  type SettingsSection,
} from '../views/settings.tsx'

type Values = SettingsProps['values']
type Outcome = Pick<SettingsProps, 'errors' | 'saved'> & { readonly status: number }

const FIELDS: readonly SettingsField[] = [
  'displayName',
  'bio',
  'locale',
  'theme',
  'flavour',
  'timeZone',
]

export function settingsPages(app: App): void {
  const registry = registryOf(app)
  const { db } = registry

  app.page('/settings', { policy: 'member' }, async (request) => {
    const me = await findMe(registry, actorOf(request).id)
    const saved = request.query['saved'] !== undefined
    return page(app, request, me, seenValues(me, request), { status: 200, errors: {}, saved })
  })

  app.page('/settings', { policy: 'member', method: 'POST' }, async (request) => {
    const { id } = actorOf(request)
    const me = await findMe(registry, id)
    const values = sentValues(request.body, me)
    try {
      const now = app.clock.now()
      const profile = await db.transaction((tx) => changeProfile(tx, id, values, now))
      return { kind: 'redirect', to: '/settings?saved', cookies: lookCookies(profile) }
    } catch (error) {
      const refusal: Refusal<SettingsField> = refusalIn(error, FIELDS, request.locale)
      return page(app, request, me, values, { ...refusal, saved: false })
    }
  })
}

async function page(
  app: App,
  request: ModuleRequest,
  me: Me,
  values: Values,
  { status, errors, saved }: Outcome,
): Promise<HtmlPage> {
  const { actor, locale } = request
  const speech = speechOf(app, locale)
  const context = { actor, locale, subject: `user/${me.id}` }
  const parts = await app.slotParts('settings.section', context)
  const props: SettingsProps = {
    ...speech,
    person: { username: me.username, email: me.email },
    values,
    errors,
    saved,
    timeZones: TIME_ZONES,
    maxBio: MAX_BIO,
    sections: parts.flatMap(sectionOf),
    path: '/settings',
  }
  return {
    kind: 'html',
    status,
    title: speech.t('settings.nav'),
    html: renderView(h(SettingsPage, props)),
    head: { noindex: true },
  }
}

function sectionOf({ title, html, link }: PagePart, index: number): SettingsSection[] {
  if (title === undefined || html === undefined) return []
  const icon = link !== undefined && isIconName(link.icon) ? link.icon : 'blocks'
  /* A part whose link is an anchor stands under it, so that its forms can come back to it. */
  const anchor = /^#([a-z][a-z-]*)$/.exec(link?.href ?? '')?.[1]
  return [{ id: anchor ?? `section-${index + 1}`, icon, label: title, html }]
}

/** Saved values; language and theme as this browser shows them now. */
function seenValues(me: Me, { locale, cookies }: ModuleRequest): Values {
  const { theme = me.theme } = lookIn(cookies)
  const { displayName, bio, flavour, timeZone } = me
  return { displayName, bio, locale, theme, flavour, timeZone }
}

/** What was typed. A choice that is none of those offered stays as it was. */
function sentValues(form: unknown, me: Me): Values {
  const locale = formText(form, 'locale')
  return {
    displayName: formText(form, 'displayName'),
    bio: formText(form, 'bio'),
    locale: locale === 'ru' || locale === 'en' ? locale : me.locale,
    theme: THEMES.find((known) => known === formText(form, 'theme')) ?? me.theme,
    flavour: FLAVOURS.find((known) => known === formText(form, 'flavour')) ?? me.flavour,
    timeZone: formText(form, 'timeZone') || me.timeZone,
  }
}
