import type { HtmlElement, HtmlNode } from './dom.ts'

const ELEMENT = 1
const TEXT = 3
// Entities can bring back what the gate would refuse.
const CONTROL = /[\u0000-\u0008\u000B-\u001F]/g

export function isElement(node: HtmlNode): node is HtmlElement {
  return node.nodeType === ELEMENT
}
export function isText(node: HtmlNode): boolean {
  return node.nodeType === TEXT
}

export function elementsIn(node: HtmlNode): HtmlElement[] {
  return [...node.childNodes].filter(isElement)
}

/** Text without characters that a document refuses. */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(CONTROL, '')
}

/** The words of a node on one line. */
export function lineOf(node: HtmlNode): string {
  return cleanText(node.textContent ?? '')
    .replace(/\s+/g, ' ')
    .trim()
}

export function attributeOf(element: HtmlElement, name: string): string | undefined {
  const value = element.getAttribute(name)
  return value === null ? undefined : cleanText(value).trim()
}

export function numberOf(element: HtmlElement, name: string, max: number): number | undefined {
  const value = attributeOf(element, name)
  if (value === undefined || !/^\d{1,9}$/.test(value)) return undefined
  const number = Number(value)
  return number >= 1 && number <= max ? number : undefined
}

export function hasClass(element: HtmlElement, pattern: RegExp): boolean {
  return pattern.test(attributeOf(element, 'class') ?? '')
}

/** The inline style in lower case, without spaces around colons. */
export function styleOf(element: HtmlElement): string {
  return (attributeOf(element, 'style') ?? '').toLowerCase().replace(/\s*:\s*/g, ':')
}

export function find(element: HtmlElement, selector: string): HtmlElement | undefined {
  for (const found of element.querySelectorAll(selector)) return found
  return undefined
}
