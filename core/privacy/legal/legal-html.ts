import { type ComponentChildren, Fragment, h, type VNode } from 'preact'
import type { Nodes, Parents } from 'mdast'
import { markupOf } from '../../../templates/index.ts'

const LINK = /^(?:https?:|mailto:|\/(?!\/))/

/** Markdown of a legal text as markup: an allow-list, in which HTML is text like any other. */
export async function legalHtml(markdown: string): Promise<string> {
  const { fromMarkdown } = await import('mdast-util-from-markdown')
  return markupOf(h(Fragment, null, inside(fromMarkdown(markdown))))
}

function inside(node: Parents): ComponentChildren[] {
  return node.children.map((child) => view(child))
}

/** The page has the one heading of the first level. */
const LEAST_HEADING = 2

const ELEMENTS: Readonly<Partial<Record<Nodes['type'], string>>> = {
  paragraph: 'p',
  listItem: 'li',
  strong: 'strong',
  emphasis: 'em',
  blockquote: 'blockquote',
  break: 'br',
  thematicBreak: 'hr',
}

function view(node: Nodes): ComponentChildren {
  if (node.type === 'link') return link(node.url, inside(node))
  const element = elementOf(node)
  if ('children' in node) {
    return element === undefined ? inside(node) : h(element, null, inside(node))
  }
  const text = 'value' in node ? node.value : null
  return element === undefined ? text : h(element, null, text)
}

function elementOf(node: Nodes): string | undefined {
  if (node.type === 'heading') return `h${Math.max(LEAST_HEADING, node.depth)}`
  if (node.type === 'list') return node.ordered ? 'ol' : 'ul'
  if (node.type === 'inlineCode') return 'code'
  return ELEMENTS[node.type]
}

function link(href: string, children: ComponentChildren[]): VNode {
  return LINK.test(href) ? h('a', { href }, children) : h('span', null, children)
}
