import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CodedError } from '../../errors.ts'
import { requireWellFormed } from './well-formed.ts'

function refusedAt(body: unknown): string | undefined {
  try {
    requireWellFormed(body)
    return undefined
  } catch (error) {
    assert.ok(error instanceof CodedError)
    return error.details.errors?.[0]?.path
  }
}

test('ordinary text in any script passes', () => {
  assert.equal(
    refusedAt({ title: 'Привет 👩‍👩‍👧', tags: ['日本語', ''], n: 1, nothing: null }),
    undefined,
  )
})

test('NUL and halves of surrogate pairs are refused where they stand', () => {
  assert.equal(refusedAt({ a: { b: ['fine', 'a\0b'] } }), '/a/b/1')
  assert.equal(refusedAt({ title: 'half \ud83d of a pair' }), '/title')
})

test('names that reach for the prototype are refused', () => {
  assert.equal(refusedAt(JSON.parse('{"deep":{"__proto__":{"isAdmin":true}}}')), '/deep')
  assert.equal(refusedAt({ constructor: { prototype: {} } }), '')
})

test('ten thousand levels of nesting do not exhaust the stack', () => {
  let deep: unknown = 'a\0'
  for (let level = 0; level < 10_000; level++) deep = [deep]
  assert.notEqual(refusedAt(deep), undefined)
})
