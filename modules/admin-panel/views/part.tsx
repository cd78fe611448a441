import { type Block, Card, type PagePart, TrustedHtml } from '#core'
import type { VNode } from 'preact'

export type PartProps = {
  readonly part: PagePart
  /** Of the card; none where the page's own head names the part. */
  readonly title: string | undefined
}

/** What another module shows, in markup of its own or in blocks that are drawn here. */
export function Part({ part, title }: PartProps): VNode {
  return (
    <Card title={title} class="admin-part">
      {part.html !== undefined && <TrustedHtml html={part.html} />}
      {part.blocks?.map((block, index) => (
        <OneBlock key={index} block={block} />
      ))}
    </Card>
  )
}

function OneBlock({ block }: { readonly block: Block }): VNode {
  switch (block.type) {
    case 'text':
      return <p>{block.text}</p>
    case 'meter':
      return (
        <p class="admin-meter">
          <span>{block.label}</span>
          <meter min={0} max={block.max} value={block.value} aria-label={block.label} />
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
      return <a href={block.href}>{block.label}</a>
  }
}
