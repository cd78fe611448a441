import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { parseAtomFeed, parseRssFeed } from 'feedsmith'
import { DIALECTS } from '../../../test/support/databases.ts'
import { ask, newCid, send, type TestChat } from '../../../test/support/messenger.ts'
import { ONE_PIXEL } from '../../../test/support/pictures.ts'
import { buildTestStation } from '../../../test/support/station.ts'
import type { Visitor } from '../../../test/support/visitor.ts'

async function channelOf(owner: Visitor, slug: string | null = 'lake-news'): Promise<TestChat> {
  const order = { type: 'channel', title: 'News of the lake', about: 'Fog & ice', slug }
  const given = slug === null ? { type: 'channel', title: 'Hidden' } : order
  return (await ask<{ chat: TestChat }>(owner, 'chats.create', given)).chat
}

function newestItem(rss: string): { title: string; id: string; link: string; html: string } {
  const { title = '', guid, link = '', content } = parseRssFeed(rss).items?.[0] ?? {}
  return { title, id: guid?.value ?? '', link, html: content?.encoded ?? '' }
}

for (const dialect of DIALECTS) {
  suite(dialect, () => {
    test('anybody reads a channel with an address, with its pictures', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const { id } = await channelOf(alice)
      const { seq } = await send(alice, id, '**Fog** over <script>alert(1)</script> ||the bay||')
      const media = await alice.upload(`/api/v1/chats/${id}/media`, { bytes: ONE_PIXEL })
      assert.equal(media.status, 201, media.text)
      await send(alice, id, 'With a picture', { mediaIds: [media.json<{ id: string }>().id] })
      const stranger = t.stranger()
      const page = await stranger.get('/channel/lake-news')
      assert.equal(page.status, 200)
      assert.match(page.text, /<h1[^>]*>News of the lake<\/h1>/)
      assert.match(page.text, /1 subscriber</)
      assert.match(page.text, /Fog &amp; ice/)
      assert.match(page.text, /<strong>Fog<\/strong> over &lt;script>/)
      assert.ok(page.text.indexOf('With a picture') < page.text.indexOf('<strong>Fog'))
      assert.match(page.text, new RegExp(`id="m${seq}"`))
      assert.match(page.text, /rel="alternate"[^>]*\/channel\/lake-news\/atom\.xml/)
      assert.doesNotMatch(page.text, /<script/)
      const [, source = ''] = /<img src="(\/media\/[^"]+)"/.exec(page.text) ?? []
      assert.equal((await stranger.get(source)).status, 200)
      assert.equal((await stranger.get('/channel/Lake-News')).status, 200)
    })

    test('private channels, groups and what is gone are not there', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      await channelOf(alice, null)
      const order = { type: 'group', title: 'Boat', slug: 'boat-crew' }
      await ask(alice, 'chats.create', order)
      const { id } = await channelOf(alice)
      const { seq } = await send(alice, id, 'A slip of the pen')
      const stranger = t.stranger()
      for (const path of ['/channel/', '/channel/boat-crew', '/channel/nothing/atom.xml']) {
        assert.equal((await stranger.get(path)).status, 404, path)
      }
      assert.match((await stranger.get('/channel/lake-news')).text, /A slip of the pen/)
      await ask(alice, 'msg.delete', { chat: id, seqs: [seq], for: 'all' })
      assert.doesNotMatch((await stranger.get('/channel/lake-news')).text, /A slip of the pen/)
      await ask(alice, 'chats.update', { chat: id, slug: null })
      assert.equal((await stranger.get('/channel/lake-news')).status, 404)
      assert.equal((await stranger.get('/channel/lake-news/feed.xml')).status, 404)
    })

    test('a long channel is read page by page, each message once', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const { id } = await channelOf(alice)
      for (let number = 1; number <= 35; number++) await send(alice, id, `number ${number};`)
      const first = (await t.stranger().get('/channel/lake-news')).text
      const [, next = ''] = /href="(\/channel\/lake-news\?before=\d+)" rel="next"/.exec(first) ?? []
      const second = (await t.stranger().get(next)).text
      const seen = [...(first + second).matchAll(/number (\d+);/g)].map(([, number]) =>
        Number(number),
      )
      assert.deepEqual(
        seen,
        Array.from({ length: 35 }, (_, index) => 35 - index),
      )
      assert.match(second, /name="robots" content="noindex/)
      assert.doesNotMatch(second, /rel="next"/)
      assert.equal((await t.stranger().get('/channel/lake-news?before=x')).status, 422)
    })

    test('both feeds tell the same, in whole words and without spoilers', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const { id } = await channelOf(alice)
      const { seq } = await send(alice, id, 'Ice ]]> & ||a secret||\nand [a link](/chats)')
      const stranger = t.stranger()
      const rss = await stranger.get('/channel/lake-news/feed.xml')
      const atom = await stranger.get('/channel/lake-news/atom.xml')
      assert.doesNotMatch(rss.text + atom.text, /secret/)
      const item = newestItem(rss.text)
      const entry = parseAtomFeed(atom.text).entries?.[0]
      assert.equal(item.title, 'Ice ]]> & ▒ ▒▒▒▒▒▒')
      assert.deepEqual([entry?.title?.value, entry?.id], [item.title, item.id])
      assert.match(item.link, new RegExp(`^http.*/channel/lake-news\\?before=${seq + 1}#m`))
      assert.match(item.html, /<a href="http:\/\/[^"]+\/chats" rel=/)
      const place = new URL(item.link)
      const shown = await stranger.get(place.pathname + place.search)
      assert.match(shown.text, new RegExp(`id="m${seq}"`))
    })
  })
}

test('kept bytes give way to whatever is written, changed or called otherwise', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const [alice, bob] = [await t.person('alice'), await t.person('bob')]
  const { id } = await channelOf(alice)
  const { seq } = await send(alice, id, 'First words')
  const stranger = t.stranger()
  const read = async (path = '/channel/lake-news') => stranger.get(path)
  const before = await read()
  const { etag } = before.headers
  assert.equal(typeof etag, 'string')
  const again = await stranger.get('/channel/lake-news', {
    headers: { 'if-none-match': String(etag) },
  })
  assert.equal(again.status, 304)
  await ask(alice, 'msg.edit', { chat: id, seq, text: 'Other words' })
  assert.match((await read()).text, /Other words/)
  assert.match((await read('/channel/lake-news/feed.xml')).text, /Other words/)
  await ask(alice, 'chats.update', { chat: id, title: 'Otherwise' })
  assert.match((await read()).text, /<h1[^>]*>Otherwise/)
  await ask(bob, 'chats.join', { chat: id })
  assert.match((await read()).text, /2 subscribers/)
  await ask(alice, 'msg.send', { chat: id, cid: newCid(), text: 'Newest words' })
  assert.match((await read('/channel/lake-news/feed.xml')).text, /Newest words/)
  const own = await bob.get('/channel/lake-news')
  assert.match(String(own.headers['cache-control']), /no-store/)
  const russian = await stranger.get('/channel/lake-news', {
    headers: { 'accept-language': 'ru' },
  })
  assert.match(russian.text, /2 подписчика/)
  await alice.submit('/settings/consents', { document: 'publishing', action: 'give' })
  assert.equal((await read()).status, 200)
  await alice.submit('/settings/consents', { document: 'publishing', action: 'withdraw' })
  assert.equal((await read()).status, 404)
})
