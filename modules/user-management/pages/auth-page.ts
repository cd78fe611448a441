import { type HtmlPage, renderView } from '#core'
import type { VNode } from 'preact'

/** A page with a form alone, as for signing in. */
export function authPage<Props>(
  view: VNode<Props>,
  { title, status = 200 }: { readonly title: string; readonly status?: number },
): HtmlPage {
  return {
    kind: 'html',
    status,
    shell: 'bare',
    title,
    html: renderView(view),
    head: { noindex: true },
    scripts: ['user-management/password', 'user-management/lacks'],
  }
}
