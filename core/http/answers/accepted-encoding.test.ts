import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AcceptedEncoding } from './accepted-encoding.ts'
import { namesTag } from './entity-tag.ts'

const pages = new AcceptedEncoding(['br', 'gzip'])
const plainOrGzip = new AcceptedEncoding(['gzip'])

test('an answer comes in the coding its reader weighs most', () => {
  for (const [header, expected] of [
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['BR', 'br'],
    ['br;q=0.5, gzip;q=1.0', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br ; q=0 , gzip ; Q=0.2', 'gzip'],
    ['br;q=0.000, gzip;q=0', undefined],
    ['br;q=0', undefined],
    ['*', 'br'],
    ['*;q=0', undefined],
    ['br;q=0, *', 'gzip'],
    ['gzip;q=0, *;q=0.1', 'br'],
    ['identity', undefined],
    ['identity;q=1, br;q=0.5', undefined],
    ['identity;q=0.5, br;q=0.5', 'br'],
    ['identity;q=0, br;q=0, gzip;q=0', undefined],
    ['brotli, notgzip, x-br', undefined],
    ['deflate', undefined],
    ['', undefined],
    [',,;;,', undefined],
    ['br;q=2, gzip;q=-1', undefined],
    ['br;q=zz, gzip;q=0.123456', undefined],
  ] as const) {
    assert.equal(pages.choose(header), expected, header)
    assert.equal(pages.choose(header), expected, `${header}, seen before`)
  }
  assert.equal(pages.choose(undefined), undefined)
  assert.equal(pages.choose(['gzip', 'br;q=0']), 'gzip')
})

test('only what is on offer is chosen', () => {
  assert.equal(plainOrGzip.choose('br'), undefined)
  assert.equal(plainOrGzip.choose('br, gzip;q=0.1'), 'gzip')
  assert.equal(plainOrGzip.choose('*, gzip;q=0'), undefined)
})

test('made-up headers by the thousand change nothing for the next reader', () => {
  for (let i = 0; i < 5_000; i++) assert.equal(pages.choose(`x${i}, gzip`), 'gzip')
  assert.equal(pages.choose('gzip;q=0.3, br;q=0.2'), 'gzip')
})

test('a tag is known by itself, in a list, in its weak form, and by a star', () => {
  for (const header of ['"a-br"', 'W/"a-br"', '"x", W/"a-br" , "y"', '"x","a-br"', '*', ' * '])
    assert.ok(namesTag(header, '"a-br"'), header)
  for (const header of [undefined, '', '"a"', '"a-gz"', 'a-br', '"a-br', '"x, *"', 'W/"x", "'])
    assert.equal(namesTag(header, '"a-br"'), false, String(header))
})
