import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { portableDoc } from './arbitrary-doc.ts'
import { docFromMarkdown } from './markdown/doc-from-markdown.ts'
import type { QuarkDoc } from './model.ts'
import { parseDoc } from './gate/parse.ts'
import {
  excerpt,
  guessLanguage,
  linksOf,
  picturesOf,
  picturesWithoutAlt,
  plainText,
  readingMinutes,
  wordCount,
} from './text.ts'

function paragraphs(...texts: string[]): QuarkDoc {
  const content = texts.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] }))
  return parseDoc({ v: 1, doc: { type: 'doc', content } })
}

test('plain text has a line for every piece that a reader sees', async () => {
  const doc = await docFromMarkdown(
    '# Заголовок\n\nТекст *с* [ссылкой](https://a.b) и $x^2$.\n\n- раз\n- два\n\n| а | б |\n| - | - |\n| 1 | 2 |\n\n![озеро](media:x1 "Подпись")\n\n```ts\nconst a = 1\n```\n\n> Слова\n>\n> <cite>Автор</cite>\n',
  )
  assert.equal(
    plainText(doc),
    'Заголовок\nТекст с ссылкой и x^2.\nраз\nдва\nа\tб\n1\t2\nПодпись\nconst a = 1\nСлова\nАвтор',
  )
})

test('an excerpt ends between words and never exceeds its length', () => {
  assert.equal(excerpt(paragraphs('Вода ещё тёплая.'), 160), 'Вода ещё тёплая.')
  assert.equal(excerpt(paragraphs('Вода ещё тёплая, ночь уже холодная'), 20), 'Вода ещё тёплая…')
  assert.equal(excerpt(paragraphs('Вода ещё тёплая'), 9), 'Вода ещё…')
  assert.equal(excerpt(paragraphs('Одиннадцатиклассница'), 5), 'Один…')
  fc.assert(
    fc.property(portableDoc, fc.integer({ min: 2, max: 60 }), (doc, max) => {
      const text = excerpt(doc, max)
      assert.ok(text.length <= max && text.isWellFormed(), text)
    }),
    { numRuns: 200, seed: 2026 },
  )
})

test('an excerpt takes the running text, and headings only when there is nothing else', async () => {
  assert.equal(excerpt(await docFromMarkdown('# Имя\n\n```\ncode\n```\n\nТекст'), 50), 'Текст')
  assert.equal(excerpt(await docFromMarkdown('# Имя'), 50), 'Имя')
})

test('words are counted as people count them', () => {
  assert.equal(wordCount(paragraphs('Кто-то сказал: «Node.js 24», 3,5 раза.', '— Да!')), 7)
  assert.equal(wordCount(parseDoc({ v: 1, doc: { type: 'doc' } })), 0)
})

test('reading takes a minute at least and depends on the language', () => {
  assert.equal(readingMinutes(paragraphs('Привет')), 1)
  assert.equal(readingMinutes(paragraphs('слово '.repeat(1800))), 10)
  assert.equal(readingMinutes(paragraphs('word '.repeat(2300))), 10)
})

test('the language is guessed from letters outside code', async () => {
  assert.equal(guessLanguage(paragraphs('Привет, world')), 'ru')
  assert.equal(guessLanguage(paragraphs('Hello, мир')), 'en')
  assert.equal(guessLanguage(await docFromMarkdown('Да\n\n```\nlet a = someLongName\n```')), 'ru')
})

test('links are listed with their words, joined across marks', async () => {
  const doc = await docFromMarkdown(
    '[а **б**](https://a.b) [в](/c)\n\n[Кино](https://youtu.be/abc "embed:youtube")',
  )
  assert.deepEqual(
    linksOf(doc).map(({ href, text }) => [href, text]),
    [
      ['https://a.b', 'а б'],
      ['/c', 'в'],
      ['https://youtu.be/abc', 'Кино'],
    ],
  )
})

test('pictures without a description are found unless they are decorative', async () => {
  const doc = await docFromMarkdown(
    '![озеро](media:a)\n\n![](media:b)\n\n![](media:c#decorative)\n\n![](media:d) ![лес](media:e)',
  )
  assert.deepEqual(
    picturesOf(doc).map((picture) => picture.mediaId),
    ['a', 'b', 'c', 'd', 'e'],
  )
  assert.deepEqual(
    picturesWithoutAlt(doc).map((picture) => picture.mediaId),
    ['b', 'd'],
  )
  assert.equal(picturesWithoutAlt(doc)[0]?.blockId, doc.doc.content[1]?.attrs.id)
})
