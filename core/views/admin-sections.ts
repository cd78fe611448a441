import { isIconName, type NavItem } from '../../templates/index.ts'
import type { Actor, Locale } from '../port/requests.ts'
import type { ModuleRouter } from '../http/routes/module-router.ts'
import { mayUse } from '../http/guards/policy.ts'
import type { NavLink } from './page.ts'
import type { Slots } from './slots.ts'

interface Services {
  readonly slots: Slots
  readonly router: Pick<ModuleRouter, 'find'>
}

/**
 * The sections of the administration that this person may open, in order. Whoever fills the slot
 * need not look at roles: a link stands here only if its page exists and takes the person.
 */
export async function adminSections(
  { slots, router }: Services,
  actor: Actor | null,
  locale: Locale,
): Promise<readonly NavLink[]> {
  if (!mayUse('moderator', actor)) return []
  const parts = await slots.parts('admin.section', { actor, locale })
  return parts.flatMap(({ link }) => {
    if (!link || !isIconName(link.icon)) return []
    const found = router.find('GET', link.href)
    return found && mayUse(found.route.policy, actor) ? [link] : []
  })
}

/** As the column shows them: the one that the path lies in is marked. */
export function markedSections(sections: readonly NavLink[], path: string): readonly NavItem[] {
  const [own = ''] = path.split('?')
  const around = sections
    .map(({ href }) => href)
    .filter((href) => own === href || own.startsWith(`${href}/`))
    .toSorted((a, b) => b.length - a.length)
  return sections.flatMap(({ href, icon, label, badge }) =>
    isIconName(icon) ? [{ href, icon, label, badge, active: href === around[0] }] : [],
  )
}
