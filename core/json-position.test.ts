import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lineOfPointer } from './json-position.ts'

const SOURCE = `{
  "id": "seo",
  "nested": { "a": [1, { "b": "x,}\\"" }],
    "c": true },
  "list": [
    "one",
    { "two": 2 }
  ]
}`

test('a pointer leads to the line its value begins on', () => {
  assert.equal(lineOfPointer(SOURCE, ''), 1)
  assert.equal(lineOfPointer(SOURCE, '/id'), 2)
  assert.equal(lineOfPointer(SOURCE, '/nested/a/1/b'), 3)
  assert.equal(lineOfPointer(SOURCE, '/nested/c'), 4)
  assert.equal(lineOfPointer(SOURCE, '/list/0'), 6)
  assert.equal(lineOfPointer(SOURCE, '/list/1/two'), 7)
})

test('a pointer to something absent leads to its nearest parent', () => {
  assert.equal(lineOfPointer(SOURCE, '/nested/zzz'), 3)
  assert.equal(lineOfPointer(SOURCE, '/list/9'), 5)
})
