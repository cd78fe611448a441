/** QuarkDoc v1, the one stored form of a post, and everything derived from it. */
export * from './model.ts'
export { changedBlocks, withIdsFrom } from './compare.ts'
export { DocumentError } from './document-error.ts'
export type { Dropped } from './dropped.ts'
export { docFromHtml } from './html/doc-from-html.ts'
export type { HtmlResult } from './html/doc-from-html.ts'
export { docFromMarkdown } from './markdown/doc-from-markdown.ts'
export { markdownFromDoc } from './markdown/markdown-from-doc.ts'
export { parseDoc } from './gate/parse.ts'
export { RENDERER_VERSION, renderDoc } from './render/render.ts'
export type { RenderedMedia, TocEntry } from './render/context.ts'
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
export { htmlFromWordPress } from './html/wordpress.ts'
export type { WordPressImage } from './html/wordpress.ts'
