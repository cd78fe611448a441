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
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import type { Visitor } from '../../../test/support/visitor.ts'

interface Mentions {
  readonly items: readonly TestMessage[]
  readonly people: readonly { readonly username: string }[]
  readonly hasAfter: boolean
}

async function three(t: TestStation): Promise<[Visitor, Visitor, Visitor]> {
  return [await t.person('alice'), await t.person('bob'), await t.person('carol')]
}

function mentionsOf(who: Visitor, chat: string, more: object = {}): Promise<Mentions> {
  return ask<Mentions>(who, 'msg.mentions', { chat, ...more })
}

/** What the list says, and what is found: it must be the same number. */
async function textsCalling(who: Visitor, chat: string): Promise<string[]> {
  const { items } = await mentionsOf(who, chat)
  assert.equal((await chatOf(who, chat)).me?.mentions, items.length)
  return items.map(({ text }) => text)
}

for (const dialect of DIALECTS) {
  suite(`unread mentions on ${dialect}`, () => {
    test('nobody is called by a change of what is gone from their own view', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob, carol] = await three(t)
      const { id: chat } = await groupOf(alice, bob, carol)
      const { seq } = await send(alice, chat, 'somebody, please')
      await ask(bob, 'msg.delete', { chat, seqs: [seq], for: 'me' })
      await ask(alice, 'msg.edit', { chat, seq, text: '@bob or @carol, please' })
      assert.deepEqual(await textsCalling(bob, chat), [])
      assert.deepEqual(await textsCalling(carol, chat), ['@bob or @carol, please'])
    })

    test('names and answers come in order, page by page, until they are read', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob, carol] = await three(t)
      const { id: chat } = await groupOf(alice, bob, carol)
      const own = await send(bob, chat, 'I ask')
      const first = await send(alice, chat, 'one @bob')
      await send(alice, chat, 'for @carol alone')
      const second = await send(carol, chat, 'two, an answer', { reply: { seq: own.seq } })
      await send(carol, chat, 'three @bob')
      assert.deepEqual(await textsCalling(bob, chat), ['one @bob', 'two, an answer', 'three @bob'])
      assert.deepEqual(await textsCalling(alice, chat), [])

      const page = await mentionsOf(bob, chat, { limit: 1 })
      assert.deepEqual(
        [page.items.map(({ seq, mentionsMe }) => [seq, mentionsMe]), page.hasAfter],
        [[[first.seq, true]], true],
      )
      assert.deepEqual(
        page.people.map(({ username }) => username),
        ['alice'],
      )
      const rest = await mentionsOf(bob, chat, { after: second.seq })
      assert.deepEqual([rest.items.map(({ text }) => text), rest.hasAfter], [['three @bob'], false])

      await ask(bob, 'msg.react', { chat, seq: second.seq, emoji: '👍' })
      assert.equal((await mentionsOf(bob, chat)).items.length, 3)
      assert.deepEqual(await textsCalling(carol, chat), [], 'a reaction calls nobody')
      await ask(bob, 'chats.read', { chat, seq: second.seq })
      assert.deepEqual(await textsCalling(bob, chat), ['three @bob'])
      await send(bob, chat, 'I have seen it')
      assert.deepEqual(await textsCalling(bob, chat), [])
    })

    test('what is deleted, hidden, cleared or no longer calls is not there', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = await three(t)
      const { id: chat } = await openWith(alice, 'bob')
      const [, gone, hidden, changed] = [
        await send(alice, chat, 'stays @bob'),
        await send(alice, chat, 'deleted @bob'),
        await send(alice, chat, 'hidden @bob'),
        await send(alice, chat, 'changed @bob'),
      ]
      assert.equal((await textsCalling(bob, chat)).length, 4)
      await ask(alice, 'msg.delete', { chat, seqs: [gone.seq], for: 'all' })
      await ask(bob, 'msg.delete', { chat, seqs: [hidden.seq], for: 'me' })
      await ask(alice, 'msg.edit', { chat, seq: changed.seq, text: 'changed' })
      assert.deepEqual(await textsCalling(bob, chat), ['stays @bob'])
      await ask(bob, 'chats.clear', { chat })
      assert.deepEqual(await textsCalling(bob, chat), [])
      await send(alice, chat, 'later @bob')
      assert.deepEqual(await textsCalling(bob, chat), ['later @bob'])
    })

    test('they are for those in the chat alone', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob, carol] = await three(t)
      const order = { type: 'group', title: 'Open', slug: 'open-group', members: ['bob'] }
      const { chat } = await ask<{ chat: { id: string } }>(alice, 'chats.create', order)
      const { id } = chat
      await send(alice, id, 'come, @bob and @carol')
      assert.deepEqual(await textsCalling(bob, id), ['come, @bob and @carol'])
      assert.equal(await refused(carol, 'msg.mentions', { chat: id }), 'QL_MSG_NOT_FOUND')
      const asStranger = await t.stranger().post('/api/v1/rt/msg.mentions', { chat: id })
      assert.equal(asStranger.status, 401)
      await ask(alice, 'members.remove', { chat: id, user: bob.id })
      assert.equal(await refused(bob, 'msg.mentions', { chat: id }), 'QL_MSG_NOT_FOUND')
      await ask(carol, 'chats.join', { chat: id })
      assert.deepEqual(await textsCalling(carol, id), [])
    })
  })
}
