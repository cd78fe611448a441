import { attribute, escapeHtml } from './escape.ts'
import { renderBlocks } from './block.ts'
import type { RenderContext } from './context.ts'
import { noteNumber, referenceId } from './context.ts'

/** The list of notes; notes that nothing refers to come last, so that no text is lost. */
export function renderFootnotes(context: RenderContext): string {
  if (context.definitions.size === 0) return ''
  let html = ''
  // A note may refer to another note, which joins the map, and so this walk, while it is written.
  for (const [label, number] of context.noteNumbers) html += renderFootnote(label, number, context)
  for (const label of context.definitions.keys()) {
    if (context.noteNumbers.has(label)) continue
    html += renderFootnote(label, noteNumber(label, context), context)
  }
  const id = `${context.prefix}footnotes`
  const title = escapeHtml(context.labels.footnotes)
  return `<section class="footnotes" aria-labelledby="${id}"><h2 class="footnotes-title" id="${id}">${title}</h2><ol>${html}</ol></section>`
}

function renderFootnote(label: string, number: number, context: RenderContext): string {
  const body = renderBlocks(context.definitions.get(label)?.content ?? [], context)
  const uses = context.noteUses.get(label) ?? 0
  let back = ''
  for (let use = 1; use <= uses; use++) {
    const words = `${context.labels.backToText}: ${number}${use > 1 ? `, ${use}` : ''}`
    const id = referenceId(number, use, context)
    back += ` <a class="footnote-back" href="#${id}"${attribute('aria-label', words)}>↩</a>`
  }
  const close = '</p>'
  const html = body.endsWith(close) ? body.slice(0, -close.length) + back + close : body + back
  return `<li id="${context.prefix}fn-${number}">${html}</li>`
}
