import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import {
  ask,
  chatOf,
  chatsOf,
  groupOf,
  historyOf,
  newCid,
  openWith,
  refused,
  rt,
  send,
  textsOf,
} from '../../../test/support/messenger.ts'
import { buildTestStation } from '../../../test/support/station.ts'

for (const dialect of DIALECTS) {
  suite(`messages on ${dialect}`, () => {
    test('two people write to each other; what is unread is counted, and read', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const chat = await openWith(alice, 'bob')
      assert.deepEqual(
        [chat.type, chat.peer?.username, (await chatsOf(bob)).length],
        ['private', 'bob', 0],
      )
      await send(alice, chat.id, '**Hello** @bob, ||a pie||')
      const second = await send(alice, chat.id, 'How are you?', { reply: { seq: 1 } })
      assert.deepEqual([second.seq, second.reply?.text], [2, 'Hello @bob, ▒ ▒▒▒'])
      const [his] = await chatsOf(bob)
      assert.deepEqual(
        [his?.id, his?.me?.unread, his?.me?.mentions, his?.last?.text],
        [chat.id, 2, 1, 'How are you?'],
      )
      assert.deepEqual(await ask(bob, 'chats.read', { chat: chat.id, seq: 1 }), {
        readSeq: 1,
        unread: 1,
        mentions: 0,
      })
      assert.equal((await chatOf(alice, chat.id)).othersReadSeq, 1)
      await ask(bob, 'chats.read', { chat: chat.id, seq: 99 })
      await ask(bob, 'chats.read', { chat: chat.id, seq: 1 })
      const { me } = await chatOf(bob, chat.id)
      assert.deepEqual([me?.readSeq, me?.unread], [2, 0])
      await t.settle()
      const sent = t.events.filter(({ type }) => type === 'message.sent')
      assert.deepEqual(
        sent.map(({ subject, data }) => [subject, (data as { seq: number }).seq]),
        [
          [`chat/${chat.id}`, 1],
          [`chat/${chat.id}`, 2],
        ],
      )
      assert.equal(JSON.stringify(sent).includes('Hello'), false, 'words stay in the chat')
    })

    test('staff are told how much people write, of everything that still stands', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const chat = await openWith(alice, 'bob')
      for (const text of ['One', 'Two', 'Three']) await send(alice, chat.id, text)
      await ask(alice, 'msg.delete', { chat: chat.id, seqs: [2], for: 'all' })
      await groupOf(bob, alice)
      const count = (ids: string[]) => t.station.calls.call('counted.messages', { ids }, 'core')
      const { counts } = (await count([alice.id, bob.id])) as { counts: object }
      assert.deepEqual(counts, { [alice.id]: 2 }, 'what the group says of itself is nobody’s')
      assert.deepEqual(((await count([])) as { counts: object }).counts, {})
      await assert.rejects(t.station.calls.call('counted.messages', { ids: [] }, 'modules'))
    })

    test('the same number is the same message for ever, and another message never', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const chat = await openWith(alice, 'bob')
      const group = await groupOf(alice, bob)
      const cid = newCid()
      const order = { chat: chat.id, cid, text: 'once' }
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => rt(alice, 'msg.send', order)),
      )
      const sent = answers.map((answer) => answer.json<{ seq: number; dup: boolean }>())
      assert.deepEqual(new Set(sent.map(({ seq }) => seq)), new Set([1]))
      assert.equal(sent.filter(({ dup }) => !dup).length, 1)
      assert.equal(
        await refused(alice, 'msg.send', { ...order, text: 'other' }),
        'QL_MSG_CID_CONFLICT',
      )
      assert.equal(
        await refused(alice, 'msg.send', { ...order, chat: group.id }),
        'QL_MSG_CID_CONFLICT',
      )
      await ask(bob, 'msg.send', order)
      await ask(alice, 'msg.delete', { chat: chat.id, seqs: [1], for: 'all' })
      t.clock.advance({ hours: 24 })
      const late = await ask<{ seq: number; dup: boolean; m: object }>(alice, 'msg.send', order)
      assert.deepEqual([late.seq, late.dup, Reflect.get(late.m, 'deleted')], [1, true, true])
      assert.deepEqual(await textsOf(bob, chat.id), ['once'])
      await t.settle()
      assert.equal(t.events.filter(({ type }) => type === 'message.sent').length, 3)
    })

    test('an edit is marked, keeps what was said for moderators, and calls others', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob, carol] = [
        await t.person('alice'),
        await t.person('bob'),
        await t.person('carol'),
      ]
      const { id: chat } = await groupOf(alice, bob, carol)
      const { seq } = await send(alice, chat, 'for @bob')
      assert.equal((await chatOf(bob, chat)).me?.mentions, 1)
      const edit = { chat, seq, text: 'for @carol', ver: 1 }
      const { m } = await ask<{ m: { ver: number; text: string } }>(alice, 'msg.edit', edit)
      assert.deepEqual([m.ver, m.text], [2, 'for @carol'])
      assert.deepEqual(
        [(await chatOf(bob, chat)).me?.mentions, (await chatOf(carol, chat)).me?.mentions],
        [0, 1],
      )
      const stale = await rt(alice, 'msg.edit', { ...edit, text: 'again' })
      assert.deepEqual([stale.status, stale.json()['code']], [409, 'QL_MSG_CHANGED'])
      assert.equal(
        await refused(bob, 'msg.edit', { chat, seq, text: 'mine' }),
        'QL_MSG_NOT_ALLOWED',
      )
      const { reader } = t.station.database
      assert.deepEqual(
        (await reader.all('select ver, text from messaging_revisions')).map((row) => ({ ...row })),
        [{ ver: 1, text: 'for @bob' }],
      )
      t.clock.advance({ hours: 49 })
      assert.equal(
        await refused(alice, 'msg.edit', { chat, seq, text: 'late' }),
        'QL_MSG_EDIT_LATE',
      )
    })

    test('what is deleted for all leaves nothing behind, for me only my view', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const { id: chat } = await openWith(alice, 'bob')
      for (const text of ['one @bob', 'two', 'three']) await send(alice, chat, text)
      assert.equal(
        await refused(bob, 'msg.delete', { chat, seqs: [1], for: 'all' }),
        'QL_MSG_NOT_ALLOWED',
      )
      await ask(bob, 'msg.delete', { chat, seqs: [2], for: 'me' })
      assert.deepEqual(await textsOf(bob, chat), ['one @bob', 'three'])
      assert.deepEqual(await textsOf(alice, chat), ['one @bob', 'two', 'three'])
      assert.equal((await chatOf(bob, chat)).me?.unread, 2)
      await ask(alice, 'msg.delete', { chat, seqs: [1, 2], for: 'all' })
      const { me } = await chatOf(bob, chat)
      assert.deepEqual([me?.unread, me?.mentions], [1, 0])
      assert.deepEqual(await textsOf(bob, chat), ['three'])
      const rows = await t.station.database.reader.all(
        'select * from messaging_messages where seq < 3',
      )
      assert.equal(JSON.stringify(rows).includes('one'), false)
      assert.equal(
        await refused(bob, 'msg.send', { chat, cid: newCid(), text: 'x', reply: { seq: 1 } }),
        'QL_MSG_REPLY',
      )
    })

    test('one reaction per person, pins, views, forwards with what may be told of their origin', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const { id: chat } = await groupOf(alice, bob)
      const { seq } = await send(alice, chat, 'good news')
      await ask(bob, 'msg.react', { chat, seq, emoji: '👍' })
      await ask(bob, 'msg.react', { chat, seq, emoji: '🔥' })
      await ask(alice, 'msg.react', { chat, seq, emoji: '🔥' })
      const [, message] = await historyOf(bob, chat)
      assert.deepEqual(message?.reactions, [{ emoji: '🔥', count: 2, mine: true }])
      await ask(bob, 'msg.react', { chat, seq, emoji: null })
      for (const emoji of ['x', '👍👍', '']) {
        assert.notEqual((await rt(bob, 'msg.react', { chat, seq, emoji })).status, 200, emoji)
      }
      assert.equal(await refused(bob, 'msg.pin', { chat, seq, pinned: true }), 'QL_MSG_NOT_ALLOWED')
      await ask(alice, 'msg.pin', { chat, seq, pinned: true })
      assert.deepEqual((await chatOf(bob, chat)).pinnedSeqs, [seq])
      const saved = await openWith(bob, 'bob')
      const cids = [newCid()]
      const order = { chat: saved.id, cids, from: { chat, seqs: [seq] } }
      await ask(bob, 'msg.forward', order)
      const again = await ask<{ items: { dup: boolean }[] }>(bob, 'msg.forward', order)
      assert.equal(again.items[0]?.dup, true)
      const [kept] = await historyOf(bob, saved.id)
      assert.deepEqual(kept?.forward && { ...kept.forward, date: '' }, {
        name: 'alice',
        userId: alice.id,
        chat: null,
        seq: null,
        date: '',
      })
      await ask(alice, 'msg.delete', { chat, seqs: [seq], for: 'all' })
      assert.deepEqual((await chatOf(bob, chat)).pinnedSeqs, [])
      assert.deepEqual(await textsOf(bob, saved.id), ['good news'])
    })

    test('the text is limited to the unit, and has to say something', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const { id: chat } = await openWith(alice, 'alice')
      const fits = await send(alice, chat, '😀'.repeat(2_048))
      assert.equal(fits.text.length, 4_096)
      const one = { chat, cid: newCid() }
      assert.equal(
        await refused(alice, 'msg.send', { ...one, text: `${'😀'.repeat(2_048)}a` }),
        'QL_MSG_TOO_LONG',
      )
      for (const text of ['', ' \n ', '\u200B\u200D', '\u3164']) {
        assert.equal(await refused(alice, 'msg.send', { ...one, text }), 'QL_MSG_EMPTY')
      }
      const bold = { type: 'bold', offset: 0, length: 9 }
      assert.equal(
        await refused(alice, 'msg.send', { ...one, text: 'a', entities: [bold] }),
        'QL_MSG_ENTITIES',
      )
      assert.equal(
        await refused(alice, 'msg.send', { ...one, mediaIds: [newCid()] }),
        'QL_MSG_MEDIA',
      )
    })

    test('history is paged both ways, around a message and by date', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const { id: chat } = await openWith(alice, 'alice')
      for (let n = 1; n <= 25; n++) {
        await send(alice, chat, `n${n}`)
        t.clock.advance({ minutes: 1 })
      }
      const page = async (more: object) => {
        const { items, ...rest } = await ask<{
          items: { seq: number }[]
          hasBefore: boolean
          hasAfter: boolean
        }>(alice, 'msg.history', { chat, limit: 10, ...more })
        return [items.at(0)?.seq, items.at(-1)?.seq, rest.hasBefore, rest.hasAfter]
      }
      assert.deepEqual(await page({}), [16, 25, true, false])
      assert.deepEqual(await page({ before: 16 }), [6, 15, true, true])
      assert.deepEqual(await page({ before: 6 }), [1, 5, false, true])
      assert.deepEqual(await page({ after: 20 }), [21, 25, true, false])
      assert.deepEqual(await page({ around: 12 }), [7, 16, true, true])
      const [, , third] = await historyOf(alice, chat, { after: 0 })
      assert.deepEqual(await ask(alice, 'msg.at', { chat, date: third?.date ?? '' }), { seq: 3 })
      const future = new Date(Date.now() + 1e12).toISOString()
      assert.deepEqual(await ask(alice, 'msg.at', { chat, date: future }), { seq: 25 })
    })
  })
}
