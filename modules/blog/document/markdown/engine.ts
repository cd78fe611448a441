import type { Nodes, PhrasingContent, Root } from 'mdast'
import type { Extension } from 'mdast-util-from-markdown'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown, gfmToMarkdown } from 'mdast-util-gfm'
import { mathFromMarkdown, mathToMarkdown } from 'mdast-util-math'
import { toMarkdown } from 'mdast-util-to-markdown'
import { gfm } from 'micromark-extension-gfm'
import { math } from 'micromark-extension-math'

/**
 * Without the pass that searches finished text for addresses: it would make links also of those
 * that were escaped. The tokenizer finds the others by itself.
 */
function gfmWithoutSearch(): Extension[] {
  return gfmFromMarkdown().map((extension) => ({ ...extension, transforms: [] }))
}

/** CommonMark with GFM, footnotes and formulas. */
export function readMarkdown(markdown: string): Root {
  return fromMarkdown(markdown, {
    extensions: [gfm(), math()],
    mdastExtensions: [gfmWithoutSearch(), mathFromMarkdown()],
  })
}

/** All that gives signs inside a line a meaning. */
const INLINE_CONSTRUCTS = [
  'attention',
  'autolink',
  'characterReference',
  'codeText',
  'emailAutolink',
  'gfmFootnoteCall',
  'gfmPotentialFootnoteCall',
  'htmlText',
  'labelEnd',
  'labelStartImage',
  'labelStartLink',
  'mathText',
  'protocolAutolink',
  'strikethrough',
  'wwwAutolink',
]

/**
 * The raw text of every paragraph, heading and cell, signs included. Finding blocks alone takes
 * time in step with the text, so it can judge a text before it is read in full.
 */
export function textsOf(markdown: string): string[] {
  const root = fromMarkdown(markdown, {
    extensions: [gfm(), math(), { disable: { null: INLINE_CONSTRUCTS } }],
    mdastExtensions: [gfmWithoutSearch(), mathFromMarkdown()],
  })
  const texts: string[] = []
  const stack: Nodes[] = [root]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (!('children' in node)) continue
    stack.push(...node.children)
    texts.push(node.children.map((child) => (child.type === 'text' ? child.value : '')).join(''))
  }
  return texts
}

/** The inline content of a piece of Markdown in which `$` is only a dollar sign. */
export function readWithoutMath(markdown: string): PhrasingContent[] {
  const root = fromMarkdown(markdown, {
    extensions: [gfm()],
    mdastExtensions: [gfmWithoutSearch()],
  })
  const [only] = root.children
  return root.children.length === 1 && only?.type === 'paragraph'
    ? only.children
    : [{ type: 'text', value: markdown }]
}

export function writeMarkdown(root: Root): string {
  const markdown = toMarkdown(root, {
    bullet: '-',
    fences: true,
    listItemIndent: 'one',
    rule: '-',
    extensions: [gfmToMarkdown({ tablePipeAlign: false }), mathToMarkdown()],
  })
  // Readers of Markdown drop a byte order mark at the very start; here it would be text.
  return markdown.startsWith('\uFEFF') ? `&#xFEFF;${markdown.slice(1)}` : markdown
}
