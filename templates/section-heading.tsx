import type { VNode } from 'preact'
import { Icon } from './icon.tsx'

export type SectionHeadingProps = {
  readonly title: string
  readonly id?: string | undefined
  /** Where the whole list is, with its words: «Все записи». */
  readonly more?: { readonly href: string; readonly label: string } | undefined
}

export function SectionHeading({ title, id, more }: SectionHeadingProps): VNode {
  return (
    <div class="section-heading">
      <h2 id={id}>{title}</h2>
      {more && (
        <a class="more-link" href={more.href}>
          {more.label}
          <Icon name="arrow-right" size={18} />
        </a>
      )}
    </div>
  )
}
