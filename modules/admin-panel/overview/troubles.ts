import type { HealthReport, Translate } from '#core'
import { isShort, type Trouble } from '../views/health-card.tsx'

/** What somebody should look at, the worst first; nothing when all is well. */
export function troublesIn(health: HealthReport, t: Translate): readonly Trouble[] {
  const { databaseMs, events, mail, modules, storage } = health
  const here = '/admin'
  return [
    ...(databaseMs === null ? [{ text: t('admin.trouble.database'), href: here }] : []),
    ...modules.map(({ id }) => ({ text: t('admin.trouble.module', { id }), href: here })),
    ...(events.dead > 0
      ? [{ text: t('admin.trouble.events', { count: events.dead }), href: '/admin/events' }]
      : []),
    ...(mail.dead > 0
      ? [{ text: t('admin.trouble.mail', { count: mail.dead }), href: '/admin/mail' }]
      : []),
    ...(isShort(storage.free) ? [{ text: t('admin.trouble.disk'), href: here }] : []),
  ]
}
