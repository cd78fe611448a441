import fc from 'fast-check'
import type { QuarkDoc } from './model.ts'
import { parseDoc } from './gate/parse.ts'

/** Documents for property tests: whatever Markdown can carry, with text that provokes it. */

const SNIPPETS = [
  'слово',
  'word',
  'и',
  '«цитата»',
  '„внутри“',
  'ёж',
  ' ',
  '  ',
  '# ',
  '1. ',
  '2) ',
  '- ',
  '+ ',
  '> ',
  '|',
  '||',
  '```',
  '~~~',
  '`',
  '*',
  '**',
  '_',
  '__',
  '~~',
  '~',
  '\\',
  '[x](y)',
  '[^1]',
  '[ ] ',
  '![a](b)',
  '<b>',
  '</b>',
  '<br>',
  '<!--',
  '-->',
  '&amp;',
  '&#39;',
  '$5',
  '$x$',
  '$$',
  'https://example.org/a_b',
  'www.example.org',
  'a@b.ru',
  '---',
  '===',
  ':-',
  '!',
  '—',
  '.',
  ',',
  '"',
  "'",
  '\t',
  '\u00A0',
  '😀',
  '日本',
  '\u200D',
  '\uFEFF',
]

const rough = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...SNIPPETS) },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }) },
    ),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((parts) =>
    parts.join('').replace(/[\u0000-\u0008\u000A-\u001F\u007F-\u009F\u2028\u2029]/g, ''),
  )
  .filter((text) => text.trim() !== '' && text.isWellFormed())

/** Text of any kind, not blank. */
export const roughText = rough

const markNames = ['bold', 'italic', 'strike', 'underline', 'highlight', 'superscript'] as const
const hrefs = [
  'https://example.org/',
  'https://пример.рф/путь?а=1&b=(2)',
  '/user/anna',
  '#раздел',
  'mailto:a@b.ru',
  'tel:+7900',
]
const link = fc
  .record({ href: fc.constantFrom(...hrefs), title: fc.option(words(), { nil: undefined }) })
  .map(({ href, title }) => ({
    type: 'link',
    attrs: title === undefined ? { href } : { href, title },
  }))

/** A line without spaces at its ends, as captions and titles are stored. */
function words(): fc.Arbitrary<string> {
  return rough.map((text) => text.replace(/\s+/g, ' ').trim()).filter((text) => text !== '')
}

const marks = fc
  .tuple(
    fc.subarray([...markNames], { maxLength: 2 }),
    fc.option(link, { nil: undefined, freq: 5 }),
  )
  .map(([names, linked]) => [
    ...(linked === undefined ? [] : [linked]),
    ...names.map((type) => ({ type })),
  ])

const text = fc
  .tuple(rough, marks)
  .map(([value, given]) => ({ type: 'text', text: value, marks: given }))
const code = rough.map((value) => ({
  type: 'text',
  text: value.replaceAll('\t', ' '),
  marks: [{ type: 'code' }],
}))
const latex = fc.constantFrom('x^2', '\\frac{a}{b}', 'e = mc^2', 'a_{1} < b')
const formula = latex.map((value) => ({ type: 'mathInline', attrs: { latex: value } }))
const reference = fc.constant({ type: 'footnoteReference', attrs: { label: 'note' } })

const line = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: text },
    { weight: 1, arbitrary: code },
    { weight: 1, arbitrary: formula },
    { weight: 1, arbitrary: reference },
  ),
  { minLength: 1, maxLength: 4 },
)

const paragraph = fc
  .tuple(line, fc.option(line, { nil: undefined, freq: 4 }))
  .map(([first, second]) => {
    const content = second === undefined ? first : [...first, { type: 'hardBreak' }, ...second]
    return { type: 'paragraph', content }
  })

const heading = fc.tuple(fc.integer({ min: 1, max: 6 }), line).map(([level, content]) => {
  return { type: 'heading', attrs: { level }, content }
})

const codeLines = fc.array(fc.oneof(rough, fc.constantFrom('```', '~~~~', '', '    x', '# y')), {
  maxLength: 4,
})
const codeBlock = fc
  .record({
    lines: codeLines,
    language: fc.constantFrom(undefined, 'ts', 'c++', 'python'),
    filename: fc.option(words(), { nil: undefined }),
  })
  .map(({ lines, language, filename }) => {
    const source = lines.join('\n')
    const attrs = { language: language ?? null, filename: filename ?? null }
    return {
      type: 'codeBlock',
      attrs,
      ...(source !== '' && { content: [{ type: 'text', text: source }] }),
    }
  })

const picture = fc
  .record({
    source: fc.constantFrom(
      { mediaId: '01jabc' },
      { src: 'https://example.org/a b.png'.replace(' ', '%20') },
      { src: '/media/x.webp' },
    ),
    alt: fc.oneof(words(), fc.constant('')),
    caption: fc.option(words(), { nil: null }),
    decorative: fc.boolean(),
    width: fc.option(fc.integer({ min: 1, max: 9000 }), { nil: null }),
  })
  .map(({ source, ...others }) => ({ ...source, ...others }))
const figure = fc.tuple(picture, fc.constantFrom('text', 'wide', 'full')).map(([attrs, size]) => {
  return { type: 'figure', attrs: { ...attrs, size } }
})
const gallery = fc
  .tuple(fc.array(picture, { minLength: 1, maxLength: 3 }), fc.option(words(), { nil: null }))
  .map(([items, caption]) => ({ type: 'gallery', attrs: { items, caption } }))

const cell = fc
  .option(line, { nil: undefined, freq: 4 })
  .map((content) => ({ type: 'paragraph', ...(content !== undefined && { content }) }))
const table = fc
  .tuple(
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 1, max: 3 }),
    fc.option(words(), { nil: null }),
  )
  .chain(([width, height, caption]) =>
    fc
      .tuple(
        fc.array(fc.constantFrom(null, 'left', 'center', 'right'), {
          minLength: width,
          maxLength: width,
        }),
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
          minLength: height + 1,
          maxLength: height + 1,
        }),
        line,
      )
      .map(([aligns, rows, first]) => {
        const content = rows.map((cells, i) => ({
          type: 'tableRow',
          content: cells.map((inner, column) => ({
            type: i === 0 ? 'tableHeader' : 'tableCell',
            attrs: { align: aligns[column] },
            // A head of empty cells means no head, so the first cell says something.
            content: [i === 0 && column === 0 ? { type: 'paragraph', content: first } : inner],
          })),
        }))
        return { type: 'table', attrs: { caption }, content }
      }),
  )

const simple = fc.oneof(
  { weight: 5, arbitrary: paragraph },
  { weight: 2, arbitrary: heading },
  { weight: 2, arbitrary: codeBlock },
  { weight: 1, arbitrary: figure },
  { weight: 1, arbitrary: gallery },
  { weight: 1, arbitrary: table },
  { weight: 1, arbitrary: fc.constant({ type: 'horizontalRule' }) },
  { weight: 1, arbitrary: latex.map((value) => ({ type: 'mathBlock', attrs: { latex: value } })) },
  {
    weight: 1,
    arbitrary: fc
      .jsonValue({ maxDepth: 3 })
      .filter(isCarried)
      .map((raw) => ({ type: 'unknownBlock', attrs: { module: 'poll', type: 'poll', raw } })),
  },
  {
    weight: 1,
    arbitrary: words().map((title) => ({
      type: 'embed',
      attrs: { url: 'https://youtu.be/abc_def', provider: 'youtube', title },
    })),
  },
)

/** Whether a value passes the gate: no prototype keys, no control characters. */
function isCarried(value: unknown): boolean {
  const json = JSON.stringify(value)
  return !/__proto__|constructor|prototype|\\u00[01]|\\[bfr]/.test(json) && json.isWellFormed()
}

const { block } = fc.letrec<{ block: unknown; blocks: unknown[] }>((tie) => ({
  blocks: fc.array(tie('block'), { minLength: 1, maxLength: 3 }),
  block: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'block' },
    simple,
    fc
      .tuple(
        fc.array(tie('blocks'), { minLength: 1, maxLength: 3 }),
        fc.constantFrom('bulletList', 'orderedList'),
        fc.integer({ min: 0, max: 99 }),
      )
      .map(([items, type, start]) => ({
        type,
        ...(type === 'orderedList' && { attrs: { start } }),
        content: items.map((content) => ({ type: 'listItem', content })),
      })),
    fc.array(fc.tuple(paragraph, fc.boolean()), { minLength: 1, maxLength: 3 }).map((items) => ({
      type: 'taskList',
      content: items.map(([content, checked]) => ({
        type: 'taskItem',
        attrs: { checked },
        content: [content],
      })),
    })),
    fc
      .tuple(tie('blocks'), fc.option(words(), { nil: null }))
      .map(([content, cite]) => ({ type: 'blockquote', attrs: { cite }, content })),
    fc.tuple(tie('blocks'), words(), fc.boolean()).map(([content, summary, open]) => ({
      type: 'details',
      attrs: { summary, open },
      content,
    })),
  ),
}))

/** Any document that Markdown carries without loss, with one footnote for all references. */
export const portableDoc: fc.Arbitrary<QuarkDoc> = fc
  .tuple(fc.array(block, { maxLength: 4 }), paragraph)
  .map(([blocks, note]) => {
    const definition = { type: 'footnoteDefinition', attrs: { label: 'note' }, content: [note] }
    return parseDoc({ v: 1, doc: { type: 'doc', content: [...blocks, definition] } })
  })
