import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { portableDoc } from '../arbitrary-doc.ts'
import { DocumentError } from '../document-error.ts'
import { DOC_LIMITS } from '../model.ts'
import { parseDoc } from './parse.ts'

function docOf(...content: unknown[]): unknown {
  return { v: 1, doc: { type: 'doc', content } }
}
function paragraph(text: string, marks?: unknown[]): unknown {
  return {
    type: 'paragraph',
    content: [{ type: 'text', text, ...(marks !== undefined && { marks }) }],
  }
}
function nested(levels: number): unknown {
  let block: unknown = paragraph('дно')
  for (let i = 0; i < levels; i++) block = { type: 'blockquote', content: [block] }
  return block
}

/** Expects a refusal with this code at this place. */
function refused(input: unknown, code: string, path?: string): void {
  assert.throws(
    () => parseDoc(input),
    (error) => {
      assert.ok(error instanceof DocumentError, String(error))
      assert.equal(error.name, 'DocumentError')
      assert.equal(error.code, code)
      if (path !== undefined) assert.equal(error.path, path)
      return true
    },
  )
}

test('an empty document is a document', () => {
  assert.deepEqual(parseDoc({ v: 1, doc: { type: 'doc' } }), {
    v: 1,
    doc: { type: 'doc', content: [] },
  })
})

test('only version 1 and nothing beside it is read', () => {
  refused({ v: 2, doc: { type: 'doc' } }, 'invalid', 'v')
  refused({ v: 1, doc: { type: 'doc' }, html: '<b>' }, 'unknown-attribute', 'html')
  refused({ v: 1, doc: { type: 'paragraph' } }, 'invalid', 'doc.type')
  for (const input of [null, [], 'doc', 1, undefined]) refused(input, 'invalid')
})

test('an unknown node, mark or attribute is refused by its path, never stripped', () => {
  refused(docOf({ type: 'script' }), 'unknown-node', 'doc.content[0].type')
  refused(
    docOf(paragraph('x', [{ type: 'blink' }])),
    'unknown-mark',
    'doc.content[0].content[0].marks[0].type',
  )
  refused(
    docOf({ type: 'paragraph', attrs: { onclick: 'x' } }),
    'unknown-attribute',
    'doc.content[0].attrs.onclick',
  )
  refused(docOf({ type: 'paragraph', html: 'x' }), 'unknown-attribute', 'doc.content[0].html')
  refused(docOf(paragraph('x', [{ type: 'bold', attrs: { style: 'x' } }])), 'unknown-attribute')
  refused(docOf({ type: 'toString' }), 'unknown-node')
})

test('nodes stand only where they belong', () => {
  refused(docOf({ type: 'text', text: 'x' }), 'invalid')
  refused(docOf({ type: 'listItem', content: [paragraph('x')] }), 'invalid')
  refused(docOf({ type: 'bulletList', content: [paragraph('x')] }), 'invalid')
  refused(docOf({ type: 'bulletList', content: [] }), 'invalid', 'doc.content[0].content')
  refused(docOf({ type: 'paragraph', content: [paragraph('x')] }), 'invalid')
  const note = { type: 'footnoteDefinition', attrs: { label: 'a' }, content: [paragraph('x')] }
  refused(docOf({ type: 'blockquote', content: [note] }), 'invalid')
  refused(docOf(note, note), 'invalid', 'doc.content[1].attrs.label')
  refused(
    docOf({ type: 'codeBlock', content: [{ type: 'text', text: 'x', marks: [] }] }),
    'unknown-attribute',
  )
})

test('attributes are held to their values', () => {
  refused(
    docOf({ type: 'heading', attrs: { level: '2 x onload=1' } }),
    'invalid',
    'doc.content[0].attrs.level',
  )
  refused(docOf({ type: 'heading', attrs: { level: 7 } }), 'invalid')
  refused(docOf({ type: 'heading' }), 'invalid', 'doc.content[0].attrs.level')
  refused(
    docOf({ type: 'codeBlock', attrs: { language: '"><script>' } }),
    'invalid',
    'doc.content[0].attrs.language',
  )
  refused(docOf({ type: 'figure', attrs: { mediaId: 'a', size: 'huge' } }), 'invalid')
  refused(docOf({ type: 'figure', attrs: { mediaId: 'a', width: 1.5 } }), 'invalid')
  refused(docOf({ type: 'figure', attrs: { alt: 'x' } }), 'bad-image')
  refused(docOf({ type: 'figure', attrs: { mediaId: 'a', src: '/x.png' } }), 'bad-image')
  refused(docOf({ type: 'gallery', attrs: { items: [] } }), 'invalid')
  refused(
    docOf({ type: 'gallery', attrs: { items: [{ mediaId: 'a', x: 1 }] } }),
    'unknown-attribute',
    'doc.content[0].attrs.items[0].x',
  )
  refused(docOf({ type: 'unknownBlock', attrs: { module: '"><b>', type: 'x' } }), 'invalid')
})

const badLinks = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  ' javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  '//evil.example',
  '/\\evil.example',
  'https://',
  'relative/page',
  'https://example.org/a b',
  '',
]
for (const href of badLinks) {
  test(`a link to ${JSON.stringify(href)} is refused`, () => {
    refused(
      docOf(paragraph('x', [{ type: 'link', attrs: { href } }])),
      'bad-link',
      'doc.content[0].content[0].marks[0].attrs.href',
    )
  })
}

test('links to the web, mail, phones, Telegram, this site and this page are kept as written', () => {
  const hrefs = [
    'https://пример.рф/путь',
    'http://a.b',
    'mailto:a@b.ru',
    'tel:+79001234567',
    'tg://resolve?domain=x',
    '/user/anna',
    '#сноска',
  ]
  for (const href of hrefs) {
    const doc = parseDoc(docOf(paragraph('x', [{ type: 'link', attrs: { href, title: null } }])))
    assert.ok(JSON.stringify(doc).includes(JSON.stringify(href)), href)
  }
})

test('pictures come from uploads, from this site or from the web', () => {
  for (const src of [
    'javascript:alert(1)',
    'data:image/svg+xml,<svg/>',
    '//evil.example/x.png',
    'mailto:a@b',
  ]) {
    refused(docOf({ type: 'figure', attrs: { src } }), 'bad-image', 'doc.content[0].attrs.src')
  }
  parseDoc(
    docOf(
      { type: 'figure', attrs: { src: '/media/a.webp' } },
      { type: 'figure', attrs: { src: 'https://a.b/c.png' } },
    ),
  )
})

test('control characters, lone surrogates and prototype keys are refused', () => {
  refused(docOf(paragraph('a\u0000b')), 'bad-text', 'doc.content[0].content[0].text')
  refused(docOf(paragraph('a\u001bb')), 'bad-text')
  refused(docOf(paragraph('a\ud800b')), 'bad-text')
  refused(
    JSON.parse('{"v":1,"doc":{"type":"doc","__proto__":{"x":1}}}'),
    'forbidden-key',
    'doc.__proto__',
  )
  refused(JSON.parse('{"v":1,"doc":{"type":"doc","constructor":1}}'), 'forbidden-key')
  const raw = JSON.parse('{"a":[{"__proto__":1}]}') as unknown
  refused(docOf({ type: 'unknownBlock', attrs: { module: 'm', type: 't', raw } }), 'forbidden-key')
})

test('only plain JSON is read', () => {
  refused(docOf(new Date(0)), 'invalid')
  refused(docOf(paragraph('x', [() => 1])), 'invalid')
  refused(docOf({ type: 'orderedList', attrs: { start: Number.NaN } }), 'invalid')
})

test('documents end at their limits', () => {
  refused(docOf(paragraph('ж'.repeat(DOC_LIMITS.maxBytes / 2))), 'too-large', '')
  const breaks = Array.from({ length: DOC_LIMITS.maxNodes }, () => ({ type: 'hardBreak' }))
  refused(docOf({ type: 'paragraph', content: breaks }), 'too-many-nodes')
  parseDoc(docOf(nested(DOC_LIMITS.maxDepth - 2)))
  refused(docOf(nested(DOC_LIMITS.maxDepth - 1)), 'too-deep')
})

test('JSON nested 10 000 deep is refused without touching the stack', () => {
  refused(docOf(nested(10_000)), 'too-deep')
  const text = `${'['.repeat(10_000)}${']'.repeat(10_000)}`
  refused(
    docOf({
      type: 'unknownBlock',
      attrs: { module: 'm', type: 't', raw: JSON.parse(text) as unknown },
    }),
    'too-deep',
  )
})

test('every block gets an id, and of two blocks with one id the later gets another', () => {
  const doc = parseDoc(
    docOf(
      { type: 'horizontalRule' },
      { type: 'horizontalRule', attrs: { id: 'same' } },
      { type: 'horizontalRule', attrs: { id: 'same' } },
    ),
  )
  const ids = doc.doc.content.map((block) => block.attrs.id)
  assert.equal(ids[1], 'same')
  assert.equal(new Set(ids).size, 3)
  assert.match(ids[0] ?? '', /^[0-9a-z]{14}$/)
  refused(
    docOf({ type: 'horizontalRule', attrs: { id: '"><b>' } }),
    'invalid',
    'doc.content[0].attrs.id',
  )
})

test('ids made later sort later', () => {
  const doc = parseDoc(docOf(...Array.from({ length: 500 }, () => ({ type: 'horizontalRule' }))))
  const ids = doc.doc.content.map((block) => block.attrs.id)
  assert.deepEqual(ids.toSorted(), ids)
})

test('what an editor writes becomes canonical: order of marks, joined text, no nulls', () => {
  const content = [
    { text: 'а', type: 'text', marks: [{ type: 'italic' }, { type: 'bold', attrs: null }] },
    { type: 'text', text: 'б', marks: [{ type: 'bold' }, { type: 'italic' }] },
  ]
  const doc = parseDoc(
    docOf(
      { content, attrs: { id: 'p' }, type: 'paragraph' },
      { type: 'codeBlock', attrs: { id: 'c', language: null } },
    ),
  )
  assert.equal(
    JSON.stringify(doc.doc.content),
    '[{"type":"paragraph","attrs":{"id":"p"},"content":[{"type":"text","marks":[{"type":"bold"},{"type":"italic"}],"text":"аб"}]},{"type":"codeBlock","attrs":{"id":"c"}}]',
  )
  refused(docOf(paragraph('x', [{ type: 'bold' }, { type: 'bold' }])), 'invalid')
  refused(docOf(paragraph('')), 'invalid')
})

test('a block of an absent module is returned byte for byte', () => {
  const raw = {
    question: 'Чай или кофе?',
    options: ['чай', 'кофе'],
    z: null,
    a: { deep: [1, 2.5, true] },
  }
  const doc = parseDoc(
    docOf({ type: 'unknownBlock', attrs: { id: 'u', module: 'poll', type: 'poll', raw } }),
  )
  const [block] = doc.doc.content
  assert.equal(block?.type, 'unknownBlock')
  assert.equal(
    block.type === 'unknownBlock' && JSON.stringify(block.attrs.raw),
    JSON.stringify(raw),
  )
})

test('reading a document that was read changes nothing', () => {
  fc.assert(
    fc.property(portableDoc, (doc) => {
      assert.equal(JSON.stringify(parseDoc(JSON.parse(JSON.stringify(doc)))), JSON.stringify(doc))
    }),
    { numRuns: 200, seed: 2026 },
  )
})

test('whatever JSON comes, the gate either reads it or refuses it with a DocumentError', () => {
  const key = fc.constantFrom(
    'type',
    'content',
    'attrs',
    'text',
    'marks',
    'id',
    'level',
    'href',
    'src',
    'items',
  )
  const value = fc.constantFrom(
    'doc',
    'paragraph',
    'text',
    'heading',
    'figure',
    'gallery',
    'table',
    'tableRow',
    'bold',
    'link',
    '/x',
  )
  const json = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 6 },
      fc.oneof(value, fc.integer(), fc.constant(null)),
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(key, tie('any'), { maxKeys: 4 }),
    ),
  })).any
  fc.assert(
    fc.property(
      fc.oneof(
        json.map((content) => docOf(content)),
        fc.anything(),
      ),
      (input) => {
        try {
          parseDoc(input)
        } catch (error) {
          assert.ok(error instanceof DocumentError, String(error))
        }
      },
    ),
    { numRuns: 2000, seed: 2026 },
  )
})
