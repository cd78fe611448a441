import { type ComponentChildren, isValidElement, type VNode } from 'preact'

type Props = Readonly<Record<string, unknown>> & { readonly children?: ComponentChildren }
type View = (props: Props) => ComponentChildren

/**
 * A tree of views as markup. Every text and every attribute is escaped; the one exception is what
 * `TrustedHtml` lets in. Views here are plain functions of their props, so this does without most
 * of what a renderer of Preact must be ready for. For our views the bytes are those of
 * preact-render-to-string, with which the tests compare it, at about half the cost.
 *
 * @throws TypeError for what it does not know: classes, objects as attributes, odd names.
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
  if (typeof type === 'string') return elementMarkup(tagOf(type), props)
  return markupOf((type as View)(props))
}

/** Text as it stands in markup, also between the quotes of an attribute. */
export function escaped(text: string): string {
  if (!/["&<]/.test(text)) return text
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}

function markupOfAll(nodes: readonly ComponentChildren[]): string {
  let markup = ''
  for (const node of nodes) markup += markupOf(node)
  return markup
}

/**
 * What of an element is the same each time, each as one string. A document grows by thousands of
 * pieces, and putting them together into bytes costs as much as finding out what they are.
 */
interface Tag {
  readonly name: string
  /** `<p` */
  readonly start: string
  /** `</p>` */
  readonly end: string
  readonly isVoid: boolean
  /** Class → `<p class="…"`. */
  readonly classes: Map<string, string>
}

const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/
const TAG = /^[a-z][a-z0-9-]*$/i
const MAX_CLASSES = 500
const tags = new Map<string, Tag>()

function tagOf(name: string): Tag {
  const known = tags.get(name)
  if (known) return known
  if (!TAG.test(name)) throw new TypeError(`${name} is no name of an element`)
  const isVoid = VOID.test(name)
  const tag = { name, start: `<${name}`, end: `</${name}>`, isVoid, classes: new Map() }
  tags.set(name, tag)
  return tag
}

function elementMarkup(tag: Tag, props: Props): string {
  let start = tag.start
  let inner = ''
  for (const name in props) {
    const value = props[name]
    if (name === 'children' || value === undefined || value === null) continue
    if (name === 'dangerouslySetInnerHTML') inner = trusted(value)
    else if (name === 'class' && start === tag.start) start = startWithClass(tag, value)
    else start += attributeMarkup(name, value)
  }
  if (inner === '') inner = markupOf(props.children)
  return inner === '' && tag.isVoid ? `${start}/>` : `${start}>${inner}${tag.end}`
}

function startWithClass(tag: Tag, value: unknown): string {
  if (typeof value !== 'string') return tag.start + attributeMarkup('class', value)
  const known = tag.classes.get(value)
  if (known !== undefined) return known
  const start = tag.start + attributeMarkup('class', value)
  if (tag.classes.size < MAX_CLASSES) tag.classes.set(value, start)
  return start
}

function attributeMarkup(name: string, value: unknown): string {
  const start = attributes.get(name) ?? learned(name)
  if (typeof value === 'string')
    return value === '' ? start.slice(0, -2) : `${start}${escaped(value)}"`
  if (typeof value === 'number') return `${start}${value}"`
  if (typeof value !== 'boolean') {
    throw new TypeError(`The attribute ${name} is neither text, number nor flag`)
  }
  if (isSpelledOut(name)) return `${start}${value}"`
  return value ? start.slice(0, -2) : ''
}

/** What `TrustedHtml` hands over; nothing else may. */
function trusted(value: unknown): string {
  return String((value as Readonly<Record<string, unknown>>)['__html'])
}

/** `aria-…` and `data-…` tell false from absent, and so do two others. */
function isSpelledOut(name: string): boolean {
  return name[4] === '-' || name === 'draggable' || name === 'spellcheck'
}

/** Attribute as a view names it → ` name="`. */
const attributes = new Map<string, string>()

/** Names of SVG keep their capitals; those that Preact takes from the DOM have none in HTML. */
function learned(name: string): string {
  if (!TAG.test(name)) throw new TypeError(`${name} is no name of an attribute`)
  const start = ` ${name === 'viewBox' ? name : name.toLowerCase()}="`
  attributes.set(name, start)
  return start
}
