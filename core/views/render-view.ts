import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'

/** Markup of a view as text, everything in it escaped by Preact. */
export function renderView<Props>(view: VNode<Props>): string {
  return renderToString(view as VNode)
}
