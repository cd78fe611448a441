import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contractSuite, dockAlone } from '#testkit'
import type { KeptScore } from './scores.ts'

const PUBLISHED = {
  type: 'post.published',
  subject: 'post/1',
  data: {
    id: '1',
    authorId: '7',
    username: 'anna',
    slug: 'pervyy-lyod',
    url: '/user/anna/blog/pervyy-lyod',
    title: 'Первый лёд: как он звенит',
    lang: 'ru',
    visibility: 'public',
    tags: ['озеро'],
    excerpt: 'Звенит, если бросить камешек.',
    content: 'Первый лёд встал ночью. Он звенит, если бросить камешек: тонко, как струна.',
    headings: [],
    links: [],
    images: [{ alt: '' }],
    words: 13,
    publishedAt: '2026-11-05T07:00:00.000Z',
  },
}
const UPDATED = {
  type: 'post.updated',
  subject: 'post/1',
  data: { id: '1', authorId: '7', slug: 'pervyy-lyod', status: 'published', rev: 2, blocks: [] },
}

const DELETED = {
  type: 'post.deleted',
  subject: 'post/1',
  data: { id: '1', authorId: '7', slug: 'pervyy-lyod', wasPublished: true },
}

contractSuite(import.meta.dirname, [PUBLISHED, UPDATED, DELETED])

test('a published post is scored, and the score is told to everyone', async () => {
  await using alone = await dockAlone(import.meta.dirname)
  await alone.happens(PUBLISHED)
  const [told] = alone.published()
  assert.equal(told?.type, 'seo.analysis.completed')
  assert.equal(told?.subject, 'post/1')
  assert.deepEqual(told?.data, { postId: '1', score: 65, grade: 'fair' })
})

test('a score is found through the call and through the API, and nothing where there is none', async () => {
  await using alone = await dockAlone(import.meta.dirname)
  await alone.happens(PUBLISHED)
  const called = (await alone.station.calls.call('seo.score', { postId: '1' })) as KeptScore
  assert.equal(called.score, 65)
  assert.equal(called.isOutdated, false)
  const read = await alone.stranger().get('/api/v1/seo-analyzer/score/1')
  assert.deepEqual(read.json(), called)
  assert.equal(await alone.station.calls.call('seo.score', { postId: '2' }), null)
  assert.equal((await alone.stranger().get('/api/v1/seo-analyzer/score/2')).status, 404)
})

test('a score is outdated from a change of the text to the next publication', async () => {
  await using alone = await dockAlone(import.meta.dirname)
  const isOutdated = async (): Promise<unknown> =>
    ((await alone.station.calls.call('seo.score', { postId: '1' })) as KeptScore).isOutdated

  await alone.happens(PUBLISHED)
  alone.clock.advance({ minutes: 1 })
  await alone.happens({ ...UPDATED, data: { ...UPDATED.data, status: 'draft' } })
  assert.equal(await isOutdated(), false)
  await alone.happens(UPDATED)
  assert.equal(await isOutdated(), true)
  alone.clock.advance({ minutes: 1 })
  await alone.happens(PUBLISHED)
  assert.equal(await isOutdated(), false)
})

test('the score of a deleted post goes with it, and no other', async () => {
  await using alone = await dockAlone(import.meta.dirname)
  await alone.happens(PUBLISHED)
  await alone.happens({
    ...PUBLISHED,
    subject: 'post/2',
    data: { ...PUBLISHED.data, id: '2', slug: 'vtoroy' },
  })
  await alone.happens(UPDATED)
  await alone.happens(DELETED)
  await alone.happens(DELETED)
  assert.equal(await alone.station.calls.call('seo.score', { postId: '1' }), null)
  assert.deepEqual(Object.keys(await alone.documents()), ['scores/2'])
})

test('a payload without a text is passed over', async () => {
  await using alone = await dockAlone(import.meta.dirname)
  await alone.happens({ ...PUBLISHED, data: { id: '1' } })
  assert.deepEqual(alone.published(), [])
  assert.deepEqual(await alone.documents(), {})
})
