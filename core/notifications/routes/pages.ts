import { h } from 'preact'
import {
  ago,
  fullDate,
  isIconName,
  type NotificationDay,
  type NotificationItem,
  NotificationsPage,
  type NotificationsProps,
  shortDate,
  type Translate,
} from '../../../templates/index.ts'
import type { Clock } from '../../app.ts'
import type { Actor, Locale, ModuleRequest } from '../../port/requests.ts'
import type { Calls } from '../../calls/calls.ts'
import { coreErrors } from '../../errors.ts'
import { actorOf, corePage, formText } from '../../http/routes/core-route.ts'
import type { DockedRoute } from '../../http/routes/module-router.ts'
import { ownPath } from '../../http/requests/own-path.ts'
import type { Catalogue } from '../../i18n/catalogue.ts'
import type { HtmlPage } from '../../views/page.ts'
import { renderView } from '../../views/render-view.ts'
import type { ChannelChoice, NotificationGroup, NotificationLine } from '../index.ts'
import { peopleOf } from '../people.ts'
import type { StationNotifications } from '../station-notifications.ts'
import { filtered } from './api.ts'

export interface NotificationPageServices {
  readonly notifications: StationNotifications
  readonly catalogue: Catalogue
  readonly calls: Calls
  readonly clock: Clock
}

const PATH = '/notifications'
const PAGE_SIZE = 30
const GROUPS: readonly NotificationGroup[] = ['me', 'blog', 'station']

/** The list as a page, the button that reads all of it, and the address behind each line. */
export function notificationPages(services: NotificationPageServices): readonly DockedRoute[] {
  const { notifications } = services
  return [
    corePage('GET', PATH, { policy: 'member' }, (request) => listPage(services, request)),
    corePage('POST', `${PATH}/read`, { policy: 'member' }, async (request) => {
      await notifications.markRead(actorOf(request).id, { all: true })
      return { kind: 'redirect', to: ownPath(formText(request, 'return') || PATH) }
    }),
    corePage('GET', `${PATH}/:id`, { policy: 'member' }, async (request) => {
      const { id } = request.params
      const actor = actorOf(request)
      const row = await notifications.inbox.find(actor.id, id ?? '')
      if (!row) throw coreErrors.QL_NOT_FOUND()
      /* Reading twice changes nothing, so a link may do it. */
      if (row.read_at === null) await notifications.markRead(actor.id, { ids: [row.id] })
      return { kind: 'redirect', to: row.url, status: 302 }
    }),
  ]
}

async function listPage(
  services: NotificationPageServices,
  request: ModuleRequest,
): Promise<HtmlPage> {
  const { notifications, catalogue, calls, clock } = services
  const { locale, query } = request
  const actor = actorOf(request)
  const { id } = actor
  const t = catalogue.translator(locale)
  const group = GROUPS.find((known) => known === query['filter'])
  const cursor = query['cursor']
  const wanted = { ...filtered(notifications, group), limit: PAGE_SIZE, cursor }
  const [list, people, byKind, choices, silenced] = await Promise.all([
    notifications.list(id, locale, wanted),
    peopleOf(calls, [id]),
    notifications.inbox.unreadByKind(id),
    notifications.choices.of(id),
    silencedIn(notifications, request),
  ])
  const timeZone = people.get(id)?.timeZone ?? 'UTC'
  const kinds = silenceable(notifications, choices, locale)
  const when = { t, locale, timeZone, now: clock.now(), kinds }
  const path = group ? `${PATH}?filter=${group}` : PATH
  const props = {
    t,
    locale,
    path,
    unread: list.unread,
    days: daysOf(list.items, when),
    filters: filtersOf({ notifications, actor, byKind, active: group }, t),
    silenced,
    next: list.nextCursor ? `${path}${group ? '&' : '?'}cursor=${list.nextCursor}` : undefined,
  }
  return {
    kind: 'html',
    title: t('notifications.title'),
    html: renderView(h(NotificationsPage, props)),
    active: PATH,
    head: { noindex: true },
  }
}

/** The kind that a form has just silenced, for the toast that takes it back. */
async function silencedIn(
  { inbox, kinds }: StationNotifications,
  request: ModuleRequest,
): Promise<NotificationsProps['silenced']> {
  const { silenced: id, was = '' } = request.query
  const row = id === undefined ? undefined : await inbox.find(actorOf(request).id, id)
  const kind = row && kinds.find(row.kind)
  return row && kind && { id: row.id, kind: kind.title[request.locale], was }
}

/** Titles of the kinds that are told somewhere and need not be. */
function silenceable(
  { kinds }: StationNotifications,
  choices: ReadonlyMap<string, ChannelChoice>,
  locale: Locale,
): ReadonlyMap<string, string> {
  const told = kinds.all.filter(({ id, isMandatory }) => {
    const { inApp, push, mail } = choices.get(id) ?? { inApp: false, push: false, mail: false }
    return isMandatory !== true && (inApp || push || mail)
  })
  return new Map(told.map(({ id, title }) => [id, title[locale]]))
}

interface Filtering {
  readonly notifications: StationNotifications
  readonly actor: Actor
  readonly byKind: ReadonlyMap<string, number>
  readonly active: NotificationGroup | undefined
}

/** Only groups in which this person can be told of anything; none where there is one. */
function filtersOf({ notifications, actor, byKind, active }: Filtering, t: Translate) {
  const kinds = notifications.kinds.for(actor)
  const groups = GROUPS.filter((name) => kinds.some(({ group }) => group === name))
  if (groups.length < 2) return []
  return [undefined, ...groups].map((group) => {
    const counts = [...byKind].map(([kind, count]) => {
      const found = notifications.kinds.find(kind)?.group ?? 'station'
      return group === undefined || found === group ? count : 0
    })
    return {
      href: group === undefined ? PATH : `${PATH}?filter=${group}`,
      label: t(`notifications.filter.${group ?? 'all'}`),
      unread: counts.reduce((sum, count) => sum + count, 0),
      isActive: group === active,
    }
  })
}

interface When {
  readonly t: Translate
  readonly locale: Locale
  readonly timeZone: string
  readonly now: Date
  /** Titles of the kinds that can be silenced. */
  readonly kinds: ReadonlyMap<string, string>
}

const DAY_MS = 24 * 3600 * 1000

/** In the order of the list; a day is what the reader's own clock calls one. */
function daysOf(lines: readonly NotificationLine[], when: When): NotificationDay[] {
  const days = new Map<string, NotificationItem[]>()
  for (const line of lines) {
    const label = dayOf(line.at, when)
    days.set(label, [...(days.get(label) ?? []), itemOf(line, when)])
  }
  return [...days].map(([label, items]) => ({ label, items }))
}

function dayOf(at: string, { t, locale, timeZone, now }: When): string {
  const day = (instant: string | Date): string => fullDate(instant, locale, timeZone)
  if (day(at) === day(now)) return t('notifications.today')
  const yesterday = new Date(now.getTime() - DAY_MS)
  if (day(at) === day(yesterday)) return t('notifications.yesterday')
  return shortDate(at, locale, timeZone, now)
}

function itemOf(line: NotificationLine, { locale, timeZone, now, kinds }: When): NotificationItem {
  const { id, kind, actor, icon, quote, text, others, at, isRead, group } = line
  return {
    id,
    href: `${PATH}/${id}`,
    icon: isIconName(icon) ? icon : 'bell',
    group: kind === 'security' ? 'security' : group,
    ...(actor ? { actor } : {}),
    others,
    text,
    ...(quote === null ? {} : { quote }),
    at,
    time: ago(at, locale, timeZone, now),
    isRead,
    kind: kinds.get(kind),
  }
}
