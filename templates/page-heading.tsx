import type { ComponentChildren, VNode } from 'preact'
import { Icon } from './icon.tsx'

export type PageHeadingProps = {
  readonly title: string
  readonly lead?: ComponentChildren
  readonly actions?: ComponentChildren
  readonly back?: { readonly href: string; readonly label: string } | undefined
}

/** The one `h1` of a page with what belongs beside it. */
export function PageHeading({ title, lead, actions, back }: PageHeadingProps): VNode {
  return (
    <header class="page-head">
      {back && (
        <a class="back-link" href={back.href}>
          <Icon name="arrow-left" size={18} />
          {back.label}
        </a>
      )}
      <div class="page-head-row">
        <h1>{title}</h1>
        {actions}
      </div>
      {lead !== undefined && <p class="page-lead">{lead}</p>}
    </header>
  )
}
