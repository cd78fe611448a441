/** QuarkDoc v1, the one stored form of a post, and everything derived from it. */
export * from './model.ts'
export { isBlockId, newBlockId } from './block-id.ts'
export { changedBlocks, sameContent, withIdsFrom } from './compare.ts'
export { DocumentError } from './document-error.ts'
export type { DocumentErrorCode } from './document-error.ts'
export type { Dropped } from './dropped.ts'
export { docFromHtml } from './html-in.ts'
export type { HtmlOptions, HtmlResult } from './html-in.ts'
export type { ResolvedImage, ResolveImage } from './image-source.ts'
export { documentLabels } from './label.ts'
export type { DocumentLabels, DocumentLocale } from './label.ts'
export { docFromMarkdown } from './markdown-in.ts'
export type { MarkdownOptions } from './markdown-in.ts'
export { markdownFromDoc } from './markdown-out.ts'
export { parseDoc } from './parse.ts'
export { RENDERER_VERSION, renderDoc } from './render.ts'
export type { RenderedDoc } from './render.ts'
export type { RenderedMedia, RenderOptions, TocEntry } from './render-context.ts'
export {
  excerpt,
  guessLanguage,
  linksOf,
  picturesOf,
  picturesWithoutAlt,
  plainText,
  readingMinutes,
  visitBlocks,
  wordCount,
} from './text.ts'
export type { DocLink, DocPicture } from './text.ts'
export { typeset } from './typography.ts'
export { htmlFromWordPress } from './wordpress.ts'
export type { WordPressImage, WordPressOptions } from './wordpress.ts'
