import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { ask, groupOf, openWith, refused, send } from '../../../test/support/messenger.ts'
import { SocketDoor } from '../../../test/support/socket.ts'
import { ANY_PORT, buildTestStation, type TestStation } from '../../../test/support/station.ts'
import type { Visitor } from '../../../test/support/visitor.ts'

interface Page {
  readonly items: readonly {
    readonly user: { readonly username: string }
    readonly emoji: string
    readonly reactedAt: string
  }[]
  readonly nextCursor: string | null
}

async function cast(t: TestStation) {
  return {
    alice: await t.person('alice'),
    bob: await t.person('bob'),
    carol: await t.person('carol'),
  }
}

function whoOf({ items }: Page): [string, string][] {
  return items.map(({ user, emoji }) => [user.username, emoji])
}

async function readersOf(who: Visitor, chat: string, seq: number): Promise<string[]> {
  const { items } = await ask<{ items: { username: string }[] }>(who, 'msg.readers', { chat, seq })
  return items.map(({ username }) => username)
}

for (const dialect of DIALECTS) {
  suite(`who stands behind a sign, on ${dialect}`, () => {
    test('people of the chat see who has reacted, the newest first, page by page', async () => {
      await using t = await buildTestStation({ dialect, config: ANY_PORT })
      const { alice, bob, carol } = await cast(t)
      const { id: chat } = await groupOf(alice, bob, carol)
      const { seq } = await send(alice, chat, 'Fog again.')
      const about = { chat, seq }
      assert.deepEqual(await ask(bob, 'msg.reactions', about), { items: [], nextCursor: null })
      for (const [who, emoji] of [
        [alice, '🔥'],
        [bob, '👏'],
        [carol, '🔥'],
      ] as const) {
        t.clock.advance({ seconds: 1 })
        await ask(who, 'msg.react', { ...about, emoji })
      }
      const first = await ask<Page>(bob, 'msg.reactions', { ...about, limit: 2 })
      assert.deepEqual(whoOf(first), [
        ['carol', '🔥'],
        ['bob', '👏'],
      ])
      assert.equal(first.items[0]?.reactedAt, t.clock.now().toISOString())
      const cursor = first.nextCursor
      const second = await ask<Page>(bob, 'msg.reactions', { ...about, limit: 2, cursor })
      assert.deepEqual(whoOf(second), [['alice', '🔥']])
      assert.equal(second.nextCursor, null)
      const fire = await ask<Page>(bob, 'msg.reactions', { ...about, emoji: '🔥' })
      assert.deepEqual(whoOf(fire), [
        ['carol', '🔥'],
        ['alice', '🔥'],
      ])
      const forged = { ...about, cursor: 'bm90aGluZw' }
      assert.equal(await refused(bob, 'msg.reactions', forged), 'QL_MSG_CURSOR')
      await using socket = await (await SocketDoor.of(t)).open(bob)
      await socket.hello()
      const answer = await socket.ask('msg.reactions', { ...about, emoji: '👏' })
      assert.deepEqual(whoOf(answer['r'] as Page), [['bob', '👏']])
    })

    test('nobody else sees it: strangers, who has left, who does not see the message', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob, carol } = await cast(t)
      const dave = await t.person('dave')
      const order = { type: 'group', title: 'Sailors', slug: 'sailors', members: ['bob', 'carol'] }
      const { chat } = await ask<{ chat: { id: string } }>(alice, 'chats.create', order)
      const { seq } = await send(alice, chat.id, 'Fog again.')
      const about = { chat: chat.id, seq }
      await ask(bob, 'msg.react', { ...about, emoji: '🔥' })
      await ask(carol, 'chats.leave', { chat: chat.id })
      await ask(bob, 'msg.delete', { chat: chat.id, seqs: [seq], for: 'me' })
      for (const method of ['msg.reactions', 'msg.readers']) {
        assert.equal(await refused(t.stranger(), method, about), 'QL_UNAUTHENTICATED')
        for (const who of [dave, carol, bob]) {
          assert.equal(await refused(who, method, about), 'QL_MSG_NOT_FOUND')
        }
      }
      await ask(alice, 'msg.delete', { chat: chat.id, seqs: [seq], for: 'all' })
      assert.equal(await refused(alice, 'msg.reactions', about), 'QL_MSG_NOT_FOUND')
    })

    test('in a channel its admins alone know who, and nobody who has read', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob, carol } = await cast(t)
      const order = { type: 'channel', title: 'News', members: ['bob', 'carol'] }
      const { chat } = await ask<{ chat: { id: string } }>(alice, 'chats.create', order)
      const { seq } = await send(alice, chat.id, 'Fog again.')
      const about = { chat: chat.id, seq }
      await ask(bob, 'msg.react', { ...about, emoji: '🔥' })
      for (const who of [bob, carol]) {
        assert.equal(await refused(who, 'msg.reactions', about), 'QL_MSG_NOT_ALLOWED')
      }
      assert.deepEqual(whoOf(await ask<Page>(alice, 'msg.reactions', about)), [['bob', '🔥']])
      assert.equal(await refused(alice, 'msg.readers', about), 'QL_MSG_NOT_ALLOWED')
    })

    test('who wrote in a small group sees who has read it, for a week', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob, carol } = await cast(t)
      const dave = await t.person('dave')
      const { id: chat } = await groupOf(alice, bob, carol)
      const { seq } = await send(alice, chat, 'Fog again.')
      assert.deepEqual(await readersOf(alice, chat, seq), [])
      await ask(bob, 'chats.read', { chat, seq })
      await ask(alice, 'members.add', { chat, usernames: ['dave'] })
      assert.deepEqual(await readersOf(alice, chat, seq), ['bob'])
      await send(carol, chat, 'Who writes has read.')
      await ask(dave, 'chats.read', { chat, seq: seq + 2 })
      assert.deepEqual(await readersOf(alice, chat, seq), ['bob', 'carol'])
      const about = { chat, seq }
      assert.equal(await refused(bob, 'msg.readers', about), 'QL_MSG_NOT_ALLOWED')
      await ask(carol, 'chats.leave', { chat })
      assert.deepEqual(await readersOf(alice, chat, seq), ['bob'])
      t.clock.advance({ hours: 7 * 24, seconds: 1 })
      assert.equal(await refused(alice, 'msg.readers', about), 'QL_MSG_NOT_ALLOWED')

      const { id: alone } = await openWith(alice, 'bob')
      const said = await send(alice, alone, 'Ticks tell it here.')
      const there = { chat: alone, seq: said.seq }
      assert.equal(await refused(alice, 'msg.readers', there), 'QL_MSG_NOT_ALLOWED')
    })
  })
}
