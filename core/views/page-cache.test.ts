import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CloudEvent } from '../port/events.ts'
import { type KeptPage, PageCache } from './page-cache.ts'

function page(text: string, ...shows: string[]): KeptPage {
  const plain = { body: Buffer.from(text), headers: {} }
  return { status: 200, headers: {}, plain, etag: `"${text}"`, shows }
}

function event(subject: string, touches?: string): CloudEvent {
  return { subject, ...(touches === undefined ? {} : { touches }) } as CloudEvent
}

test('an event drops the pages that show its subject or what it touches, and no others', () => {
  const cache = new PageCache(1_000_000)
  cache.keep('post', page('post', 'post/1'), cache.moment)
  cache.keep('blog', page('blog', 'blog/anna', 'user/anna'), cache.moment)
  cache.keep('other', page('other', 'blog/lev'), cache.moment)
  cache.onEvent(event('post/1', 'blog/anna posts'))
  assert.equal(cache.find('post'), undefined)
  assert.equal(cache.find('blog'), undefined)
  assert.ok(cache.find('other'))
})

test('a page made before something was dropped is not kept', () => {
  const cache = new PageCache(1_000_000)
  const { moment } = cache
  cache.onEvent(event('post/1'))
  cache.keep('post', page('old', 'post/1'), moment)
  assert.equal(cache.find('post'), undefined)
})

test('the bound is in bytes, and the longest unused page leaves first', () => {
  const cache = new PageCache(1_000)
  for (const key of ['a', 'b', 'c', 'd']) cache.keep(key, page('x'.repeat(240)), cache.moment)
  cache.find('a')
  cache.keep('e', page('x'.repeat(240)), cache.moment)
  assert.ok(cache.bytes <= 1_000)
  assert.ok(cache.find('a'))
  assert.equal(cache.find('b'), undefined)
})

test('a page too large for the cache is not kept at all', () => {
  const cache = new PageCache(1_000)
  cache.keep('big', page('x'.repeat(600)), cache.moment)
  assert.equal(cache.find('big'), undefined)
  assert.equal(cache.bytes, 0)
})

test('twins are counted and given back', () => {
  const cache = new PageCache(1_000_000)
  const kept = page('x'.repeat(100), 'post/1')
  cache.keep('a', kept, cache.moment)
  kept.gzip = { body: Buffer.alloc(30), headers: {} }
  cache.grow('a', 30)
  assert.equal(cache.bytes, 130)
  cache.drop('post/1')
  assert.equal(cache.bytes, 0)
})
