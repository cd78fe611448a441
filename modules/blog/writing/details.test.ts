import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mergeDetails, type PostDetails } from './details.ts'

const base: PostDetails = {
  title: 'One',
  lead: '',
  tags: ['a'],
  slug: 'one',
  visibility: 'public',
  cover: null,
  pinned: false,
}

test('saying again what the base said is no change', () => {
  const current = { ...base, title: 'Two', tags: ['a', 'b'] }
  const { details, conflicts } = mergeDetails(base, current, { title: 'One', tags: ['a'] })
  assert.deepEqual([details, conflicts], [current, []])
})

test('changes of different fields stand together', () => {
  const current = { ...base, title: 'Two' }
  const { details, conflicts } = mergeDetails(base, current, { title: 'One', tags: ['b'] })
  assert.deepEqual([details.title, details.tags, conflicts], ['Two', ['b'], []])
})

test('a field changed differently on both sides is named', () => {
  const current = { ...base, title: 'Two' }
  assert.deepEqual(mergeDetails(base, current, { title: 'Three' }).conflicts, ['title'])
  assert.deepEqual(mergeDetails(base, current, { title: 'Two' }).conflicts, [])
})
