import type { VNode } from 'preact'

export type PaginationProps = {
  /** Address of the next part; nothing is drawn when there is none. */
  readonly href?: string | undefined
  /** Says how much is left: «Показать ещё 41 запись». */
  readonly label: string
}

export function Pagination({ href, label }: PaginationProps): VNode | null {
  if (href === undefined) return null
  return (
    <nav class="pagination">
      <a class="button button-line button-m button-wide" href={href} rel="next">
        {label}
      </a>
    </nav>
  )
}
