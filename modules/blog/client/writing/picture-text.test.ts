import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asBlock, pictureMarkdown } from './picture-text.ts'

const url = '/media/0198a1b2-0000-7000-8000-000000000000'

test('words about a picture stay between their brackets', () => {
  assert.equal(pictureMarkdown({ url, alt: 'A boat' }), `![A boat](${url})`)
  assert.equal(pictureMarkdown({ url, alt: '' }), `![](${url})`)
  assert.equal(
    pictureMarkdown({ url, alt: ' a](evil)\n![b\\ ' }),
    String.raw`![a\](evil) !\[b\\](${url})`,
  )
})

test('a picture stands between empty lines, and adds none that are there', () => {
  assert.equal(asBlock('', 0, 0, 'P'), 'P\n\n')
  assert.equal(asBlock('Fog.', 4, 4, 'P'), '\n\nP\n\n')
  assert.equal(asBlock('Fog.\n', 5, 5, 'P'), '\nP\n\n')
  assert.equal(asBlock('Fog.\n\n\n\nIce.', 6, 6, 'P'), 'P')
  assert.equal(asBlock('Fog. Ice.', 4, 5, 'P'), '\n\nP\n\n')
})
