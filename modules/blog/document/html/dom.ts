import { parseHTML } from 'linkedom'

/** The little of the DOM that the reader of HTML uses. */
export interface HtmlNode {
  readonly nodeType: number
  readonly textContent: string | null
  readonly childNodes: Iterable<HtmlNode>
}
export interface HtmlElement extends HtmlNode {
  readonly localName: string
  getAttribute: (name: string) => string | null
  querySelectorAll: (selector: string) => Iterable<HtmlElement>
}

/** The body of sanitised HTML. */
export function bodyOf(html: string): HtmlElement {
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`)
  // The library declares browser types, which this project does not load.
  return (document as { body: unknown }).body as HtmlElement
}
