import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodedPage, wordsOfPage } from './page-words.ts'
import { spentMs } from '../../../test/support/effort.ts'

test('a page is called as it calls itself', () => {
  const page = `<!doctype html><html><head><title>Other &mdash; title</title>
    <meta property="og:title" content="Fog &amp; &#x438;&#1081;">
    <META NAME='description' CONTENT='plain'><meta property=og:image content=/fog.png>
    <meta property="og:site_name" content="Lake"></head><body><meta property="og:title" content="x">`
  assert.deepEqual(wordsOfPage(page), {
    title: 'Fog & ий',
    description: 'plain',
    site: 'Lake',
    image: '/fog.png',
  })
  assert.equal(wordsOfPage('<title> Only \n this\u202E </title>')?.title, 'Only this')
  assert.equal(wordsOfPage('<p>No head at all'), null)
  assert.equal(wordsOfPage(`<title>${'x'.repeat(5_000)}`)?.title.length, 200)
})

test('a page is read in its own encoding', () => {
  const bytes = Buffer.from([
    0x3c, 0x74, 0x69, 0x74, 0x6c, 0x65, 0x3e, 0xd2, 0xf3, 0xec, 0xe0, 0xed,
  ])
  const text = decodedPage(bytes, 'text/html; charset=windows-1251')
  assert.equal(wordsOfPage(text)?.title, 'Туман')
  assert.match(decodedPage(Buffer.from('<title>Fog'), 'text/html; charset=no-such-thing'), /Fog/)
})

test('no page of half a MiB keeps the station busy', () => {
  const hostile = [
    '<meta ',
    '<meta a',
    '<meta content="',
    '<meta property=og:title content=',
    `<meta ${'a'.repeat(3_900)}`,
    `<meta a${' '.repeat(3_900)}`,
    '<',
    '<title>',
    '&#',
  ]
  for (const piece of hostile) {
    const page = piece.repeat(Math.ceil((512 * 1024) / piece.length))
    const began = spentMs()
    wordsOfPage(page)
    const tookMs = spentMs() - began
    assert.ok(tookMs < 1_000, `${piece.slice(0, 20)}: ${tookMs} ms`)
  }
})
