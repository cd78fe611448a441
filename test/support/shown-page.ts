import { parseHTML } from 'linkedom'

interface ShownElement {
  readonly localName: string
  readonly textContent: string | null
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>
  querySelector(selector: string): ShownElement | null
}

/** A page as a browser without scripts understands it. */
export interface ShownPage {
  /** The text of the first element found; undefined when there is none. */
  text(selector: string): string | undefined
  texts(selector: string): string[]
  /** Values of one attribute over all elements that have it. */
  values(attribute: string): string[]
  /** What could run or lead to something that runs, each with its element. */
  active(): string[]
}

const LINKS = /^(?:href|src|action|formaction|poster|srcset|xlink:href|data)$/
const HARMLESS =
  /^(?:https?:|mailto:|tel:|data:image\/(?:png|gif|jpeg|webp|svg\+xml)[;,]|[/?#.]|$)/i

export function shownPage(html: string): ShownPage {
  const { document } = parseHTML(html) as unknown as {
    document: { querySelectorAll(selector: string): Iterable<ShownElement> }
  }
  const all = (selector: string): ShownElement[] => [...document.querySelectorAll(selector)]
  return {
    text: (selector) => all(selector)[0]?.textContent ?? undefined,
    texts: (selector) => all(selector).map((element) => element.textContent ?? ''),
    values: (attribute) =>
      all(`[${attribute}]`).flatMap((element) =>
        [...element.attributes].filter(({ name }) => name === attribute).map(({ value }) => value),
      ),
    active: () => all('*').flatMap(activeIn),
  }
}

function activeIn(element: ShownElement): string[] {
  const { localName } = element
  const attributes = [...element.attributes]
  const type = attributes.find(({ name }) => name === 'type')?.value
  const isScript = localName === 'script' && type !== 'application/ld+json'
  const isForeign = ['iframe', 'object', 'embed', 'base', 'style'].includes(localName)
  const found = isScript || isForeign ? [`<${localName}>`] : []
  for (const { name, value } of attributes) {
    const leads = LINKS.test(name) && !HARMLESS.test(value.trim())
    if (name.startsWith('on') || leads || name === 'srcdoc') {
      found.push(`<${localName} ${name}="${value}">`)
    }
  }
  return found
}
