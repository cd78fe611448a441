import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAtomFeed, parseRssFeed } from 'feedsmith'
import { absoluteHtml, atomOf, type FeedContent, rssOf } from './feeds.ts'

const feed: FeedContent = {
  subject: 'blog/1',
  title: 'Анна <b>',
  description: '',
  lang: 'ru',
  pageUrl: 'https://example.org/user/anna/blog',
  feedUrl: 'https://example.org/user/anna/blog/feed.xml',
  updatedAt: '2026-11-12T09:00:00.000Z',
  entries: [
    {
      id: '01a20b3f-62fd-70f9-a6dc-b833a6436e23',
      url: 'https://example.org/user/anna/blog/x',
      title: 'A\u0001 ]]> & <script>alert(1)</script> \uFFFE',
      summary: ']]>',
      html: '<p>]]&gt; &amp; \u0008</p>',
      lang: 'en',
      author: { name: 'Анна & Co', url: 'https://example.org/user/anna/blog' },
      tags: ['C++', '<i>'],
      publishedAt: '2026-11-12T09:00:00.000Z',
      updatedAt: '2026-11-12T10:00:00.000Z',
    },
  ],
}

test('whatever a title holds, a feed reader reads the same words', async () => {
  const title = 'A\uFFFD ]]> & <script>alert(1)</script> \uFFFD'
  const rss = parseRssFeed(await rssOf(feed))
  assert.equal(rss.items?.[0]?.title, title)
  assert.equal(rss.title, 'Анна <b>')
  const atom = parseAtomFeed(await atomOf(feed))
  assert.equal(atom.entries?.[0]?.title?.value, title)
  assert.equal(atom.entries?.[0]?.content?.value, '<p>]]&gt; &amp; \uFFFD</p>')
})

test('addresses in a feed are written out in full, words are left alone', () => {
  const html =
    '<p>src="/a" <a href="/b">b</a> <a href="#n">n</a> <a href="https://x.org/">x</a>' +
    '<img src="/media/1" srcset="/media/1 1x, /media/2 2x" alt="src=&quot;/a&quot;"></p>'
  assert.equal(
    absoluteHtml(html, 'https://example.org', 'https://example.org/p'),
    '<p>src="/a" <a href="https://example.org/b">b</a> <a href="https://example.org/p#n">n</a>' +
      ' <a href="https://x.org/">x</a><img src="https://example.org/media/1"' +
      ' srcset="https://example.org/media/1 1x, https://example.org/media/2 2x"' +
      ' alt="src=&quot;/a&quot;"></p>',
  )
})
