import { isWebAddress, siteOf } from '../address.ts'
import { attribute, escapeHtml } from './escape.ts'
import { languageTitle } from './language-name.ts'
import type {
  Block,
  Blockquote,
  CodeBlock,
  Details,
  Embed,
  Heading,
  ListItem,
  TaskItem,
  TaskList,
} from '../model.ts'
import type { RenderContext } from './context.ts'
import { renderInline, renderMath } from './inline.ts'
import { renderFigure, renderGallery } from './picture.ts'
import { renderTable } from './table.ts'
import { inlineText } from '../text.ts'
import { typeset } from './typography.ts'

export function renderBlocks(blocks: readonly Block[], context: RenderContext): string {
  let html = ''
  for (const block of blocks) html += renderBlock(block, context)
  return html
}

type Renderers = {
  [Kind in Block['type']]: (block: Extract<Block, { type: Kind }>, context: RenderContext) => string
}

/** The allow-list of the renderer: a kind without an entry does not compile. */
const RENDERERS: Renderers = {
  paragraph: (block, context) => `<p>${renderInline(block.content, context)}</p>`,
  heading: renderHeading,
  bulletList: (block, context) => `<ul>${renderItems(block.content, context)}</ul>`,
  orderedList: (block, context) =>
    `<ol${attribute('start', block.attrs.start)}>${renderItems(block.content, context)}</ol>`,
  taskList: renderTasks,
  blockquote: renderQuote,
  codeBlock: renderCode,
  figure: renderFigure,
  gallery: renderGallery,
  table: (block, context) => renderTable(block, context, renderBlocks),
  horizontalRule: () => '<hr>',
  mathBlock: (block, context) =>
    `<div class="math-block" tabindex="0">${renderMath(block.attrs.latex, true, context)}</div>`,
  embed: renderEmbed,
  details: renderDetails,
  unknownBlock: ({ attrs }, context) =>
    `<p class="unknown-block">${escapeHtml(context.labels.unknownBlock(attrs.module))}</p>`,
  // Notes stand together at the end, in the order of their references.
  footnoteDefinition: () => '',
}

export function renderBlock(block: Block, context: RenderContext): string {
  // The entry of a kind takes that kind; the compiler cannot follow this through a union.
  const render = RENDERERS[block.type] as (block: Block, context: RenderContext) => string
  return render(block, context)
}

function renderHeading(block: Heading, context: RenderContext): string {
  // The title of the page is the only h1.
  const level = Math.max(2, Math.min(6, block.attrs.level))
  const text = inlineText(block.content).replace(/\s+/g, ' ').trim()
  const id = anchorFor(text, context)
  if (text !== '') context.toc.push({ id, text, level })
  return `<h${level} id="${id}">${renderInline(block.content, context)}</h${level}>`
}

/** A readable anchor of letters and digits; the `h-` keeps it away from ids of the page. */
function anchorFor(text: string, context: RenderContext): string {
  const parts =
    text
      .toLowerCase()
      .normalize('NFC')
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  const base = `${context.prefix}h-${parts.join('-').slice(0, 60).replace(/-+$/, '') || 'section'}`
  const { anchors } = context
  let id = base
  let next = anchors.get(base) ?? 2
  while (anchors.has(id)) id = `${base}-${next++}`
  anchors.set(base, next)
  if (id !== base) anchors.set(id, 2)
  return id
}

function renderItems(items: readonly ListItem[], context: RenderContext): string {
  let html = ''
  for (const item of items) html += `<li>${itemContent(item.content, context)}</li>`
  return html
}

/** The first paragraph of an item stands bare, so that a plain list stays plain. */
function itemContent(blocks: readonly Block[], context: RenderContext): string {
  const paragraphs = blocks.filter((block) => block.type === 'paragraph').length
  const [first, ...rest] = blocks
  if (first?.type !== 'paragraph' || paragraphs > 1) return renderBlocks(blocks, context)
  return renderInline(first.content, context) + renderBlocks(rest, context)
}

function renderTasks(block: TaskList, context: RenderContext): string {
  return `<ul class="task-list">${block.content.map((item) => renderTask(item, context)).join('')}</ul>`
}

function renderTask(item: TaskItem, context: RenderContext): string {
  const { checked } = item.attrs
  const name = attribute('aria-label', checked ? context.labels.taskDone : context.labels.taskOpen)
  const mark = `<span class="task-mark" role="img"${name}></span>`
  return `<li class="task-item${checked ? ' done' : ''}">${mark}<div class="task-text">${itemContent(item.content, context)}</div></li>`
}

function renderQuote(block: Blockquote, context: RenderContext): string {
  const quote = `<blockquote>${renderBlocks(block.content, context)}</blockquote>`
  const { cite } = block.attrs
  if (cite === undefined) return quote
  return `<figure class="quote">${quote}<figcaption>${words(cite)}</figcaption></figure>`
}

function renderCode(block: CodeBlock, context: RenderContext): string {
  const code = (block.content ?? []).map((node) => node.text).join('')
  const { language, filename } = block.attrs
  const colored = language === undefined ? undefined : context.engines.highlight?.(code, language)
  const file =
    filename === undefined ? '' : `<span class="code-file">${escapeHtml(filename)}</span>`
  const title =
    language === undefined
      ? ''
      : `<span class="code-language">${escapeHtml(languageTitle(language))}</span>`
  const head =
    file + title === '' ? '' : `<figcaption class="code-head">${file}${title}</figcaption>`
  const look = attribute('class', language === undefined ? undefined : `language-${language}`)
  return `<figure class="code">${head}<pre tabindex="0"><code${look}>${colored ?? escapeHtml(code)}</code></pre></figure>`
}

function renderDetails(block: Details, context: RenderContext): string {
  const { summary, open } = block.attrs
  const state = open === true ? ' open' : ''
  const inner = renderBlocks(block.content, context)
  return `<details${state}><summary>${words(summary)}</summary>${inner}</details>`
}

function renderEmbed(block: Embed, context: RenderContext): string {
  const { url, title, provider } = block.attrs
  if (!isWebAddress(url)) return ''
  const site = siteOf(url)
  const kind = provider === undefined ? '' : ` embed-${provider}`
  const name = title === undefined ? context.labels.openPage(site) : typeset(title)
  return `<p class="embed${kind}"><a${attribute('href', url)} rel="ugc nofollow noopener"><span class="embed-title">${escapeHtml(name)}</span> <span class="embed-site">${escapeHtml(site)}</span></a></p>`
}

function words(text: string): string {
  return escapeHtml(typeset(text))
}
