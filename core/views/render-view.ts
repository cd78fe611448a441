import type { VNode } from 'preact'
import { markupOf } from '../../templates/index.ts'

/** Markup of a view as text, everything in it escaped. */
export function renderView<Props>(view: VNode<Props>): string {
  return markupOf(view)
}
