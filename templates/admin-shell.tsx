import type { VNode } from 'preact'
import { Icon } from './icon.tsx'
import type { LayoutProps, NavItem } from './layout-props.ts'
import { LanguageSwitch } from './preferences.tsx'
import { Badge, Rail, type Resident, Tabs } from './shells.tsx'
import { TrustedHtml } from './trusted-html.tsx'

/** The administration: whoever draws a page in it hands over only what stands under the head. */
export function AdminShell(props: LayoutProps): VNode {
  const { t, viewer, title, frame, main } = props
  if (!viewer) return <TrustedHtml as="main" id="main" html={main} />
  return (
    <div class="shell shell-signed-in shell-admin">
      <Rail {...props} viewer={viewer} />
      <Sections {...props} viewer={viewer} />
      <main id="main" tabindex={-1}>
        <header class="admin-head">
          <h1>{title}</h1>
          {frame?.note !== undefined && <p class="admin-note">{frame.note}</p>}
          <div class="admin-tools">
            {frame?.tools !== undefined && <TrustedHtml html={frame.tools} class="admin-own" />}
            <Glass {...props} />
            <button
              type="button"
              class="button button-quiet button-m button-icon admin-open"
              popovertarget="admin-sections"
              aria-label={t('admin.sections')}
            >
              <Icon name="menu" size={24} />
            </button>
          </div>
        </header>
        <TrustedHtml html={main} class="admin-body" />
      </main>
      <Tabs {...props} viewer={viewer} />
    </div>
  )
}

function Glass({ nav }: LayoutProps): VNode | null {
  const find = nav.find(({ href }) => href === '/search')
  if (!find) return null
  return (
    <a
      class="button button-quiet button-m button-icon admin-open palette-open"
      href={find.href}
      aria-label={find.label}
    >
      <Icon name={find.icon} size={22} />
    </a>
  )
}

/** A column on a desktop; on a phone the same list opens as a popover, without a script. */
function Sections(props: Resident): VNode {
  const { t, frame, viewer } = props
  return (
    <nav id="admin-sections" class="admin-sections" popover="auto" aria-label={t('admin.sections')}>
      <p class="admin-sections-title">{t('admin.title')}</p>
      {frame?.sections.map((section) => (
        <Section key={section.href} {...section} />
      ))}
      <div class="admin-sections-end">
        <a href={`/user/${viewer.username}`} class="admin-section">
          <Icon name="user" />
          <span>{t('shell.profile')}</span>
        </a>
        <LanguageSwitch {...props} />
      </div>
    </nav>
  )
}

function Section({ href, icon, label, active, badge }: NavItem): VNode {
  return (
    <a href={href} class="admin-section" aria-current={active ? 'page' : undefined}>
      <Icon name={icon} />
      <span>{label}</span>
      <Badge count={badge} />
    </a>
  )
}
