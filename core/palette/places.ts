import { type IconName, isIconName } from '../../templates/index.ts'
import type { Actor, Locale } from '../port/requests.ts'
import type { ModuleRouter } from '../http/routes/module-router.ts'
import type { Catalogue } from '../i18n/catalogue.ts'
import { adminSections } from '../views/admin-sections.ts'
import type { NavLink } from '../views/page.ts'
import type { Slots } from '../views/slots.ts'

/** Where a person can go. */
export interface Place {
  readonly href: string
  readonly icon: IconName
  readonly label: string
}

export interface Places {
  /** Of the shell, and the person's own. */
  readonly pages: readonly Place[]
  /** Of the administration; none for members. */
  readonly station: readonly Place[]
}

export interface PlaceServices {
  readonly slots: Slots
  readonly router: Pick<ModuleRouter, 'find'>
  readonly catalogue: Catalogue
}

/** Pages this person may open: what leads there elsewhere leads there here. */
export async function placesOf(
  services: PlaceServices,
  actor: Actor,
  locale: Locale,
): Promise<Places> {
  const { slots, router, catalogue } = services
  const t = catalogue.translator(locale)
  const [parts, sections] = await Promise.all([
    slots.parts('nav', { actor, locale }),
    adminSections(services, actor, locale),
  ])
  const own: readonly Place[] = [
    { href: '/', icon: 'home', label: t('shell.home') },
    ...parts.flatMap(({ link }) => placeIn(link)),
    { href: `/user/${actor.username}`, icon: 'user', label: t('shell.profile') },
    { href: '/settings', icon: 'settings', label: t('shell.settings') },
  ]
  const isHere = ({ href }: Place): boolean => router.find('GET', href)?.route.kind === 'page'
  return { pages: own.filter(isHere), station: sections.flatMap(placeIn).filter(isHere) }
}

function placeIn(link: NavLink | undefined): readonly Place[] {
  if (!link || !isIconName(link.icon)) return []
  const { href, icon, label } = link
  return [{ href, icon, label }]
}
