import type { ComponentChildren, VNode } from 'preact'

/** Text for those who listen to the page. */
export function VisuallyHidden({ children }: { readonly children?: ComponentChildren }): VNode {
  return <span class="visually-hidden">{children}</span>
}
