import { languageId } from './language-name.ts'
import type { Block, Paragraph, QuarkDoc } from '../model.ts'
import { renderBlock } from './block.ts'
import { renderContext } from './context.ts'
import type { RenderContext, RenderEngines, RenderOptions, TocEntry } from './context.ts'
import { renderFootnotes } from './footnote.ts'
import { inlineText, visitBlocks } from '../text.ts'

/** Rises whenever the HTML of an unchanged document changes, so that kept HTML is made anew. */
export const RENDERER_VERSION = 1

const DROP_CAP_WORDS = 600
/** The large letter is three lines high; the paragraph must stand beside it. */
const DROP_CAP_LETTERS = 160

export interface RenderedDoc {
  /** Safe HTML without scripts, styles, frames or pictures of other sites. */
  html: string
  /** Headings of the top level and below, in reading order; level 2 to 6. */
  toc: TocEntry[]
  hasCode: boolean
  hasMath: boolean
  hasGallery: boolean
  hasFootnotes: boolean
}

interface Needs {
  languages: Set<string>
  hasCode: boolean
  hasMath: boolean
  hasGallery: boolean
}

/**
 * Renders a document to HTML through an allow-list: one function per node, everything escaped.
 *
 * It is asynchronous because the colouring of code and the setting of formulas load at their first
 * use; a document without them renders without waiting for input or output. The same document and
 * options always give the same HTML.
 */
export async function renderDoc(doc: QuarkDoc, options: RenderOptions = {}): Promise<RenderedDoc> {
  const needs = needsOf(doc)
  const engines = needs.hasCode || needs.hasMath ? await loadEngines(needs) : {}
  const context = renderContext(doc, options, engines)
  const { content } = doc.doc
  const opening = openingParagraph(content)
  let html = ''
  for (const block of content) {
    context.inColumn = block.type === 'paragraph'
    html += block === opening ? renderOpening(block, context) : renderBlock(block, context)
  }
  context.inColumn = false
  html += renderFootnotes(context)
  const { hasCode, hasMath, hasGallery } = needs
  return {
    html,
    toc: context.toc,
    hasCode,
    hasMath,
    hasGallery,
    hasFootnotes: context.definitions.size > 0,
  }
}

function needsOf(doc: QuarkDoc): Needs {
  const needs: Needs = { languages: new Set(), hasCode: false, hasMath: false, hasGallery: false }
  visitBlocks(doc.doc.content, (block) => {
    if (block.type === 'codeBlock') {
      needs.hasCode = true
      if (block.attrs.language !== undefined) needs.languages.add(languageId(block.attrs.language))
    } else if (block.type === 'mathBlock') needs.hasMath = true
    else if (block.type === 'gallery') needs.hasGallery = true
    else if (block.type === 'paragraph' || block.type === 'heading') {
      needs.hasMath ||= block.content?.some((node) => node.type === 'mathInline') === true
    }
  })
  return needs
}

async function loadEngines(needs: Needs): Promise<RenderEngines> {
  const engines: RenderEngines = {}
  if (needs.languages.size > 0) {
    const { loadHighlighter } = await import('./highlight.ts')
    engines.highlight = await loadHighlighter(needs.languages)
  }
  if (needs.hasMath) engines.math = (await import('./math.ts')).mathMl
  return engines
}

function renderOpening(block: Block, context: RenderContext): string {
  return renderBlock(block, context).replace('<p>', '<p class="drop-cap">')
}

/**
 * The paragraph that may open with a large letter: the first text of a long post, if pictures are
 * all that stands before it, its first word has more than two letters and it fills three lines.
 */
function openingParagraph(blocks: readonly Block[]): Paragraph | undefined {
  const first = blocks.find((block) => block.type !== 'figure' && block.type !== 'gallery')
  if (first?.type !== 'paragraph' || !/^\p{L}{3}/u.test(inlineText(first.content))) return undefined
  if (inlineText(first.content).length < DROP_CAP_LETTERS) return undefined
  return hasMoreWords(blocks, DROP_CAP_WORDS) ? first : undefined
}

/** Counts spaces instead of words, which is near enough here and costs a fraction. */
function hasMoreWords(blocks: readonly Block[], limit: number): boolean {
  let words = 0
  visitBlocks(blocks, (block) => {
    if (words > limit || (block.type !== 'paragraph' && block.type !== 'heading')) return
    const text = inlineText(block.content)
    if (text !== '') words += 1
    for (let at = text.indexOf(' '); at !== -1; at = text.indexOf(' ', at + 1)) words += 1
  })
  return words > limit
}
