/** QuarkDoc v1, the one stored form of a post, and everything derived from it. */
export * from './model.ts'
export { changedBlocks, withIdsFrom } from './compare.ts'
export { DocumentError } from './document-error.ts'
export type { Dropped } from './dropped.ts'
export { docFromHtml } from './html-in.ts'
export type { HtmlResult } from './html-in.ts'
export { docFromMarkdown } from './markdown-in.ts'
export { markdownFromDoc } from './markdown-out.ts'
export { parseDoc } from './parse.ts'
export { RENDERER_VERSION, renderDoc } from './render.ts'
export type { RenderedMedia, TocEntry } from './render-context.ts'
export {
  excerpt,
  guessLanguage,
  linksOf,
  picturesOf,
  picturesWithoutAlt,
  plainText,
  readingMinutes,
  wordCount,
} from './text.ts'
export { htmlFromWordPress } from './wordpress.ts'
export type { WordPressImage } from './wordpress.ts'
