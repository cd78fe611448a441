import type { VNode } from 'preact'

/** The station's mark: three quarks held together. */
export function Mark({ size = 28 }: { readonly size?: 24 | 28 | 32 }): VNode {
  return (
    <svg class={`mark mark-${size}`} viewBox="0 0 32 32" aria-hidden="true">
      <path d="M16 8 25 24H7Z" class="mark-bonds" />
      <circle cx="16" cy="8" r="5.5" />
      <circle cx="25" cy="24" r="5.5" class="mark-second" />
      <circle cx="7" cy="24" r="5.5" class="mark-third" />
    </svg>
  )
}
