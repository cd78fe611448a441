/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isEmojiAlone } from './emoji-alone.ts'

const bare = { entities: [], reply: null, forward: null, preview: null, files: 0 } as const

test('one to three emoji stand alone, however many signs each is made of', () => {
  for (const text of ['🔥', '❤️', '👍🏽👍🏽👍🏽', '👩‍👩‍👧‍👦🏴‍☠️', '1️⃣🇫🇮']) {
    assert.equal(isEmojiAlone({ ...bare, text }), true, text)
  }
  for (const text of ['', '1', '#', '🔥🔥🔥🔥', '🔥!', '🔥 a', ':)', '\u200D', '🔥'.repeat(50)]) {
    assert.equal(isEmojiAlone({ ...bare, text }), false, text)
  }
})

test('with an answer, an origin, a card, a file or a mark they keep their bubble', () => {
  const text = '🔥'
  for (const more of [
    { reply: { seq: 1 } },
    { forward: { name: 'bob' } },
    { preview: { url: '/' } },
    { files: 1 },
    { entities: [{ type: 'spoiler', offset: 0, length: 2 } as const] },
  ]) {
    assert.equal(isEmojiAlone({ ...bare, text, ...more }), false, JSON.stringify(more))
  }
})
