import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import {
  ask,
  chatOf,
  groupOf,
  historyOf,
  newCid,
  openWith,
  refused,
  send,
  type TestChat,
} from '../../../test/support/messenger.ts'
import { needs } from '../../../test/support/neighbour.ts'
import { pictureOf } from '../../../test/support/pictures.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import type { Answer, Visitor } from '../../../test/support/visitor.ts'

interface Card {
  readonly seq: number
  readonly post: { title: string; excerpt: string; url: string; author: string | null } | null
}

interface Post {
  readonly id: string
  readonly rev: number
  readonly url: string
}

/** A channel that alice's posts go to. */
async function blogChannel(alice: Visitor, slug: string | null = 'lake-news'): Promise<string> {
  const order = { type: 'channel', title: 'News', ...(slug === null ? {} : { slug }) }
  const { chat } = await ask<{ chat: TestChat }>(alice, 'chats.create', order)
  await choose(alice, chat.id)
  return chat.id
}

async function choose(who: Visitor, chat: string): Promise<void> {
  const answer = await who.submit('/me/channel', { chat })
  assert.equal(answer.headers['location'], '/settings?saved#blog-channel', answer.text)
}

function put(who: Visitor, chat: string | null): Promise<Answer> {
  return who.put('/api/v1/me/channel', { chat })
}

async function publish(author: Visitor, title: string, more: object = {}): Promise<Post> {
  const content = { markdown: `Words of ${title}.` }
  const order = { title, content, status: 'published', ...more }
  const answer = await author.post('/api/v1/posts', order)
  assert.equal(answer.status, 201, answer.text)
  return answer.json<Post & Record<string, unknown>>()
}

async function cardsIn(t: TestStation, who: Visitor, chat: string): Promise<Card[]> {
  await t.settle()
  const items = (await historyOf(who, chat)) as unknown as (Card & { kind: string })[]
  return items.filter(({ kind }) => kind === 'post')
}

async function found(who: Visitor, q: string, chat: string): Promise<number> {
  return (await ask<{ items: object[] }>(who, 'msg.search', { q, chat })).items.length
}

for (const dialect of DIALECTS) {
  suite(dialect, needs('blog'), () => {
    test('a post stands in the channel once, and follows what becomes of it', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const chat = await blogChannel(alice)
      await ask(bob, 'chats.join', { chat })
      const post = await publish(alice, 'Fog')
      const [card, ...others] = await cardsIn(t, bob, chat)
      assert.deepEqual(others, [])
      const { url, title, excerpt, author } = card?.post ?? {}
      assert.deepEqual(
        { url, title, excerpt, author },
        { url: post.url, title: 'Fog', excerpt: 'Words of Fog.', author: alice.id },
      )
      assert.equal((await chatOf(bob, chat)).me?.unread, 1)
      await t.station.bus.replay('messaging/post.published', 0)
      assert.equal((await cardsIn(t, bob, chat)).length, 1)
      assert.equal((await chatOf(bob, chat)).me?.unread, 1)

      const edited = await alice.patch(`/api/v1/posts/${post.id}`, {
        baseRev: post.rev,
        title: 'Ice',
      })
      const [changed] = await cardsIn(t, bob, chat)
      assert.deepEqual([changed?.seq, changed?.post?.title], [card?.seq, 'Ice'])
      assert.equal(await found(bob, 'ice', chat), 1)
      const { rev } = edited.json<Post & Record<string, unknown>>()
      await alice.delete(`/api/v1/posts/${post.id}/publication?baseRev=${rev}`)
      assert.deepEqual(await cardsIn(t, bob, chat), [])
      await alice.put(`/api/v1/posts/${post.id}/publication`, { baseRev: rev })
      assert.equal((await cardsIn(t, bob, chat)).length, 1)
      await alice.delete(`/api/v1/posts/${post.id}?baseRev=${rev}`)
      assert.deepEqual(await cardsIn(t, bob, chat), [])
      assert.deepEqual(await t.station.bus.deadLetters.list(), [])
    })

    test('nothing is told that stands in no list, nor what a password guards', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const chat = await blogChannel(alice)
      await publish(alice, 'Hidden', { visibility: 'unlisted' })
      await publish(alice, 'Alone', { visibility: 'private' })
      await publish(alice, 'Long ago', { publishAt: '2011-01-01T00:00:00Z' })
      await publish(alice, 'Locked', { password: 'a long password' })
      const [locked, ...others] = await cardsIn(t, alice, chat)
      assert.deepEqual(others, [])
      assert.deepEqual([locked?.post?.title, locked?.post?.excerpt], ['Locked', ''])
    })

    test('a post that comes to the lists later is news then, but not when that is long after', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const chat = await blogChannel(alice)
      const show = async ({ id, rev: baseRev }: Post): Promise<void> => {
        const { status } = await alice.patch(`/api/v1/posts/${id}`, {
          baseRev,
          visibility: 'public',
        })
        assert.equal(status, 200)
      }
      const [one, other] = [
        await publish(alice, 'Fog', { visibility: 'unlisted' }),
        await publish(alice, 'Ice', { visibility: 'unlisted' }),
      ]
      assert.deepEqual(await cardsIn(t, alice, chat), [])
      await show(one)
      assert.equal((await cardsIn(t, alice, chat)).length, 1)
      t.clock.advance({ minutes: 25 * 60 })
      await show(other)
      const cards = await cardsIn(t, alice, chat)
      assert.deepEqual(
        cards.map(({ post }) => post?.title),
        ['Fog'],
      )
    })

    test('a card that was deleted by hand stays away, and no other channel is written to', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const chat = await blogChannel(alice)
      const post = await publish(alice, 'Fog')
      const [card] = await cardsIn(t, alice, chat)
      await ask(alice, 'msg.delete', { chat, seqs: [card?.seq], for: 'all' })
      await alice.patch(`/api/v1/posts/${post.id}`, { baseRev: post.rev, title: 'Ice' })
      assert.deepEqual(await cardsIn(t, alice, chat), [])
      assert.equal((await bob.submit('/me/channel', { chat })).status, 404)
      const group = await groupOf(bob, alice)
      assert.equal((await bob.submit('/me/channel', { chat: group.id })).status, 404)
      await publish(bob, 'Of somebody else')
      await choose(alice, '')
      await publish(alice, 'After that')
      assert.deepEqual(await cardsIn(t, alice, chat), [])
    })

    test('a program chooses the channel as the settings do', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const made = await put(alice, 'new')
      assert.equal(made.status, 200, made.text)
      const { chat } = made.json<{ chat: string }>()
      assert.equal((await chatOf(alice, chat)).slug, 'alice-blog')
      await publish(alice, 'Fog')
      assert.equal((await cardsIn(t, alice, chat)).length, 1)
      assert.equal((await put(bob, chat)).status, 404)
      assert.equal((await put(t.stranger(), null)).status, 401)
      assert.deepEqual((await put(alice, null)).json(), { chat: null })
      await publish(alice, 'Ice')
      assert.equal((await cardsIn(t, alice, chat)).length, 1)
      assert.deepEqual((await put(alice, chat)).json(), { chat })
    })

    test('a selection becomes a draft that only its writer sees', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob, carol] = [
        await t.person('alice'),
        await t.person('bob'),
        await t.person('carol'),
      ]
      const { id: chat } = await openWith(alice, 'bob')
      const own = await send(alice, chat, '**Fog** # not a heading\nover _the bay_ *and* $5')
      const other = await send(bob, chat, 'Ice, `frazil`')
      const order = { chat, seqs: [own.seq, other.seq] }
      assert.equal(await refused(carol, 'msg.draft', order), 'QL_MSG_NOT_FOUND')
      assert.equal(
        await refused(alice, 'msg.draft', { chat, seqs: [own.seq, 99] }),
        'QL_MSG_NOT_FOUND',
      )
      const { path } = await ask<{ path: string }>(alice, 'msg.draft', order)
      const page = await alice.get(path)
      assert.equal(page.status, 200)
      const api = `/api/v1/posts/${path.split('/').at(-1) ?? ''}`
      const { content, status } = (await alice.get(`${api}?format=html`)).json<{
        content: { html: string }
        status: string
      }>()
      assert.equal(status, 'draft')
      assert.match(
        content.html,
        /<strong>Fog<\/strong> # not a heading<br\/?>over <em>the bay<\/em> \*and\* \$5/,
      )
      assert.match(content.html, /<blockquote.*Ice, <code>frazil<\/code>.*— bob/s)
      assert.equal((await bob.get(path)).status, 404)
      assert.equal((await t.stranger().get(api)).status, 404)
    })
  })
}

test('a draft signs what was passed on, and brings own photos alone', needs('blog'), async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const [alice, bob] = [await t.person('alice'), await t.person('bob')]
  const { id: chat } = await openWith(alice, 'bob')
  const { id: saved } = await openWith(alice, 'alice')
  const photoOf = async (who: Visitor, seed: number): Promise<{ id: string; url: string }> => {
    const form = { bytes: await pictureOf('png', { seed }) }
    return (await who.upload(`/api/v1/chats/${chat}/media`, form)).json()
  }
  const [own, foreign] = [await photoOf(alice, 1), await photoOf(bob, 2)]
  const said = [
    await send(bob, chat, 'Of bob', { mediaIds: [foreign.id] }),
    await send(alice, chat, 'Of alice', { mediaIds: [own.id] }),
  ].map(({ seq }) => seq)
  const order = { chat: saved, cids: said.map(newCid), from: { chat, seqs: said } }
  await ask(alice, 'msg.forward', order)
  const seqs = (await historyOf(alice, saved)).flatMap((m) => (m.kind === 'text' ? m.seq : []))
  const { path } = await ask<{ path: string }>(alice, 'msg.draft', { chat: saved, seqs })
  const api = `/api/v1/posts/${path.split('/').at(-1) ?? ''}`
  const draft = (await alice.get(`${api}?format=markdown`)).json<{
    rev: number
    content: { markdown: string }
  }>()
  const { markdown } = draft.content
  assert.match(markdown, /^> Of bob\n>\n> — bob\n\nOf alice\n\n!\[/)
  assert.ok(markdown.includes(own.id) && !markdown.includes(foreign.id), markdown)
  const stranger = t.stranger()
  assert.equal((await stranger.get(own.url)).status, 404)
  assert.equal((await alice.put(`${api}/publication`, { baseRev: draft.rev })).status, 200)
  await t.settle()
  assert.equal((await stranger.get(own.url)).status, 200)
  assert.equal((await stranger.get(foreign.url)).status, 404)
})

test('the settings offer own channels, and make a new one', needs('blog'), async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const alice = await t.person('alice')
  await choose(alice, 'new')
  const post = await publish(alice, 'Fog')
  await t.settle()
  const page = await t.stranger().get('/channel/alice-blog')
  assert.equal(page.status, 200)
  assert.match(page.text, new RegExp(`class="said-card" href="${post.url}"`))
})

const PROFILES = { ...needs('blog'), ...needs('relations'), ...needs('user-management') }

test('who reads a person is offered the channel, and nobody else is', PROFILES, async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const [alice, bob] = [await t.person('alice'), await t.person('bob')]
  const stranger = t.stranger()
  assert.doesNotMatch((await stranger.get('/user/alice')).text, /\/channel\//)
  const chat = await blogChannel(alice)
  assert.match((await stranger.get('/user/alice')).text, /href="\/channel\/lake-news"/)
  assert.doesNotMatch((await bob.get('/user/alice')).text, /lake-news\/membership/)
  await bob.put('/api/v1/users/alice/follow', {})
  assert.equal((await chatOf(bob, chat)).me, null)
  assert.match((await bob.get('/user/alice')).text, /action="\/channel\/lake-news\/membership"/)
  const joined = await bob.submit('/channel/lake-news/membership', { from: 'profile' })
  assert.equal(joined.headers['location'], '/user/alice')
  assert.equal((await chatOf(bob, chat)).me?.role, 'member')
  assert.match((await bob.get('/user/alice')).text, new RegExp(`href="/chats/${chat}"`))
  await ask(alice, 'chats.update', { chat, slug: null })
  assert.doesNotMatch((await stranger.get('/user/alice')).text, /\/channel\//)
})
