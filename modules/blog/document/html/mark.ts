import { isSafeHref } from '../address.ts'
import { note } from '../dropped.ts'
import type { HtmlElement } from './dom.ts'
import { attributeOf, styleOf } from './node.ts'
import { fullAddress } from './picture.ts'
import type { HtmlContext } from './reader.ts'
import { plainMark, withMark } from '../inline-run.ts'
import type { Mark, PlainMark } from '../model.ts'

const MARKS: Readonly<Record<string, PlainMark['type']>> = {
  b: 'bold',
  cite: 'italic',
  code: 'code',
  del: 'strike',
  em: 'italic',
  i: 'italic',
  ins: 'underline',
  kbd: 'code',
  mark: 'highlight',
  s: 'strike',
  samp: 'code',
  strike: 'strike',
  strong: 'bold',
  sub: 'subscript',
  sup: 'superscript',
  tt: 'code',
  u: 'underline',
}

/** The marks inside an inline element: those around it, its own, and those its style says. */
export function marksOf(
  element: HtmlElement,
  around: readonly Mark[],
  context: HtmlContext,
): readonly Mark[] {
  if (element.localName === 'a') return linkMarks(element, around, context)
  const style = styleOf(element)
  const own = Object.hasOwn(MARKS, element.localName) ? MARKS[element.localName] : undefined
  let marks = around
  // Google Docs wraps everything in a bold element whose style takes the boldness back.
  if (own !== undefined && !(own === 'bold' && /font-weight:(?:normal|400)/.test(style))) {
    marks = withMark(marks, plainMark(own))
  }
  return styleMarks(style).reduce((all, type) => withMark(all, plainMark(type)), marks)
}

function styleMarks(style: string): PlainMark['type'][] {
  const marks: PlainMark['type'][] = []
  if (style === '') return marks
  if (/font-weight:(?:bold|[6-9]00)/.test(style)) marks.push('bold')
  if (style.includes('font-style:italic')) marks.push('italic')
  if (/text-decoration[a-z-]*:[^;]*underline/.test(style)) marks.push('underline')
  if (/text-decoration[a-z-]*:[^;]*line-through/.test(style)) marks.push('strike')
  if (style.includes('vertical-align:super')) marks.push('superscript')
  if (style.includes('vertical-align:sub') && !style.includes('vertical-align:super'))
    marks.push('subscript')
  return marks
}

function linkMarks(
  element: HtmlElement,
  around: readonly Mark[],
  context: HtmlContext,
): readonly Mark[] {
  const given = attributeOf(element, 'href')
  if (given === undefined || given === '') return around
  const href = given.startsWith('#') ? given : fullAddress(given.replaceAll(' ', '%20'), context)
  if (!isSafeHref(href)) {
    note(context.dropped, 'link', given)
    return around
  }
  const title = attributeOf(element, 'title')?.replace(/\s+/g, ' ').slice(0, 500) ?? ''
  return withMark(around, { type: 'link', attrs: { href, ...(title !== '' && { title }) } })
}
