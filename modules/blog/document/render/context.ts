import { documentLabels } from './label.ts'
import type { DocumentLabels, DocumentLocale } from './label.ts'
import type { FootnoteDefinition, QuarkDoc } from '../model.ts'

/** An upload of this station as the page shows it; sizes in pixels. */
export interface RenderedMedia {
  src: string
  srcset?: string
  width: number
  height: number
  /** A smaller file for galleries. */
  thumb?: string
}

export interface RenderOptions {
  /** Language of the added words; ru by default. */
  locale?: DocumentLocale
  labels?: Partial<DocumentLabels>
  /** Finds an upload; `undefined` means that it is gone. Must not do input or output. */
  media?: (mediaId: string) => RenderedMedia | undefined
  /** Address of this station (`https://example.org`); links into it count as its own. */
  origin?: string
  /** Makes addresses of this site absolute with `origin`, as feeds and mail need them. */
  absoluteUrls?: boolean
  /** Also puts each note beside its reference, for wide pages. */
  sidenotes?: boolean
  /** Goes before every id, when several documents stand on one page. */
  idPrefix?: string
}

export interface TocEntry {
  id: string
  text: string
  level: number
}

/** Loaded engines; absent ones leave code plain and formulas as their source. */
export interface RenderEngines {
  highlight?: (code: string, language: string) => string | undefined
  math?: (latex: string, isBlock: boolean) => string | undefined
}

export interface RenderContext {
  options: RenderOptions
  labels: DocumentLabels
  engines: RenderEngines
  prefix: string
  toc: TocEntry[]
  /** Anchors in use, each with the number of its next namesake. */
  anchors: Map<string, number>
  definitions: Map<string, FootnoteDefinition>
  /** Numbers of the notes by label, in the order of their first reference. */
  noteNumbers: Map<string, number>
  /** How many times each note was referred to. */
  noteUses: Map<string, number>
  tables: number
  pictures: number
  /** Whether the paragraph being rendered may carry notes at its side. */
  inColumn: boolean
}

export function renderContext(
  doc: QuarkDoc,
  options: RenderOptions,
  engines: RenderEngines,
): RenderContext {
  const definitions = new Map<string, FootnoteDefinition>()
  for (const block of doc.doc.content) {
    if (block.type === 'footnoteDefinition') definitions.set(block.attrs.label, block)
  }
  return {
    options,
    labels: { ...documentLabels[options.locale ?? 'ru'], ...options.labels },
    engines,
    prefix: options.idPrefix ?? '',
    toc: [],
    anchors: new Map(),
    definitions,
    noteNumbers: new Map(),
    noteUses: new Map(),
    tables: 0,
    pictures: 0,
    inColumn: false,
  }
}

/** The address as the reader's page, feed or mail needs it. */
export function resolveUrl(url: string, context: RenderContext): string {
  const { absoluteUrls, origin } = context.options
  return absoluteUrls === true && origin !== undefined && url.startsWith('/') ? origin + url : url
}

/** The number of a note; a label that was not met yet gets the next one. */
export function noteNumber(label: string, context: RenderContext): number {
  const known = context.noteNumbers.get(label)
  if (known !== undefined) return known
  const number = context.noteNumbers.size + 1
  context.noteNumbers.set(label, number)
  return number
}

/** The id of the n-th reference to a note. */
export function referenceId(number: number, use: number, context: RenderContext): string {
  return `${context.prefix}fnref-${number}${use > 1 ? `-${use}` : ''}`
}
