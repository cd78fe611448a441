import type { ComponentChildren, VNode } from 'preact'
import { BackLink, type BackLinkProps } from './back-link.tsx'

export type PageHeadingProps = {
  readonly title: string
  readonly lead?: ComponentChildren
  readonly actions?: ComponentChildren
  readonly back?: BackLinkProps | undefined
}

/** The one `h1` of a page with what belongs beside it. */
export function PageHeading({ title, lead, actions, back }: PageHeadingProps): VNode {
  return (
    <header class="page-head">
      {back && <BackLink {...back} />}
      <div class="page-head-row">
        <h1>{title}</h1>
        {actions}
      </div>
      {lead !== undefined && <p class="page-lead">{lead}</p>}
    </header>
  )
}
