import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cleanLinks, linksFault, linkText } from './profile-links.ts'

test('addresses are taken as people type them, each once', () => {
  const typed = [' example.org ', 'https://example.org/', '', 'http://сайт.рф/мы']
  assert.deepEqual(cleanLinks(typed), [
    'https://example.org/',
    'http://xn--80aswg.xn--p1ai/%D0%BC%D1%8B',
  ])
  assert.equal(linksFault(cleanLinks(typed)), null)
})

test('an address that is no web page is refused', () => {
  for (const link of [
    'javascript:alert(1)',
    'data:text/html,hi',
    'mailto:a@example.org',
    'ftp://example.org',
    'https://user:secret@example.org',
    'https://localhost',
    'not an address',
    `https://example.org/${'a'.repeat(300)}`,
  ]) {
    assert.equal(linksFault(cleanLinks([link]))?.code, 'QL_USERS_LINK_WRONG', link)
  }
})

test('a sixth address is one too many', () => {
  const six = Array.from({ length: 6 }, (_, index) => `https://example.org/${index}`)
  assert.equal(linksFault(six)?.code, 'QL_USERS_LINKS_MANY')
  assert.equal(linksFault(six.slice(1)), null)
})

test('an address is shown without what says nothing', () => {
  assert.equal(linkText('https://www.example.org/'), 'example.org')
  assert.equal(linkText('http://example.org/me'), 'example.org/me')
})
