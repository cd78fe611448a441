import { isSafeHref, isWebAddress } from '../address.ts'
import { attribute, escapeHtml } from './escape.ts'
import type { FootnoteReference, Inline, LinkMark, Mark, PlainMark } from '../model.ts'
import type { RenderContext } from './context.ts'
import { noteNumber, referenceId, resolveUrl } from './context.ts'
import { blocksText } from '../text.ts'
import { typeset } from './typography.ts'

const TAGS: Readonly<Record<PlainMark['type'], string>> = {
  highlight: 'mark',
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strike: 's',
  subscript: 'sub',
  superscript: 'sup',
  code: 'code',
}
// Stands for anything that is not text while a paragraph is typeset as a whole.
const OBJECT = '\uFFFC'

/** The inline content of one block; typeset as a whole, so that marks do not hide a short word. */
export function renderInline(
  content: readonly Inline[] | undefined,
  context: RenderContext,
): string {
  if (content === undefined || content.length === 0) return ''
  const [only] = content
  if (content.length === 1 && only?.type === 'text' && only.marks === undefined) {
    return escapeHtml(typeset(only.text))
  }
  const whole = typeset(content.map((node) => (node.type === 'text' ? node.text : OBJECT)).join(''))
  let html = ''
  let at = 0
  let open: readonly Mark[] = []
  for (const node of content) {
    const length = node.type === 'text' ? node.text.length : OBJECT.length
    const marks = node.marks ?? []
    html += switchMarks(open, marks, context)
    open = marks
    html += renderNode(node, whole.slice(at, at + length), context)
    at += length
  }
  return html + switchMarks(open, [], context)
}

function renderNode(node: Inline, typesetText: string, context: RenderContext): string {
  switch (node.type) {
    case 'text': {
      const isCode = node.marks?.some((mark) => mark.type === 'code') === true
      return escapeHtml(isCode ? node.text : typesetText)
    }
    case 'hardBreak':
      return '<br>'
    case 'mathInline':
      return renderMath(node.attrs.latex, false, context)
    case 'footnoteReference':
      return renderReference(node, context)
  }
}

/** A formula as MathML, or as its source when it cannot be read. */
export function renderMath(latex: string, isBlock: boolean, context: RenderContext): string {
  const mathml = context.engines.math?.(latex, isBlock)
  return mathml ?? `<code class="math-source">${escapeHtml(latex)}</code>`
}

/** Closes and opens tags so that neighbours with a common mark share one element. */
function switchMarks(from: readonly Mark[], to: readonly Mark[], context: RenderContext): string {
  let common = 0
  while (common < from.length && common < to.length && sameMark(from[common], to[common])) common++
  let html = ''
  for (let i = from.length - 1; i >= common; i--) html += closeMark(from[i])
  for (let i = common; i < to.length; i++) html += openMark(to[i], context)
  return html
}

function sameMark(a: Mark | undefined, b: Mark | undefined): boolean {
  if (a?.type !== b?.type) return false
  if (a?.type !== 'link' || b?.type !== 'link') return true
  return a.attrs.href === b.attrs.href && a.attrs.title === b.attrs.title
}

function openMark(mark: Mark | undefined, context: RenderContext): string {
  if (mark === undefined) return ''
  return mark.type === 'link' ? openLink(mark, context) : `<${TAGS[mark.type]}>`
}

function closeMark(mark: Mark | undefined): string {
  if (mark === undefined) return ''
  return mark.type === 'link' ? '</a>' : `</${TAGS[mark.type]}>`
}

function openLink(mark: LinkMark, context: RenderContext): string {
  const { href, title } = mark.attrs
  // The gate has read the address already; the policy may have become stricter since then.
  if (!isSafeHref(href)) return '<a>'
  return `<a${attribute('href', resolveUrl(href, context))}${attribute('title', title)}${linkRel(href, context)}>`
}

/** ` rel="…"` for links that leave this station. */
export function linkRel(href: string, context: RenderContext): string {
  const { origin } = context.options
  if (!isWebAddress(href)) return ''
  if (origin !== undefined && new URL(href).origin === origin) return ''
  return ' rel="ugc nofollow noopener"'
}

function renderReference(node: FootnoteReference, context: RenderContext): string {
  const { label } = node.attrs
  const definition = context.definitions.get(label)
  if (definition === undefined) return escapeHtml(`[${label}]`)
  const number = noteNumber(label, context)
  const use = (context.noteUses.get(label) ?? 0) + 1
  context.noteUses.set(label, use)
  const { prefix, labels } = context
  const id = referenceId(number, use, context)
  const name = escapeHtml(labels.footnote(number))
  const link = `<sup class="footnote-ref"><a id="${id}" href="#${prefix}fn-${number}" aria-label="${name}">${number}</a></sup>`
  if (!context.inColumn || context.options.sidenotes !== true || use > 1) return link
  // The list at the end is the note that everybody can reach; this copy is only for the eye.
  const words = escapeHtml(typeset(blocksText(definition.content).replaceAll('\n', ' ')))
  return `${link}<span class="sidenote" aria-hidden="true"><span class="sidenote-number">${number}</span> ${words}</span>`
}
