import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import {
  ask,
  chatOf,
  groupOf,
  openWith,
  refused,
  send,
  type TestMessage,
} from '../../../test/support/messenger.ts'
import { SocketDoor } from '../../../test/support/socket.ts'
import { ANY_PORT, buildTestStation } from '../../../test/support/station.ts'
import type { Visitor } from '../../../test/support/visitor.ts'

async function pinsOf(who: Visitor, chat: string): Promise<string[]> {
  const { items } = await ask<{ items: TestMessage[] }>(who, 'msg.pins', { chat })
  return items.map(({ text }) => text)
}

for (const dialect of DIALECTS) {
  suite(`pinned messages on ${dialect}`, () => {
    test('all are listed from the newest, as each person sees the chat', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const { id: chat } = await openWith(alice, 'bob')
      const sent: TestMessage[] = []
      for (const text of ['one', 'two', 'three', 'four', 'never']) {
        sent.push(await send(alice, chat, text))
      }
      assert.deepEqual(await pinsOf(bob, chat), [])
      for (const { seq } of sent.slice(0, 4).toReversed()) {
        await ask(alice, 'msg.pin', { chat, seq, pinned: true })
      }
      assert.deepEqual(await pinsOf(bob, chat), ['four', 'three', 'two', 'one'])
      const [one, two, three] = sent.map(({ seq }) => seq)
      await ask(bob, 'msg.delete', { chat, seqs: [three], for: 'me' })
      await ask(alice, 'msg.delete', { chat, seqs: [two], for: 'all' })
      await ask(bob, 'msg.pin', { chat, seq: one, pinned: false })
      assert.deepEqual(await pinsOf(bob, chat), ['four'])
      assert.deepEqual(await pinsOf(alice, chat), ['four', 'three'])
      await ask(bob, 'chats.clear', { chat })
      assert.deepEqual(await pinsOf(bob, chat), [])
      assert.deepEqual(await pinsOf(alice, chat), ['four', 'three'])
    })

    test('are counted for each person, also when they change', async () => {
      await using t = await buildTestStation({ dialect, config: ANY_PORT })
      const door = await SocketDoor.of(t)
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const { id: chat } = await groupOf(alice, bob)
      const [one, two, three] = [
        (await send(alice, chat, 'one')).seq,
        (await send(alice, chat, 'two')).seq,
        (await send(alice, chat, 'three')).seq,
      ]
      const pin = (seq: number): Promise<{ pinnedSeqs: number[] }> =>
        ask(alice, 'msg.pin', { chat, seq, pinned: true })
      await pin(one)
      await ask(bob, 'msg.delete', { chat, seqs: [one, two], for: 'me' })
      await using his = await door.open(bob)
      await his.hello()
      assert.deepEqual((await pin(two)).pinnedSeqs, [two, one])
      await pin(three)
      await ask(alice, 'chats.update', { chat, title: 'Another name' })
      await his.hears('u', ({ e }) => Object(e)['chat']?.title === 'Another name')
      const told = his.updates.flatMap(({ e }) => (e.k === 'msg.pin' ? [e['pinnedSeqs']] : []))
      assert.deepEqual(told, [[], [three]])
      assert.deepEqual((await chatOf(bob, chat)).pinnedSeqs, [three])
      assert.deepEqual((await chatOf(alice, chat)).pinnedSeqs, [three, two, one])
    })

    test('they are read by who may read the chat', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob, carol] = [
        await t.person('alice'),
        await t.person('bob'),
        await t.person('carol'),
      ]
      const { id: chat } = await groupOf(alice, bob)
      const { seq } = await send(alice, chat, 'ours')
      await ask(alice, 'msg.pin', { chat, seq, pinned: true })
      assert.deepEqual(await pinsOf(bob, chat), ['ours'])
      assert.equal(await refused(carol, 'msg.pins', { chat }), 'QL_MSG_NOT_FOUND')
      assert.equal((await t.stranger().post('/api/v1/rt/msg.pins', { chat })).status, 401)
      await ask(alice, 'chats.update', { chat, slug: 'our-group' })
      assert.deepEqual(await pinsOf(carol, chat), ['ours'])
    })
  })
}
