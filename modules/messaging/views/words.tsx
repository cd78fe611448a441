import { h, type VNode } from 'preact'
import { addressOf, type Bough, type Branch, branchesOf } from '../text/branches.ts'
import { isSafeUrl } from '../text/links.ts'
import type { Entity } from '../schema.ts'

type WordsProps = {
  readonly text: string
  readonly entities: readonly Entity[]
  /** In a feed nothing can be covered: what is behind a spoiler is left out. */
  readonly isInFeed: boolean
}

const MARKS: Readonly<Partial<Record<Entity['type'], string>>> = {
  bold: 'strong',
  italic: 'em',
  strike: 's',
  underline: 'u',
  code: 'code',
}

type Child = VNode | string

/** What a message says, for a reader without scripts. */
export function Words({ text, entities, isInFeed }: WordsProps): VNode {
  return <>{branchesOf(text, entities).flatMap((branch) => grown(branch, isInFeed))}</>
}

function grown(branch: Branch, isInFeed: boolean): Child[] {
  if (typeof branch === 'string') return isInFeed ? lines(branch) : [branch]
  return [boughOf(branch, isInFeed)]
}

function boughOf(bough: Bough, isInFeed: boolean): Child {
  const { entity, words } = bough
  const children = bough.children.flatMap((child) => grown(child, isInFeed))
  const { type } = entity
  if (type === 'pre') return <Code>{words}</Code>
  if (type === 'quote') return <blockquote>{children}</blockquote>
  if (type === 'spoiler') return isInFeed ? covered(words) : <Spoiler>{children}</Spoiler>
  if (type === 'link' || type === 'url') return linkOf(bough, children)
  const mark = MARKS[type]
  return mark === undefined ? words : h(mark, null, children)
}

function Code({ children }: { readonly children: string }): VNode {
  return (
    <pre class="said-pre" tabIndex={0}>
      <code>{children}</code>
    </pre>
  )
}

function linkOf({ entity, words }: Bough, children: Child[]): VNode {
  const href = entity.type === 'link' ? (entity.url ?? '') : addressOf(words)
  if (!isSafeUrl(href)) return <>{children}</>
  return (
    <a href={href} rel="nofollow noopener noreferrer">
      {children}
    </a>
  )
}

/** Seen by whoever points at it or comes to it by keyboard. */
function Spoiler({ children }: { readonly children: Child[] }): VNode {
  return (
    <span class="said-spoiler" tabIndex={0}>
      {children}
    </span>
  )
}

function covered(words: string): string {
  return words.replaceAll(/\S/gu, '▒')
}

/** Readers of feeds know only markup. */
function lines(text: string): Child[] {
  return text.split('\n').flatMap((line, index) => (index === 0 ? [line] : [<br />, line]))
}
