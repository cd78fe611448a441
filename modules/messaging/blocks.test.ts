import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../test/support/databases.ts'
import {
  ask,
  chatOf,
  chatsOf,
  groupOf,
  newCid,
  openWith,
  refused,
  send,
  textsOf,
} from '../../test/support/messenger.ts'
import { needs } from '../../test/support/neighbour.ts'
import { buildTestStation } from '../../test/support/station.ts'

for (const dialect of DIALECTS) {
  suite(`who keeps somebody away on ${dialect}`, needs('relations'), () => {
    test('hears nothing of them, and they do not learn it', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const { id: chat } = await openWith(bob, 'alice')
      const early = await send(bob, chat, 'hello')
      await ask(alice, 'chats.read', { chat, seq: 1 })
      await alice.put('/api/v1/users/bob/block', {})
      const order = { chat, cid: newCid(), text: 'are you there?' }
      const sent = await ask<{ dup: boolean }>(bob, 'msg.send', order)
      assert.equal(sent.dup, false)
      assert.deepEqual(
        [await textsOf(alice, chat), (await chatOf(alice, chat)).me?.unread],
        [['hello'], 0],
      )
      assert.deepEqual(await textsOf(bob, chat), ['hello', 'are you there?'])
      assert.equal((await chatOf(bob, chat)).othersReadSeq, 1)
      for (const [method, input] of [
        ['msg.edit', { seq: early.seq, text: 'look' }],
        ['msg.react', { seq: early.seq, emoji: '👍' }],
        ['msg.pin', { seq: early.seq, pinned: true }],
      ] as const) {
        assert.equal(await refused(bob, method, { chat, ...input }), 'QL_MSG_NOT_ALLOWED', method)
      }
      const seen = await ask<{ lastSeen: Record<string, unknown> }>(bob, 'presence.of', {
        users: [alice.id],
      })
      assert.deepEqual(seen.lastSeen, { [alice.id]: null })
      assert.equal(
        await refused(alice, 'msg.send', { chat, cid: newCid(), text: 'x' }),
        'QL_MSG_BLOCKED_BY_YOU',
      )
      await alice.delete('/api/v1/users/bob/block')
      assert.deepEqual(await textsOf(alice, chat), ['hello'], 'not delivered afterwards')
      await send(bob, chat, 'again')
      assert.deepEqual(await textsOf(alice, chat), ['hello', 'again'])
    })

    test('is not called by them in a group, nor brought into one', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const { id: chat } = await groupOf(alice, bob)
      const own = await send(alice, chat, 'mine')
      await alice.put('/api/v1/users/bob/block', {})
      await send(bob, chat, '@alice look')
      await send(bob, chat, 'answer', { reply: { seq: own.seq } })
      const { me } = await chatOf(alice, chat)
      assert.deepEqual([me?.unread, me?.mentions], [2, 0])
      const order = { type: 'group', title: 'Trap', members: ['alice'] }
      assert.equal(await refused(bob, 'chats.create', order), 'QL_MSG_CANNOT_ADD')
      assert.equal((await chatsOf(alice)).length, 1)
    })
  })
}
