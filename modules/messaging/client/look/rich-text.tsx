import { Fragment, h, type VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { Entity } from '../protocol/dto.ts'

type RichTextProps = {
  readonly text: string
  readonly entities: readonly Entity[]
  /** Marks what was searched for. */
  readonly mark?: string | undefined
  readonly spoilerLabel: string
}

type Child = VNode | string

/** A text with its entities as markup. Nothing of the text ever becomes markup by itself. */
export function RichText({ text, entities, mark, spoilerLabel }: RichTextProps): VNode {
  const sound = entities
    .filter(({ offset, length }) => offset >= 0 && length > 0 && offset + length <= text.length)
    .toSorted((a, b) => a.offset - b.offset || b.length - a.length)
  const context = { text, mark, spoilerLabel }
  return <>{stretch(context, sound, 0, text.length)}</>
}

interface Context {
  readonly text: string
  readonly mark: string | undefined
  readonly spoilerLabel: string
}

/** Entities are nested or apart; one that crosses the end of another is cut there. */
function stretch(context: Context, entities: readonly Entity[], from: number, to: number): Child[] {
  const parts: Child[] = []
  let at = from
  for (let index = 0; index < entities.length; index++) {
    const entity = entities[index]
    if (!entity || entity.offset < at) continue
    const end = Math.min(entity.offset + entity.length, to)
    parts.push(...plain(context, at, entity.offset))
    const inner = entities
      .slice(index + 1)
      .filter(({ offset }) => offset >= entity.offset && offset < end)
      .map((each) => ({ ...each, length: Math.min(each.length, end - each.offset) }))
    parts.push(
      <Marked key={entity.offset} entity={entity} context={context} inner={inner} end={end} />,
    )
    /* What stands as a block has ended its line already. */
    const isBlock = entity.type === 'quote' || entity.type === 'pre'
    at = isBlock && context.text[end] === '\n' ? end + 1 : end
  }
  parts.push(...plain(context, at, to))
  return parts
}

function plain({ text, mark }: Context, from: number, to: number): Child[] {
  if (to <= from) return []
  const words = text.slice(from, to)
  if (!mark) return [words]
  const parts: Child[] = []
  const found = words.toLowerCase().split(mark.toLowerCase())
  let at = 0
  for (const [index, part] of found.entries()) {
    if (index > 0) {
      parts.push(<mark key={`m${from + at}`}>{words.slice(at, at + mark.length)}</mark>)
      at += mark.length
    }
    parts.push(words.slice(at, at + part.length))
    at += part.length
  }
  return parts
}

type MarkedProps = {
  readonly entity: Entity
  readonly context: Context
  readonly inner: readonly Entity[]
  readonly end: number
}

const PLAIN_MARKS = {
  bold: 'strong',
  italic: 'em',
  strike: 's',
  underline: 'u',
} as const

function isPlainMark(type: Entity['type']): type is keyof typeof PLAIN_MARKS {
  return type in PLAIN_MARKS
}

function Marked({ entity, context, inner, end }: MarkedProps): VNode {
  const words = context.text.slice(entity.offset, end)
  if (entity.type === 'code') return <code>{words}</code>
  if (entity.type === 'pre') return <Code words={words} language={entity.language} />
  if (entity.type === 'mention' || entity.type === 'hashtag') {
    return <Named entity={entity} words={words} />
  }
  const children = stretch(context, inner, entity.offset, end)
  if (isPlainMark(entity.type)) return h(PLAIN_MARKS[entity.type], null, children)
  if (entity.type === 'quote') return <blockquote class="talk-quote">{children}</blockquote>
  if (entity.type === 'spoiler') return <Spoiler label={context.spoilerLabel}>{children}</Spoiler>
  const href = entity.type === 'link' ? (entity.url ?? '') : addressOf(words)
  return <Outside href={href}>{children}</Outside>
}

type CodeProps = { readonly words: string; readonly language: string | undefined }

function Code({ words, language }: CodeProps): VNode {
  return (
    <pre class="talk-pre" data-language={language || undefined} tabIndex={0}>
      <code>{words}</code>
    </pre>
  )
}

/** Somebody's name, or a word to search for. */
function Named({ entity, words }: { readonly entity: Entity; readonly words: string }): VNode {
  if (entity.type === 'hashtag') {
    return (
      <a href="#search" data-hashtag={words}>
        {words}
      </a>
    )
  }
  if (!entity.userId) return <Fragment>{words}</Fragment>
  return (
    <a href={`/chats/${words}`} data-mention={words.replace(/^@/, '')}>
      {words}
    </a>
  )
}

function addressOf(words: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.test(words) ? words : `https://${words}`
}

/** Only where a page opens; anything else stays text. */
export function safeAddress(href: string): string | undefined {
  const url = URL.parse(href, location.origin)
  return url && ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : undefined
}

function Outside({ href, children }: { readonly href: string; readonly children: Child[] }): VNode {
  const address = safeAddress(href)
  if (address === undefined) return <Fragment>{children}</Fragment>
  return (
    <a href={address} target="_blank" rel="noopener noreferrer nofollow" title={address}>
      {children}
    </a>
  )
}

function Spoiler({
  label,
  children,
}: {
  readonly label: string
  readonly children: Child[]
}): VNode {
  const [isOpen, open] = useState(false)
  if (isOpen) return <span class="spoiler">{children}</span>
  return (
    <span
      class="spoiler spoiler-shut"
      role="button"
      tabIndex={0}
      onClick={(event) => {
        event.stopPropagation()
        open(true)
      }}
      onKeyDown={(event) => event.key === 'Enter' && open(true)}
    >
      <span class="visually-hidden">{label}</span>
      <span aria-hidden="true">{children}</span>
    </span>
  )
}
