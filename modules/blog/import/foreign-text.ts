import {
  docFromHtml,
  DocumentError,
  docFromMarkdown,
  type Dropped,
  type HtmlResult,
} from '../document/index.ts'

/** Foreign HTML as a document. What exceeds the limits of a document is cut, and said so. */
export async function blocksOrText(html: string, baseUrl?: string): Promise<HtmlResult> {
  const options = baseUrl !== undefined && URL.canParse(baseUrl) ? { baseUrl } : {}
  try {
    return await docFromHtml(html, options)
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error
    const dropped: Dropped[] = [{ what: 'text', detail: `${error.code} ${error.path}`.trim() }]
    return { doc: await docFromMarkdown(''), dropped }
  }
}
