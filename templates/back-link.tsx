import type { VNode } from 'preact'
import { Icon } from './icon.tsx'

export type BackLinkProps = { readonly href: string; readonly label: string }

/** One step up, above what a page is about. */
export function BackLink({ href, label }: BackLinkProps): VNode {
  return (
    <a class="back-link" href={href}>
      <Icon name="arrow-left" size={18} />
      {label}
    </a>
  )
}
