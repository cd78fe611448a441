import type { VNode } from 'preact'

/** The same geometry as rows that are on their way; seen after a moment only. */
export function RowSkeletons({ count }: { readonly count: number }): VNode {
  return (
    <div class="rows-skeleton" aria-hidden="true">
      {Array.from({ length: count }, (_each, index) => (
        <span key={index} class="row-skeleton">
          <i />
          <b />
          <b />
        </span>
      ))}
    </div>
  )
}
