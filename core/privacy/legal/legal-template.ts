import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locale } from '../../port/requests.ts'

/** Each is a text of its own; none is part of another. */
export const DOCUMENTS = ['privacy', 'terms', 'consent', 'publishing'] as const
export type DocumentName = (typeof DOCUMENTS)[number]

/** What is filled in. An empty one takes its whole line along. */
export type TemplateFacts = Readonly<Record<string, string>>

export interface LegalTemplate {
  readonly title: string
  /** Markdown. */
  readonly body: string
  /** Of the template as it is shipped, before anything is filled in. */
  readonly sha256: string
}

export function isDocument(name: string): name is DocumentName {
  return (DOCUMENTS as readonly string[]).includes(name)
}

/** The shipped text with the station's facts in it. */
export function templateOf(
  document: DocumentName,
  locale: Locale,
  facts: TemplateFacts,
): LegalTemplate {
  const path = join(import.meta.dirname, 'templates', `${document}.${locale}.md`)
  const source = readFileSync(path, 'utf8')
  const [heading = '', ...lines] = filledIn(source, facts).split('\n')
  const body = lines.join('\n').trim()
  return { title: heading.replace(/^# /, ''), body, sha256: sha256Of(source) }
}

/** Puts the facts into a text an operator or the station has written. */
export function filledIn(text: string, facts: TemplateFacts): string {
  const lines = text.split('\n').flatMap((line) => {
    const names = [...line.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
    if (names.some((name) => facts[name] === '')) return []
    return [line.replaceAll(/\{(\w+)\}/g, (whole, name: string) => facts[name] ?? whole)]
  })
  return lines.join('\n')
}

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
