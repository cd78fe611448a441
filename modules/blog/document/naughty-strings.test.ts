import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parseHTML } from 'linkedom'
import { sharedData } from '../../../test/support/shared-data.ts'
import { sameContent } from './compare.ts'
import { DocumentError } from './document-error.ts'
import { docFromHtml } from './html/doc-from-html.ts'
import { assertInert } from './render/inert-html.ts'
import { docFromMarkdown } from './markdown/doc-from-markdown.ts'
import { markdownFromDoc } from './markdown/markdown-from-doc.ts'
import { parseDoc } from './gate/parse.ts'
import { renderDoc } from './render/render.ts'

/** The Big List of Naughty Strings, if it lies beside the project. */
const { path, needed } = sharedData('blns.json')
const strings = needed.skip ? [] : (JSON.parse(readFileSync(path, 'utf8')) as string[])
/* The gate refuses these, with a code; everything else must be shown. */
const CONTROL = /[\u0000-\u0008\u000B-\u001F]/

const carried = strings.filter((text) => text !== '' && !CONTROL.test(text) && text.isWellFormed())

test('every naughty string is shown literally or refused with a code', needed, async () => {
  assert.ok(carried.length > 400)
  for (const text of strings) {
    const input = {
      v: 1,
      doc: { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] },
    }
    if (!carried.includes(text)) {
      assert.throws(() => parseDoc(input), DocumentError, JSON.stringify(text))
      continue
    }
    const { html } = await renderDoc(parseDoc(input))
    assertInert(html)
    const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`)
    const shown = (document as { body: { textContent: string } }).body.textContent
    assert.equal(shown.replaceAll('\u00A0', ' '), text.replaceAll('\u00A0', ' '))
  }
})

test('every naughty string comes back from Markdown', needed, async () => {
  for (const text of carried) {
    if (text.includes('\n') || text.trim() === '') continue
    const content = [{ type: 'paragraph', content: [{ type: 'text', text }] }]
    const doc = parseDoc({ v: 1, doc: { type: 'doc', content } })
    assert.ok(
      sameContent(await docFromMarkdown(await markdownFromDoc(doc)), doc),
      JSON.stringify(text),
    )
  }
})

test('every naughty string is harmless as Markdown and as HTML', needed, async () => {
  for (const text of carried) {
    assertInert((await renderDoc(await docFromMarkdown(text))).html)
    assertInert((await renderDoc((await docFromHtml(text)).doc)).html)
  }
})
