import type { App } from '#core'

interface OwnSection {
  readonly name: string
  readonly href: string
  readonly icon: string
  readonly order: number
}

/** What the panel itself brings; other modules and the core put theirs in between. */
const SECTIONS: readonly OwnSection[] = [
  { name: 'dashboard', href: '/admin', icon: 'gauge', order: 10 },
  { name: 'people', href: '/admin/people', icon: 'users', order: 20 },
  { name: 'invitations', href: '/admin/invitations', icon: 'user-plus', order: 25 },
  { name: 'settings', href: '/admin/settings', icon: 'sliders-horizontal', order: 40 },
  { name: 'security', href: '/admin/security', icon: 'key-round', order: 50 },
  { name: 'events', href: '/admin/events', icon: 'activity', order: 70 },
]

export function bindSections(app: App): void {
  for (const { name, href, icon, order } of SECTIONS) {
    app.slot('admin.section', async ({ locale }) => ({
      order,
      link: { href, icon, label: app.translator(locale)(`admin.section.${name}`) },
    }))
  }
}
