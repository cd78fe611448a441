import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PAUSE_MS } from '../core/palette/client/parts/pause.ts'
import { SEARCH_LIMIT } from '../modules/search/schema.ts'

test('nobody who types without an end is told that they search too often', () => {
  const { max, windowS } = SEARCH_LIMIT
  assert.ok(max * PAUSE_MS > windowS * 1_000)
})
