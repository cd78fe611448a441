import type { ComponentChildren, VNode } from 'preact'
import type { IconName } from './icon-names.ts'
import { Icon } from './icon.tsx'

export type ChipProps = {
  /** A chip with an address is a link; without one it is a label. */
  readonly href?: string | undefined
  /** The chosen filter of a row: ink on paper, so that it does not compete with the one button. */
  readonly active?: boolean | undefined
  readonly count?: number | undefined
  readonly icon?: IconName | undefined
  readonly children?: ComponentChildren
}

export function Chip({ href, active, count, icon, children }: ChipProps): VNode {
  const inside = (
    <>
      {icon && <Icon name={icon} size={16} />}
      <span>{children}</span>
      {count !== undefined && <span class="chip-count">{count}</span>}
    </>
  )
  if (href === undefined) return <span class="chip">{inside}</span>
  return (
    <a class="chip" href={href} aria-current={active ? 'true' : undefined}>
      {inside}
    </a>
  )
}
