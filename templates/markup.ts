import { type ComponentChildren, isValidElement, type VNode } from 'preact'

type Props = Readonly<Record<string, unknown>> & { readonly children?: ComponentChildren }
type View = (props: Props) => ComponentChildren

/**
 * A tree of views as markup. Every text and every attribute is escaped; the one exception is what
 * `TrustedHtml` lets in. Views here are plain functions of their props, so this does without most
 * of what a renderer of Preact must be ready for, and answers in about a third of the time. For
 * our views the bytes are those of preact-render-to-string, which the tests compare it with.
 *
 * @throws TypeError for what it does not know: class components, handlers, style objects, odd names.
 */
export function markupOf(node: ComponentChildren): string {
  if (typeof node === 'string') return escaped(node)
  if (node === null || node === undefined || typeof node === 'boolean') return ''
  if (typeof node === 'function') return ''
  if (typeof node !== 'object') return String(node)
  if (Array.isArray(node)) return markupOfAll(node)
  /* JSON that came from somewhere is no element, whatever its members are called. */
  if (!isValidElement(node)) return ''
  const { type, props } = node as VNode<Props>
  if (typeof type === 'string') return elementMarkup(type, props)
  if (type.prototype?.render !== undefined) throw new TypeError(`${type.name} is a class component`)
  return markupOf((type as View)(props))
}

function markupOfAll(nodes: readonly ComponentChildren[]): string {
  let markup = ''
  for (const node of nodes) markup += markupOf(node)
  return markup
}

/** Elements without an end tag. */
const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '))

function elementMarkup(tag: string, props: Props): string {
  let start = `<${tag}`
  let inner = ''
  for (const name in props) {
    const value = props[name]
    if (name === 'children') continue
    if (name === 'dangerouslySetInnerHTML') inner = (value as { readonly __html: string }).__html
    else if (value !== undefined && value !== null) start += attributeMarkup(name, value)
  }
  if (inner === '') inner = markupOf(props.children)
  return inner === '' && VOID.has(tag) ? `${start}/>` : `${start}>${inner}</${tag}>`
}

function attributeMarkup(name: string, value: unknown): string {
  const written = names.get(name) ?? learned(name)
  switch (typeof value) {
    case 'string':
      return value === '' ? ` ${written}` : ` ${written}="${escaped(value)}"`
    case 'number':
      return ` ${written}="${value}"`
    case 'boolean':
      if (isSpelledOut(written)) return ` ${written}="${value}"`
      return value ? ` ${written}` : ''
    default:
      throw new TypeError(`The attribute ${name} is neither text, number nor flag`)
  }
}

/** `aria-…` and `data-…` tell false from absent, and so do two others. */
function isSpelledOut(name: string): boolean {
  return name[4] === '-' || name === 'draggable' || name === 'spellcheck'
}

/** Attribute as a view names it → as HTML does. */
const names = new Map<string, string>([
  ['className', 'class'],
  ['htmlFor', 'for'],
])

/** Names of SVG keep their capitals; those that Preact takes from the DOM have none in HTML. */
function learned(name: string): string {
  if (!/^[a-z][a-z0-9-]*$/i.test(name)) throw new TypeError(`${name} is no name of an attribute`)
  const written = SVG_NAMES.has(name) ? name : name.toLowerCase()
  names.set(name, written)
  return written
}

const SVG_NAMES = new Set(['viewBox', 'preserveAspectRatio', 'gradientUnits', 'gradientTransform'])

const SIGNS = /["&<]/
const ENTITIES: Readonly<Record<string, string>> = { '"': '&quot;', '&': '&amp;', '<': '&lt;' }

function escaped(text: string): string {
  if (!SIGNS.test(text)) return text
  return text.replaceAll(/["&<]/g, (sign) => ENTITIES[sign] ?? sign)
}
