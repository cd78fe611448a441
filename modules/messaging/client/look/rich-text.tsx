import { Fragment, h, type VNode } from 'preact'
import { useState } from 'preact/hooks'
import { wordsIn } from '#client'
import type { Entity } from '../protocol/dto.ts'
import { addressOf, type Bough, type Branch, branchesOf } from '../../text/branches.ts'

type RichTextProps = {
  readonly text: string
  readonly entities: readonly Entity[]
  /** Words that are marked, in small letters. */
  readonly meant?: ReadonlySet<string>
  readonly spoilerLabel: string
}

type Child = VNode | string

const NONE: ReadonlySet<string> = new Set()

/** A text with its entities as markup. Nothing of the text ever becomes markup by itself. */
export function RichText({ text, entities, meant, spoilerLabel }: RichTextProps): VNode {
  return <>{grown(branchesOf(text, entities), { meant: meant ?? NONE, spoilerLabel })}</>
}

interface Context {
  readonly meant: ReadonlySet<string>
  readonly spoilerLabel: string
}

function grown(branches: readonly Branch[], context: Context): Child[] {
  return branches.flatMap((branch, index): Child[] =>
    typeof branch === 'string'
      ? plain(context, branch, index)
      : [<Marked key={index} bough={branch} context={context} />],
  )
}

function plain({ meant }: Context, words: string, place: number): Child[] {
  if (meant.size === 0) return [words]
  const parts: Child[] = []
  let at = 0
  for (const { offset, length } of wordsIn(words)) {
    const word = words.slice(offset, offset + length)
    if (!meant.has(word.toLowerCase())) continue
    parts.push(words.slice(at, offset), <mark key={`m${place} ${offset}`}>{word}</mark>)
    at = offset + length
  }
  return [...parts, words.slice(at)]
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

function Marked({
  bough: { entity, words, children: inner },
  context,
}: {
  readonly bough: Bough
  readonly context: Context
}): VNode {
  if (entity.type === 'code') return <code>{words}</code>
  if (entity.type === 'pre') return <Code words={words} language={entity.language} />
  if (entity.type === 'mention' || entity.type === 'hashtag') {
    return <Named entity={entity} words={words} />
  }
  const children = grown(inner, context)
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

/** Only where a page opens; anything else stays text. */
export function safeAddress(href: string): string | undefined {
  const url = URL.parse(href, location.origin)
  return url && ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : undefined
}

/** A link that lets people into a chat of this station leads on in the same tab. */
function isDoor(address: string): boolean {
  return address.startsWith(`${location.origin}/join/`)
}

function Outside({ href, children }: { readonly href: string; readonly children: Child[] }): VNode {
  const address = safeAddress(href)
  if (address === undefined) return <Fragment>{children}</Fragment>
  if (isDoor(address)) return <a href={address}>{children}</a>
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
