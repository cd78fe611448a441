import type { ComponentChildren, VNode } from 'preact'

/** Small facts in one line, held apart by space only: date, reading time, tags, comments. */
export function MetaLine({ children }: { readonly children?: ComponentChildren }): VNode {
  return <div class="meta">{children}</div>
}
