import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parseHTML } from 'linkedom'
import { sameContent } from './compare.ts'
import { DocumentError } from './document-error.ts'
import { docFromHtml } from './html-in.ts'
import { assertInert } from './inert-html.ts'
import { docFromMarkdown } from './markdown-in.ts'
import { markdownFromDoc } from './markdown-out.ts'
import { parseDoc } from './parse.ts'
import { renderDoc } from './render.ts'

/** The Big List of Naughty Strings, if it lies beside the project. */
const LIST = new URL('../../../../shared/data/blns.json', import.meta.url)
const strings = existsSync(LIST) ? (JSON.parse(readFileSync(LIST, 'utf8')) as string[]) : []
const skip =
  strings.length > 0 ? false : 'not run: the list of naughty strings is not beside the project'
// The gate refuses these, with a code; everything else must be shown.
const CONTROL = /[\u0000-\u0008\u000B-\u001F]/

const carried = strings.filter((text) => text !== '' && !CONTROL.test(text) && text.isWellFormed())

test('every naughty string is shown literally or refused with a code', { skip }, async () => {
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

test('every naughty string comes back from Markdown', { skip }, async () => {
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

test('every naughty string is harmless as Markdown and as HTML', { skip }, async () => {
  for (const text of carried) {
    assertInert((await renderDoc(await docFromMarkdown(text))).html)
    assertInert((await renderDoc((await docFromHtml(text)).doc)).html)
  }
})
