import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ShownComment, threaded } from './comments.ts'

function commentOf(id: string, parent: string | null = null): ShownComment {
  return {
    id,
    parent_id: parent,
    kind: 'comment',
    author_id: null,
    author_name: id,
    author_url: null,
    html: '',
    created_at: '',
    hidden_why: null,
    withheld: 0,
  }
}

function shape(comments: readonly ShownComment[]): string[] {
  return threaded(comments).map(({ comment: { id }, depth }) => `${depth}${id}`)
}

test('replies stand after what they answer, older ones first', () => {
  const comments = [
    commentOf('a'),
    commentOf('b'),
    commentOf('c', 'a'),
    commentOf('d', 'c'),
    commentOf('e', 'a'),
  ]
  assert.deepEqual(shape(comments), ['0a', '1c', '2d', '1e', '0b'])
})

test('a reply to something that is not shown answers the post', () => {
  assert.deepEqual(shape([commentOf('a', 'hidden'), commentOf('b', 'a')]), ['0a', '1b'])
})

test('a thread may be ten thousand replies deep', () => {
  const chain = Array.from({ length: 10_000 }, (_, i) =>
    commentOf(`c${i}`, i === 0 ? null : `c${i - 1}`),
  )
  assert.equal(threaded(chain).at(-1)?.depth, 9_999)
})
