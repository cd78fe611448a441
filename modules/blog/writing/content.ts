import { blogErrors } from '../errors.ts'
import {
  docFromHtml,
  docFromMarkdown,
  DocumentError,
  type Dropped,
  parseDoc,
  type QuarkDoc,
  withIdsFrom,
} from '../document/index.ts'

/** A text as clients send it: exactly one of the three. */
export interface ContentInput {
  readonly markdown?: string
  readonly html?: string
  readonly doc?: unknown
}

export interface ReadContent {
  readonly doc: QuarkDoc
  /** What foreign HTML held that has no place in a document. */
  readonly dropped: readonly Dropped[]
}

/**
 * The text as a validated document. Markdown and HTML carry no block ids; they take those of
 * `base`, so that an edited text stays comparable block by block.
 *
 * @throws QL_BLOG_DOCUMENT naming the place.
 */
export async function readContent(input: ContentInput, base?: QuarkDoc): Promise<ReadContent> {
  try {
    if (input.doc !== undefined) return { doc: parseDoc(input.doc), dropped: [] }
    const { doc, dropped } =
      input.markdown === undefined
        ? await docFromHtml(input.html ?? '', { resolveImage: ownUpload })
        : { doc: await docFromMarkdown(input.markdown, { resolveImage: ownUpload }), dropped: [] }
    return { doc: base ? withIdsFrom(base, doc) : doc, dropped }
  } catch (error) {
    throw error instanceof DocumentError ? refusal(error, doorOf(input)) : error
  }
}

/** A picture of this station is kept by its id, so that it has its size wherever it is shown. */
function ownUpload(src: string): { mediaId: string } | undefined {
  const [, mediaId] = /^\/media\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(src) ?? []
  return mediaId === undefined ? undefined : { mediaId }
}

function doorOf({ doc, markdown }: ContentInput): string {
  if (doc !== undefined) return 'doc'
  return markdown === undefined ? 'html' : 'markdown'
}

/** `doc.content[3].attrs.level` stands at `/content/doc/doc/content/3/attrs/level` of the body. */
function refusal(error: DocumentError, door: string) {
  const inner = door === 'doc' ? error.path.replaceAll(/\.|\[|\]\.?/g, '/').replace(/\/$/, '') : ''
  const path = `/content/${door}${inner === '' ? '' : `/${inner}`}`
  const { en, ru } = TEXTS[error.code]
  return blogErrors.QL_BLOG_DOCUMENT({
    cause: error,
    errors: [{ path, code: `document-${error.code}`, en, ru }],
  })
}

const TEXTS: Readonly<Record<DocumentError['code'], { en: string; ru: string }>> = {
  invalid: { en: 'This is not a document.', ru: 'Это не документ.' },
  'too-large': { en: 'The text is longer than 256 KiB.', ru: 'Текст длиннее 256 КиБ.' },
  'too-deep': { en: 'The text is nested too deeply.', ru: 'В тексте слишком много вложений.' },
  'too-many-nodes': { en: 'The text has too many parts.', ru: 'В тексте слишком много частей.' },
  'forbidden-key': { en: 'This name is not allowed.', ru: 'Такое имя не разрешено.' },
  'unknown-node': { en: 'There is no such block.', ru: 'Такого блока нет.' },
  'unknown-mark': { en: 'There is no such formatting.', ru: 'Такого оформления нет.' },
  'unknown-attribute': { en: 'There is no such property.', ru: 'Такого свойства нет.' },
  'bad-text': {
    en: 'The text holds characters that cannot be kept.',
    ru: 'В тексте есть знаки, которые нельзя сохранить.',
  },
  'bad-link': { en: 'A link may not lead there.', ru: 'Ссылка не может туда вести.' },
  'bad-image': { en: 'There can be no picture there.', ru: 'Там не может быть изображения.' },
}
