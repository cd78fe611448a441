import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { ModerationAct } from '#core'
import { DIALECTS } from '../../../test/support/databases.ts'
import {
  ask,
  historyOf,
  openWith,
  send,
  type TestMessage,
} from '../../../test/support/messenger.ts'
import { needs } from '../../../test/support/neighbour.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import type { Visitor } from '../../../test/support/visitor.ts'

const ORIGIN = 'http://127.0.0.1:8000'

interface Shown extends TestMessage {
  readonly preview: { readonly title: string; readonly description: string } | null
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
