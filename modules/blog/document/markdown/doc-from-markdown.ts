import type { Html, Root, RootContent } from 'mdast'
import { DocumentError } from '../document-error.ts'
import type { Dropped } from '../dropped.ts'
import { resolveAll } from '../image-source.ts'
import type { ResolvedImage, ResolveImage } from '../image-source.ts'
import { checkText } from '../gate/json-gate.ts'
import { checkLines, checkSigns, looksCostly } from './cost.ts'
import { flowBlocks } from './read-block.ts'
import {
  captionOfLine,
  DETAILS_END,
  detailsOfOpening,
  isComment,
  mediaIdOf,
  splitPictureUrl,
} from './notation.ts'
import type { ReadContext } from './read-context.ts'
import type { Block, QuarkDoc } from '../model.ts'
import { DOC_LIMITS } from '../model.ts'
import { parseDoc } from '../gate/parse.ts'

export interface MarkdownOptions {
  /** Finds the upload behind an address of a picture, also a relative one. */
  resolveImage?: ResolveImage
  /** Collects what could not be taken over as meant; it stays in the document as text. */
  dropped?: Dropped[]
}

/**
 * Reads Markdown (CommonMark, GFM, footnotes, `$formulas$`, `markdown-notation.ts`).
 *
 * Nothing is lost in silence: a link with a forbidden address, a picture that cannot be loaded and
 * HTML that is not plain formatting stay in the text exactly as they were typed. Harmless HTML
 * becomes blocks; comments vanish. Throws `DocumentError` for input beyond the limits and for
 * control characters.
 */
export async function docFromMarkdown(
  markdown: string,
  options: MarkdownOptions = {},
): Promise<QuarkDoc> {
  if (Buffer.byteLength(markdown) > DOC_LIMITS.maxBytes) {
    throw new DocumentError('too-large', '', `takes more than ${DOC_LIMITS.maxBytes} bytes`)
  }
  const source = markdown.replace(/\r\n?/g, '\n')
  checkText(source, 'markdown')
  checkLines(source)
  const { readMarkdown, readWithoutMath, textsOf } = await import('./engine.ts')
  if (looksCostly(source)) checkSigns(textsOf(source))
  const root = readMarkdown(source)
  const survey = surveyOf(root)
  const context: ReadContext = {
    source,
    dropped: options.dropped ?? [],
    images: await imagesOf(survey, options.resolveImage),
    definitions: survey.definitions,
    html: await htmlBlocks(survey.html),
    labels: labelsOf(survey.footnotes),
    usedLabels: new Set(),
    laterNotes: [],
    readWithoutMath,
  }
  const content = flowBlocks(root.children, context, 0)
  return parseDoc({ v: 1, doc: { type: 'doc', content: [...content, ...context.laterNotes] } })
}

/** What must be known, or awaited, before the tree is read. */
interface Survey {
  definitions: Map<string, { url: string; title?: string | null | undefined }>
  footnotes: string[]
  pictures: Set<string>
  html: Html[]
}

function surveyOf(root: Root): Survey {
  const survey: Survey = { definitions: new Map(), footnotes: [], pictures: new Set(), html: [] }
  const stack: { node: Root | RootContent; isFlow: boolean }[] = [{ node: root, isFlow: true }]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, isFlow } = next
    if (node.type === 'html' && isFlow) survey.html.push(node)
    else if (node.type === 'image') survey.pictures.add(node.url)
    else if (node.type === 'footnoteDefinition') survey.footnotes.push(node.identifier)
    else if (node.type === 'definition' && !survey.definitions.has(node.identifier)) {
      survey.definitions.set(node.identifier, node)
      survey.pictures.add(node.url)
    }
    if (!('children' in node)) continue
    const holdsFlow = FLOW_PARENTS.has(node.type)
    for (const child of node.children) stack.push({ node: child, isFlow: holdsFlow })
  }
  return survey
}

const FLOW_PARENTS = new Set(['root', 'blockquote', 'listItem', 'footnoteDefinition'])

async function imagesOf(
  survey: Survey,
  resolve: ResolveImage | undefined,
): Promise<Map<string, ResolvedImage>> {
  const addresses = [...survey.pictures].map((url) => splitPictureUrl(url).src)
  return resolveAll(
    addresses.filter((src) => mediaIdOf(src) === undefined),
    resolve,
  )
}

/** Sends raw HTML through the HTML door; what the door would not take whole stays text. */
async function htmlBlocks(nodes: readonly Html[]): Promise<Map<Html, Block[]>> {
  const found = new Map<Html, Block[]>()
  const foreign = nodes.filter((node) => !isNotation(node.value))
  if (foreign.length === 0) return found
  const { blocksFromHtml } = await import('../html/doc-from-html.ts')
  for (const node of foreign) {
    const { blocks, dropped } = await blocksFromHtml(node.value, {})
    if (dropped.length === 0) found.set(node, blocks)
  }
  return found
}

function isNotation(html: string): boolean {
  return (
    isComment(html) ||
    html.trim() === DETAILS_END ||
    detailsOfOpening(html) !== undefined ||
    captionOfLine('caption', html) !== undefined ||
    captionOfLine('figcaption', html) !== undefined
  )
}

/** A label of the document for each identifier of the Markdown. */
function labelsOf(identifiers: readonly string[]): Map<string, string> {
  const labels = new Map<string, string>()
  const taken = new Set<string>()
  for (const identifier of identifiers) {
    if (labels.has(identifier)) continue
    const base = identifier.replace(/[^\p{L}\p{N}_-]+/gu, '-').slice(0, 50) || 'note'
    let label = base
    for (let n = 2; taken.has(label); n++) label = `${base}-${n}`
    taken.add(label)
    labels.set(identifier, label)
  }
  return labels
}
