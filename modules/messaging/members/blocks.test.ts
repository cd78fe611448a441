import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import {
  ask,
  chatOf,
  chatsOf,
  groupOf,
  newCid,
  openWith,
  refused,
  send,
  type TestChat,
  textsOf,
} from '../../../test/support/messenger.ts'
import { needs } from '../../../test/support/neighbour.ts'
import { SocketDoor } from '../../../test/support/socket.ts'
import { ANY_PORT, buildTestStation } from '../../../test/support/station.ts'

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

    test('hears nothing on an open page, of whatever they try; they see a single tick', async () => {
      await using t = await buildTestStation({ dialect, config: ANY_PORT })
      const door = await SocketDoor.of(t)
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const { id: chat } = await openWith(bob, 'alice')
      const { id: group } = await groupOf(alice, bob)
      const lost = { chat, cid: newCid(), text: 'sent before' }
      await ask(bob, 'msg.send', lost)
      const hers = await send(alice, chat, 'mine')
      await using page = await door.open(alice)
      await using his = await door.open(bob)
      await Promise.all([page.hello(), his.hello()])
      await alice.put('/api/v1/users/bob/block', {})
      await t.settle()
      await Promise.all([page.roundTrip(), his.roundTrip()])
      for (const [{ frames }, user] of [
        [his, alice.id],
        [page, bob.id],
      ] as const) {
        const sign = frames.findLast(({ e }) => Object(e)['k'] === 'presence')
        const hidden = { k: 'presence', user, state: 'offline', lastSeen: null }
        assert.deepEqual(sign?.['e'], hidden, 'neither sees the other here any more')
      }
      const before = page.frames.length
      const hisBefore = his.frames.length
      const letter = await his.ask('msg.send', { chat, cid: newCid(), text: 'are you there?' })
      assert.equal(letter['ok'], true)
      const again = await his.ask('msg.send', lost)
      assert.equal(Object(again['r'])['dup'], true)
      const order = { chat, cids: [newCid()], from: { chat, seqs: [hers.seq] } }
      await his.ask('msg.forward', order)
      for (const [method, input] of [
        ['msg.edit', { chat, seq: 1, text: 'look' }],
        ['msg.react', { chat, seq: hers.seq, emoji: '👍' }],
        ['msg.react', { chat, seq: hers.seq, emoji: null }],
        ['typing.set', { chat, what: 'text' }],
        ['chats.read', { chat, seq: hers.seq }],
        ['presence.of', { users: [alice.id] }],
        ['chats.create', { type: 'group', title: 'Trap', members: ['alice'] }],
        ['members.add', { chat: group, usernames: ['alice'] }],
      ] as const) {
        await his.ask(method, input)
      }
      await t.settle()
      await page.roundTrip()
      const heard = page.frames.slice(before).filter(({ t: kind }) => kind !== 'pong')
      const tries = JSON.stringify(heard)
      assert.ok(!/are you there|look|👍|typing|Trap/.test(tries), tries)
      assert.ok(!heard.some(({ e }) => Object(e)['k'] === 'msg.new'), tries)
      assert.equal((await chatOf(alice, chat)).me?.unread, 0)
      assert.deepEqual(await textsOf(alice, chat), ['sent before', 'mine'])
      const { othersReadSeq, lastSeq } = await chatOf(bob, chat)
      assert.ok(othersReadSeq < lastSeq, 'a single tick')
      assert.equal((await chatOf(alice, chat)).last?.text, 'mine')
      await page[Symbol.asyncDispose]()
      t.clock.advance({ seconds: 40 })
      await t.station.realtime.tick()
      await his.roundTrip()
      const signs = his.frames.slice(hisBefore).filter(({ t: kind }) => kind === 'eph')
      assert.deepEqual(signs, [], 'nor when she comes and goes')
      const told = await alice.get('/api/v1/notifications')
      assert.ok(!/are you there|mine/.test(told.text), told.text)
    })

    test('sees no tick by what they write, on an open page or on one that has just come', async () => {
      await using t = await buildTestStation({ dialect, config: ANY_PORT })
      const door = await SocketDoor.of(t)
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const { id: chat } = await openWith(alice, 'bob')
      await send(alice, chat, 'mine')
      await alice.put('/api/v1/users/bob/block', {})
      await using page = await door.open(alice)
      await page.hello()
      await send(bob, chat, 'are you there?')
      await page.roundTrip()
      assert.deepEqual(page.updates, [])
      assert.equal((await chatOf(alice, chat)).othersReadSeq, 0)
      await alice.delete('/api/v1/users/bob/block')
      await send(bob, chat, 'again')
      assert.equal((await chatOf(alice, chat)).othersReadSeq, 3)
    })

    test('is not called by them in a large chat either, whose pages count by themselves', async () => {
      await using t = await buildTestStation({ dialect, config: ANY_PORT })
      const door = await SocketDoor.of(t)
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const { id: chat } = await groupOf(alice, bob)
      await t.station.database.transaction(({ session }) =>
        session.run(`update messaging_chats set fanout = 'read' where id = ?`, [chat]),
      )
      await alice.put('/api/v1/users/bob/block', {})
      await using page = await door.open(alice)
      await page.hello()
      await page.roundTrip()
      const { seq } = await send(bob, chat, '@alice look')
      await ask(bob, 'msg.edit', { chat, seq, text: '@alice look again' })
      await page.roundTrip()
      const own = page.updates.filter(({ e }) => e.k === 'chat.upsert')
      const called = own.map(({ e }) => (e['chat'] as TestChat).me?.mentions)
      assert.deepEqual(called, [0, 0], 'told after each what is so')
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
