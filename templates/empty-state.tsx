import type { VNode } from 'preact'
import { LinkButton } from './button.tsx'
import type { IconName } from './icon-names.ts'
import { Icon } from './icon.tsx'

export type EmptyStateProps = {
  readonly icon?: IconName | undefined
  readonly title: string
  /** What to do next, as a sentence. */
  readonly text?: string | undefined
  readonly action?: { readonly href: string; readonly label: string } | undefined
}

export function EmptyState({ icon, title, text, action }: EmptyStateProps): VNode {
  return (
    <div class="empty">
      {icon && (
        <span class="empty-icon">
          <Icon name={icon} size={24} />
        </span>
      )}
      <p class="empty-title">{title}</p>
      {text !== undefined && <p class="empty-text">{text}</p>}
      {action && (
        <LinkButton href={action.href} kind="soft">
          {action.label}
        </LinkButton>
      )}
    </div>
  )
}
