import type { VNode } from 'preact'
import { type Block, type PagePart, renderView, TrustedHtml } from '#core'

/** What other modules put into a page of the blog, as one piece of markup; empty: nothing. */
export function partsHtml(parts: readonly PagePart[]): string {
  return parts.map((part) => renderView(<Part {...part} />)).join('')
}

function Part({ title, html, blocks = [] }: PagePart): VNode {
  return (
    <section class="part">
      {title !== undefined && <h2 class="part-title">{title}</h2>}
      {html !== undefined && <TrustedHtml html={html} />}
      {blocks.map((block) => blockOf(block))}
    </section>
  )
}

function blockOf(block: Block): VNode {
  switch (block.type) {
    case 'text':
      return <p>{block.text}</p>
    case 'meter':
      return (
        <p>
          <label>
            {block.label} <meter value={block.value} min={0} max={block.max} />
          </label>{' '}
          {block.value} / {block.max}
        </p>
      )
    case 'list':
      return (
        <ul>
          {block.items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      )
    case 'link':
      return <p>{isHarmless(block.href) ? <a href={block.href}>{block.label}</a> : block.label}</p>
  }
}

/** Whoever speaks in blocks is not trusted with addresses either. */
function isHarmless(href: string): boolean {
  return /^(?:https?:\/\/|\/(?![/\\]))[^\s\\]*$/i.test(href)
}
