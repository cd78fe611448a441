import { h } from 'preact'
import { NotificationSettings } from '../../../templates/index.ts'
import type { ModuleRequest } from '../../port/requests.ts'
import { actorOf, corePage } from '../../http/routes/core-route.ts'
import type { DockedRoute } from '../../http/routes/module-router.ts'
import type { Catalogue } from '../../i18n/catalogue.ts'
import type { Mail } from '../../mail/index.ts'
import type { PagePart, SlotContext } from '../../views/page.ts'
import { renderView } from '../../views/render-view.ts'
import type { Slots } from '../../views/slots.ts'
import type { ChannelChoice } from '../index.ts'
import type { StationNotifications } from '../station-notifications.ts'
import { CHANNELS, choicesOf } from './choices.ts'

export interface SettingsCardServices {
  readonly notifications: StationNotifications
  readonly catalogue: Catalogue
  readonly slots: Slots
  readonly mail: Mail
}

const ORDER = 60

/** Fills `settings.section` and takes its form. */
export function notificationSettings(services: SettingsCardServices): readonly DockedRoute[] {
  services.slots.add('settings.section', {
    module: 'core',
    mayUseHtml: true,
    fill: (context) => card(services, context),
  })
  return [
    corePage('POST', '/notifications/choices', { policy: 'member' }, async (request) => {
      await save(services.notifications, request)
      return { kind: 'redirect', to: '/settings?saved#notifications' }
    }),
  ]
}

async function card(
  { notifications, catalogue, mail }: SettingsCardServices,
  { actor, locale }: SlotContext,
): Promise<PagePart | null> {
  if (!actor) return null
  const [choices, isDiscreet] = await Promise.all([
    choicesOf(notifications, actor, locale),
    notifications.choices.isDiscreet(actor.id),
  ])
  const t = catalogue.translator(locale)
  const props = { t, locale, choices, isDiscreet, hasMail: mail.isConfigured }
  return {
    order: ORDER,
    title: t('notifications.settings'),
    link: { href: '#notifications', icon: 'bell', label: t('notifications.settings') },
    html: renderView(h(NotificationSettings, props)),
  }
}

/** A box that is not checked is not sent, so every kind is written as the form shows it. */
async function save(notifications: StationNotifications, request: ModuleRequest): Promise<void> {
  const actor = actorOf(request)
  const form = (request.body ?? {}) as Readonly<Record<string, unknown>>
  const changes = notifications.kinds.for(actor).map((kind): [string, Partial<ChannelChoice>] => {
    const checked = CHANNELS.map((channel) => [channel, form[`${kind.id}:${channel}`] === 'on'])
    return [kind.id, Object.fromEntries(checked) as Partial<ChannelChoice>]
  })
  await notifications.choices.change(actor.id, new Map(changes))
  await notifications.choices.setDiscreet(actor.id, form['discreet'] === 'on')
}
