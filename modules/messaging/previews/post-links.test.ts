import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { ModerationAct } from '#core'
import { DIALECTS } from '../../../test/support/databases.ts'
import {
  ask,
  groupOf,
  historyOf,
  newCid,
  openWith,
  send,
  type TestMessage,
} from '../../../test/support/messenger.ts'
import { needs } from '../../../test/support/neighbour.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import type { Visitor } from '../../../test/support/visitor.ts'
import { up as noteOldLinks } from '../migrations/0013-old-post-links.ts'

const ORIGIN = 'http://127.0.0.1:8000'

interface Shown extends TestMessage {
  readonly preview: { readonly title: string; readonly description: string } | null
  readonly post: { readonly title: string } | null
}

interface Post {
  readonly id: string
  readonly url: string
  readonly rev: number
}

async function published(author: Visitor, title: string): Promise<Post> {
  const draft = { title, content: { markdown: 'Thin.' }, status: 'published' }
  return (await author.post('/api/v1/posts', draft)).json<Post & Record<string, unknown>>()
}

async function moderate(t: TestStation, id: string, act: ModerationAct): Promise<void> {
  const reason = { why: { en: 'Spam', ru: 'Спам' }, words: '', page: '/decisions/1' }
  await t.station.calls.call('moderate.post', { id, act, actorId: 'mona', reason })
}

/** A channel of alice's blog with the card of a post, and a chat of bob's to which he passed it on. */
async function passedOn(alice: Visitor, bob: Visitor, t: TestStation) {
  const order = { type: 'channel', title: 'News', slug: 'lake-news' }
  const { chat: channel } = await ask<{ chat: { id: string } }>(alice, 'chats.create', order)
  await alice.put('/api/v1/me/channel', { chat: channel.id })
  const post = await published(alice, 'Ice')
  await t.settle()
  const { id: chat } = await groupOf(bob, alice)
  const card = (await historyOf(bob, channel.id)).find(({ kind }) => kind === 'post')
  const from = { chat: channel.id, seqs: [card?.seq] }
  await ask(bob, 'msg.forward', { chat, cids: [newCid()], from })
  return { chat, post }
}

async function cardsIn(t: TestStation, who: Visitor, chat: string) {
  await t.settle()
  const items = (await historyOf(who, chat)) as Shown[]
  return items.flatMap(({ kind, post }) => (kind === 'post' ? [post?.title ?? null] : []))
}

async function titlesIn(t: TestStation, who: Visitor, chat: string) {
  await t.settle()
  const items = (await historyOf(who, chat)) as Shown[]
  return items.map(({ preview }) => preview?.title ?? null)
}

for (const dialect of DIALECTS) {
  suite(`cards under links to posts on ${dialect}`, needs('blog'), () => {
    test('go from every chat while moderators hide the post, and come back', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const { id, url } = await published(alice, 'Ice')
      const { id: chat } = await openWith(bob, 'alice')
      const { id: saved } = await openWith(bob, 'bob')
      for (const at of [chat, saved]) await send(bob, at, ORIGIN + url)
      for (const at of [chat, saved]) assert.deepEqual(await titlesIn(t, bob, at), ['Ice'])
      await moderate(t, id, 'hide')
      for (const at of [chat, saved]) assert.deepEqual(await titlesIn(t, bob, at), [null])
      assert.doesNotMatch(JSON.stringify(await historyOf(bob, chat)), /Ice|Thin/)
      await send(bob, chat, ORIGIN + url)
      assert.deepEqual(await titlesIn(t, bob, chat), [null, null])
      await moderate(t, id, 'restore')
      assert.deepEqual(await titlesIn(t, alice, chat), ['Ice', null])
    })

    test('and cards that were passed on follow the post, and are empty while nobody may read it', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const { chat, post } = await passedOn(alice, bob, t)
      assert.deepEqual(await cardsIn(t, bob, chat), ['Ice'])
      const { id, rev: baseRev } = post
      await alice.patch(`/api/v1/posts/${id}`, { baseRev, title: 'Water' })
      assert.deepEqual(await cardsIn(t, bob, chat), ['Water'])
      await moderate(t, id, 'hide')
      assert.deepEqual(await cardsIn(t, bob, chat), [null])
      assert.doesNotMatch(JSON.stringify(await historyOf(alice, chat)), /Water|Thin/)
      const found = await ask<{ items: object[] }>(bob, 'msg.search', { q: 'water', chat })
      assert.deepEqual(found.items, [])
      await moderate(t, id, 'restore')
      assert.deepEqual(await cardsIn(t, bob, chat), ['Water'])
      await alice.delete(`/api/v1/posts/${id}`)
      assert.deepEqual(await cardsIn(t, bob, chat), [null])
    })

    test('are not on the page of a channel while the post they show is not there', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const { chat, post } = await passedOn(alice, bob, t)
      const order = { type: 'channel', title: 'Birds', slug: 'bird-news' }
      const { chat: own } = await ask<{ chat: { id: string } }>(bob, 'chats.create', order)
      const seqs = (await historyOf(bob, chat)).flatMap((m) => (m.kind === 'post' ? m.seq : []))
      await ask(bob, 'msg.forward', { chat: own.id, cids: [newCid()], from: { chat, seqs } })
      await t.settle()
      assert.match((await t.stranger().get('/channel/bird-news')).text, /Ice/)
      await moderate(t, post.id, 'hide')
      await t.settle()
      for (const path of ['', '/feed.xml', '/atom.xml']) {
        const page = await t.stranger().get(`/channel/bird-news${path}`)
        assert.doesNotMatch(page.text, /Ice|class="channel-post|<item|<entry/)
      }
    })

    test('that nobody has noted are asked about within the hour', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const { chat, post } = await passedOn(alice, bob, t)
      const hidden = await published(alice, 'Fog')
      for (const { url } of [post, hidden]) await send(bob, chat, ORIGIN + url)
      assert.deepEqual((await titlesIn(t, bob, chat)).slice(-2), ['Ice', 'Fog'])
      const { database } = t.station
      await database.transaction(async ({ session }) => {
        await session.run('delete from messaging_post_links')
      })
      await alice.patch(`/api/v1/posts/${post.id}`, { baseRev: post.rev, title: 'Water' })
      await moderate(t, hidden.id, 'hide')
      assert.deepEqual((await titlesIn(t, bob, chat)).slice(-2), ['Ice', 'Fog'])
      await database.transaction(async (tx) => {
        const { db } = database.scope<unknown>('').within(tx)
        await noteOldLinks({ db, dialect: tx.session.dialect })
      })
      t.clock.advance({ minutes: 60 })
      await t.station.scheduler.tick()
      assert.deepEqual((await titlesIn(t, bob, chat)).slice(-2), ['Water', null])
      assert.deepEqual(await cardsIn(t, bob, chat), ['Water'])
      await alice.delete(`/api/v1/posts/${post.id}`)
      assert.deepEqual((await titlesIn(t, bob, chat)).slice(-2), [null, null])
      assert.deepEqual(await cardsIn(t, bob, chat), [null])
    })

    test('say what the post says now, and go with it', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const { id, url, rev: baseRev } = await published(alice, 'Ice')
      const { id: chat } = await openWith(alice, 'alice')
      await send(alice, chat, ORIGIN + url)
      assert.deepEqual(await titlesIn(t, alice, chat), ['Ice'])
      const changed = await alice.patch(`/api/v1/posts/${id}`, { baseRev, title: 'Water' })
      assert.equal(changed.status, 200, changed.text)
      assert.deepEqual(await titlesIn(t, alice, chat), ['Water'])
      await alice.delete(`/api/v1/posts/${id}`)
      assert.deepEqual(await titlesIn(t, alice, chat), [null])
    })

    test('stay away where somebody has taken them away, or the link has become another', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const post = await published(alice, 'Ice')
      const other = await published(alice, 'Fog')
      const { id: chat } = await openWith(alice, 'alice')
      const one = await send(alice, chat, ORIGIN + post.url)
      const two = await send(alice, chat, ORIGIN + post.url)
      assert.deepEqual(await titlesIn(t, alice, chat), ['Ice', 'Ice'])
      await ask(alice, 'msg.preview', { chat, seq: one.seq })
      await ask(alice, 'msg.edit', { chat, seq: two.seq, text: ORIGIN + other.url })
      assert.deepEqual(await titlesIn(t, alice, chat), [null, 'Fog'])
      await moderate(t, post.id, 'hide')
      await moderate(t, post.id, 'restore')
      assert.deepEqual(await titlesIn(t, alice, chat), [null, 'Fog'])
      await moderate(t, other.id, 'hide')
      assert.deepEqual(await titlesIn(t, alice, chat), [null, null])
    })
  })
}
