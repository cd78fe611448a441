import { h } from 'preact'
import type { VNode } from 'preact'

export type TrustedHtmlProps = {
  /** Markup made by the station itself: a rendered view, a sanitised post, an icon's paths. */
  readonly html: string
  readonly as?: string | undefined
  readonly class?: string | undefined
  readonly id?: string | undefined
  readonly attributes?: Readonly<Record<string, string | undefined>> | undefined
}

/**
 * The only door through which markup enters a page unescaped. Whatever a person or a foreign
 * system wrote passes the allow-list renderer before it comes here.
 */
export function TrustedHtml(props: TrustedHtmlProps): VNode {
  return h(props.as ?? 'div', {
    ...props.attributes,
    class: props.class,
    id: props.id,
    dangerouslySetInnerHTML: { __html: props.html },
  })
}
