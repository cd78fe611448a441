import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { portableDoc } from '../arbitrary-doc.ts'
import { sameContent } from '../compare.ts'
import { DocumentError } from '../document-error.ts'
import type { Dropped } from '../dropped.ts'
import { assertInert } from '../render/inert-html.ts'
import { docFromMarkdown } from './doc-from-markdown.ts'
import { markdownFromDoc } from './markdown-from-doc.ts'
import type { QuarkDoc } from '../model.ts'
import { parseDoc } from '../gate/parse.ts'
import { renderDoc } from '../render/render.ts'
import { plainText } from '../text.ts'

function docOf(...content: unknown[]): QuarkDoc {
  return parseDoc({ v: 1, doc: { type: 'doc', content } })
}
function paragraph(...content: unknown[]): unknown {
  return { type: 'paragraph', content }
}
function text(value: string, ...marks: string[]): unknown {
  return { type: 'text', text: value, marks: marks.map((type) => ({ type })) }
}
function plain(value: string): unknown {
  return { type: 'text', text: value }
}
/** The blocks without their ids. */
function bare(doc: QuarkDoc): unknown {
  const json = JSON.stringify(doc.doc.content, (key, value: unknown) =>
    key === 'id' ? undefined : value,
  )
  return JSON.parse(json.replaceAll('"attrs":{},', '').replaceAll(',"attrs":{}', '')) as unknown
}
async function refused(markdown: string, code: string): Promise<void> {
  await assert.rejects(docFromMarkdown(markdown), (error) => {
    assert.ok(error instanceof DocumentError)
    assert.equal(error.code, code)
    return true
  })
}
function row(type: string, ...values: string[]): unknown {
  const content = values.map((value) => ({ type, content: [paragraph(text(value))] }))
  return { type: 'tableRow', content }
}
function bullets(...content: unknown[]): unknown {
  return { type: 'bulletList', content: [{ type: 'listItem', content }] }
}
function numbered(start: number, ...content: unknown[]): unknown {
  return { type: 'orderedList', attrs: { start }, content: [{ type: 'listItem', content }] }
}
async function returns(doc: QuarkDoc): Promise<string> {
  const markdown = await markdownFromDoc(doc)
  const back = await docFromMarkdown(markdown)
  assert.ok(sameContent(back, doc), `${markdown}\n${JSON.stringify(back.doc)}`)
  return markdown
}

/* Other documents in every run; a failure names its seed. */
test('1000 documents come back from Markdown as they were', async () => {
  await fc.assert(
    fc.asyncProperty(portableDoc, async (doc) => {
      await returns(doc)
    }),
    { numRuns: 1000 },
  )
})

test('bold quotation marks glued to a word stay bold', async () => {
  await returns(docOf(paragraph(text('«цитата»', 'bold'), text('слово'))))
  await returns(docOf(paragraph(text('слово'), text('«цитата»', 'bold', 'italic'), text('слово'))))
})

test('text that looks like Markdown stays text', async () => {
  for (const value of [
    '# не заголовок',
    '1. не список',
    '- нет',
    '> нет',
    '```',
    '---',
    '$5 и $6',
    '[x](y)',
    'https://a.b',
    '<b>',
    '&amp;',
    '[^1]: x',
  ]) {
    await returns(docOf(paragraph(text(value))))
  }
})

test('pipes in cells and fences inside fences come back', async () => {
  await returns(
    docOf({
      type: 'table',
      content: [row('tableHeader', 'a | b', '||'), row('tableCell', '\\|', '|')],
    }),
  )
  await returns(docOf({ type: 'table', content: [row('tableCell', 'без', 'головы')] }))
  await returns(docOf({ type: 'codeBlock', content: [plain('```\n~~~\n````\n')] }))
})

test('a list below the text of an item stays a list, whatever it opens with', async () => {
  const heading = { type: 'heading', attrs: { level: 1 }, content: [text('слово')] }
  const quote = { type: 'blockquote', content: [numbered(0, paragraph(text('слово')))] }
  const openings = [
    numbered(0, heading),
    numbered(7, paragraph(text('слово'))),
    bullets(numbered(0, heading)),
    numbered(1, numbered(4, paragraph(text('слово')))),
    { type: 'table', content: [row('tableHeader', 'а', 'б')] },
    quote,
    { type: 'paragraph' },
  ]
  for (const opening of openings) {
    await returns(docOf(bullets(paragraph(text('слово')), bullets(opening))))
    await returns(
      docOf(numbered(1, paragraph(text('слово')), bullets(opening), numbered(3, quote))),
    )
  }
})

test('Markdown of a document reads well', async () => {
  const doc = docOf(
    { type: 'heading', attrs: { level: 2 }, content: [text('Озеро')] },
    paragraph(text('Раз '), text('два', 'bold'), text(' — '), text('три', 'highlight'), text('.')),
    { type: 'figure', attrs: { mediaId: '01abc', alt: 'туман', caption: 'Утро', size: 'wide' } },
    { type: 'codeBlock', attrs: { language: 'ts', filename: 'a.ts' }, content: [plain('let a')] },
    { type: 'embed', attrs: { url: 'https://youtu.be/abc', provider: 'youtube', title: 'Кино' } },
  )
  assert.equal(
    await returns(doc),
    '## Озеро\n\nРаз **два** — <mark>три</mark>.\n\n![туман](media:01abc#wide "Утро")\n\n```ts title="a.ts"\nlet a\n```\n\n[Кино](https://youtu.be/abc "embed:youtube")\n',
  )
})

test('pictures part a paragraph; several in a row are a gallery', async () => {
  const doc = await docFromMarkdown('до ![a](/a.png) после\n\n![b](/b.png) ![c](/c.png "подпись")')
  assert.deepEqual(bare(doc), [
    { type: 'paragraph', content: [{ type: 'text', text: 'до' }] },
    { type: 'figure', attrs: { src: '/a.png', alt: 'a', size: 'text' } },
    { type: 'paragraph', content: [{ type: 'text', text: 'после' }] },
    {
      type: 'gallery',
      attrs: {
        items: [
          { src: '/b.png', alt: 'b' },
          { src: '/c.png', alt: 'c', caption: 'подпись' },
        ],
      },
    },
  ])
})

test('a picture is found by the address in the source, also a relative one', async () => {
  const asked: string[] = []
  const doc = await docFromMarkdown('![a](images/a.png#full "x")\n\n![b][b]\n\n[b]: b.png', {
    resolveImage: (src) => {
      asked.push(src)
      return { mediaId: src.replace(/\W/g, ''), width: 10, height: 20 }
    },
  })
  assert.deepEqual(asked.toSorted(), ['b.png', 'images/a.png'])
  assert.deepEqual(bare(doc), [
    {
      type: 'figure',
      attrs: { mediaId: 'imagesapng', alt: 'a', caption: 'x', width: 10, height: 20, size: 'full' },
    },
    { type: 'figure', attrs: { mediaId: 'bpng', alt: 'b', width: 10, height: 20, size: 'text' } },
  ])
})

test('soft line ends are spaces, hard ones are breaks', async () => {
  assert.deepEqual(bare(await docFromMarkdown('a\r\nb  \nc\\\nd<br>e')), [
    paragraph(
      plain('a b'),
      { type: 'hardBreak' },
      plain('c'),
      { type: 'hardBreak' },
      plain('d'),
      { type: 'hardBreak' },
      plain('e'),
    ),
  ])
})

test('dollars are money unless they hold a formula', async () => {
  assert.equal(plainText(await docFromMarkdown('От $5 до $6, **и $ 7 $**')), 'От $5 до $6, и $ 7 $')
  const doc = await docFromMarkdown('$x^2$ и $$5$$6')
  assert.match(JSON.stringify(doc), /"latex":"x\^2".*"latex":"5".*"text":"6"/)
})

test('inline HTML of plain formatting is understood, other tags stay as typed', async () => {
  const dropped: Dropped[] = []
  const doc = await docFromMarkdown('<b>а <i>б</i></b> <u>в</u> <span onclick=x>г</span> <b>д', {
    dropped,
  })
  assert.equal(plainText(doc), 'а б в <span onclick=x>г</span> <b>д')
  assert.match(JSON.stringify(doc), /\[\{"type":"bold"\},\{"type":"italic"\}\],"text":"б"/)
  assert.ok(dropped.some(({ what, detail }) => what === 'element' && detail === '<span onclick=x>'))
})

test('blocks of harmless HTML become blocks, comments vanish', async () => {
  const doc = await docFromMarkdown(
    '<div align="center">\n<p>Привет, <b>мир</b></p>\n</div>\n\n<!-- нет -->\n\nТекст <!-- нет -->тут',
  )
  assert.deepEqual(bare(doc), [
    paragraph(plain('Привет, '), { type: 'text', marks: [{ type: 'bold' }], text: 'мир' }),
    paragraph(plain('Текст тут')),
  ])
})

const probes = [
  '<script>alert(1)</script>',
  '<img src=javascript:alert(1)>',
  '<svg><foreignObject><img src=x onerror=alert(1)></foreignObject></svg>',
  '<iframe src="https://evil.example/"></iframe>',
  '[x](javascript:alert(1))',
  '[x](java&#9;script:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '![x](javascript:alert(1))',
  '![x](data:image/svg+xml,<svg/onload=alert(1)>)',
  '[x][a]\n\n[a]: javascript:alert(1)',
  '<a href="javascript:alert(1)">x</a>',
  '"><img src=x onerror=alert(1)>',
  '```"><script>\nx\n```',
]
for (const probe of probes) {
  test(`the probe ${JSON.stringify(probe)} is text, is reported, and is inert`, async () => {
    const dropped: Dropped[] = []
    const doc = await docFromMarkdown(probe, { dropped })
    assert.notDeepEqual(dropped, [])
    const { html } = await renderDoc(doc)
    assertInert(html)
    if (!probe.startsWith('```')) assert.notEqual(plainText(doc), '')
  })
}

test('a link that may not be made stays as it was typed', async () => {
  assert.equal(
    plainText(await docFromMarkdown('до [x](javascript:alert(1)) после')),
    'до [x](javascript:alert(1)) после',
  )
  assert.equal(plainText(await docFromMarkdown('[x](page.html)')), '[x](page.html)')
})

test('notes inside other blocks move to the end, labels are made fit and unique', async () => {
  const doc = await docFromMarkdown('а[^раз.два]\n\n> б\n>\n> [^раз.два]: нота')
  assert.deepEqual(bare(doc), [
    paragraph(plain('а'), { type: 'footnoteReference', attrs: { label: 'раз-два' } }),
    { type: 'blockquote', content: [paragraph(plain('б'))] },
    {
      type: 'footnoteDefinition',
      attrs: { label: 'раз-два' },
      content: [paragraph(plain('нота'))],
    },
  ])
})

test('control characters and texts beyond the limits are refused with a code', async () => {
  await refused('a\u0000b', 'bad-text')
  await refused('a\ud800b', 'bad-text')
  await refused('a'.repeat(300_000), 'too-large')
  await refused('> '.repeat(36), 'too-deep')
})

test('texts made to keep a parser busy are refused before they are read', async () => {
  const costly = [
    '>'.repeat(60_000),
    '1. '.repeat(30_000),
    '*a_ '.repeat(30_000),
    '[a]('.repeat(40_000),
    '~~a'.repeat(40_000),
    '[a]: b\n'.repeat(9000),
    `${'|a'.repeat(30_000)}\n${'|-'.repeat(30_000)}`,
    'a\n\n'.repeat(30_000),
  ]
  for (const markdown of costly) {
    await assert.rejects(
      docFromMarkdown(markdown),
      (error) => error instanceof DocumentError,
      markdown.slice(0, 10),
    )
  }
})

test('long code with many signs is not mistaken for a costly text', async () => {
  const code = 'a[i] = *b_c;\n'.repeat(4000)
  const doc = await docFromMarkdown(`\`\`\`c\n${code}\`\`\``)
  assert.equal(plainText(doc), code.slice(0, -1))
})

test('whatever text comes, it is read or refused with a DocumentError', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme-composite', maxLength: 200 }),
      async (markdown) => {
        try {
          assertInert((await renderDoc(await docFromMarkdown(markdown))).html)
        } catch (error) {
          if (error instanceof assert.AssertionError) throw error
          assert.ok(error instanceof DocumentError, String(error))
        }
      },
    ),
    { numRuns: 500, seed: 2026 },
  )
})
