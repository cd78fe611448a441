import type { Html, PhrasingContent } from 'mdast'
import type { Dropped } from '../dropped.ts'
import type { ResolvedImage } from '../image-source.ts'
import type { Block, FootnoteDefinition } from '../model.ts'

/** What the readers of blocks and of lines share while one Markdown text is read. */
export interface ReadContext {
  source: string
  dropped: Dropped[]
  images: ReadonlyMap<string, ResolvedImage>
  /** Link definitions by identifier. */
  definitions: ReadonlyMap<string, { url: string; title?: string | null | undefined }>
  /** Blocks for the HTML that was accepted whole. */
  html: ReadonlyMap<Html, Block[]>
  /** Labels of notes by identifier. */
  labels: ReadonlyMap<string, string>
  usedLabels: Set<string>
  /** Notes found inside other blocks; in a document they stand at the top level only. */
  laterNotes: FootnoteDefinition[]
  readWithoutMath: (markdown: string) => PhrasingContent[]
}
