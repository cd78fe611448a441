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
  refused,
  rt,
  send,
  type TestMessage,
  textsOf,
} from '../../../test/support/messenger.ts'
import { ONE_PIXEL } from '../../../test/support/pictures.ts'
import { SocketDoor } from '../../../test/support/socket.ts'
import { ANY_PORT, buildTestStation, type TestStation } from '../../../test/support/station.ts'
import type { Visitor } from '../../../test/support/visitor.ts'

/** Whatever was said before somebody came says this. */
const SECRET = 'lighthouse'
const PLACE = 'https://example.org/lighthouse'

async function peopleOf(t: TestStation) {
  return {
    alice: await t.person('alice'),
    bob: await t.person('bob'),
    carol: await t.person('carol'),
  }
}

/** A group in which something was said, and whose history newcomers do not see. */
async function closedGroup(t: TestStation) {
  const { alice, bob, carol } = await peopleOf(t)
  const { id: chat } = await groupOf(alice, carol)
  const photo = await alice.upload(`/api/v1/chats/${chat}/media`, { bytes: ONE_PIXEL })
  const file = { bytes: Buffer.from(SECRET), name: `${SECRET}.txt` }
  const paper = await alice.upload(`/api/v1/chats/${chat}/media`, file)
  const picture = photo.json<{ id: string; url: string }>()
  const mediaIds = [picture.id, paper.json<{ id: string }>().id]
  const { seq: old } = await send(alice, chat, `the ${SECRET} at ${PLACE} @bob`, { mediaIds })
  const { seq: own } = await send(carol, chat, `which ${SECRET}`)
  for (const seq of [old, own]) await ask(alice, 'msg.pin', { chat, seq, pinned: true })
  await ask(carol, 'msg.react', { chat, seq: old, emoji: '👍' })
  await ask(alice, 'chats.update', { chat, historyHidden: true })
  return { alice, bob, carol, chat, old, own, url: picture.url }
}

function add(who: Visitor, chat: string, whom: Visitor): Promise<unknown> {
  return ask(who, 'members.add', { chat, usernames: [whom.username] })
}

async function said(who: Visitor, method: string, input: object): Promise<string> {
  const { status, text } = await rt(who, method, input)
  assert.equal(status, 200, `${method}: ${text}`)
  return text
}

async function isIn(who: Visitor, chat: string): Promise<boolean> {
  return (await rt(who, 'msg.history', { chat })).status === 200
}

for (const dialect of DIALECTS) {
  suite(`history for newcomers on ${dialect}`, () => {
    test('that is hidden is nowhere: in no page, search, list or picture', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob, carol, chat, old, own, url } = await closedGroup(t)
      await add(alice, chat, bob)
      const held = await chatOf(bob, chat)
      const from = held.me?.joinedSeq ?? 0
      assert.ok(from >= own)
      assert.equal(held.me?.clearedSeq, from)
      assert.deepEqual([held.me?.unread, held.me?.mentions], [0, 0])
      assert.deepEqual(held.pinnedSeqs, [])
      assert.equal(held.last?.service?.what, 'added')
      for (const stretch of [{}, { before: from + 1 }, { after: 0 }, { around: old }]) {
        for (const { seq } of await historyOf(bob, chat, stretch)) assert.ok(seq > from)
      }
      const page = await bob.get(`/api/v1/chats/${chat}/messages?around=${old}`)
      assert.ok(!page.text.includes(SECRET))
      const { seq: first } = await ask(bob, 'msg.at', { chat, date: '2000-01-01T00:00:00Z' })
      assert.ok(Number(first) > from)
      for (const [method, input] of [
        ['msg.search', { q: SECRET }],
        ['msg.search', { q: SECRET, chat }],
        ['msg.pins', { chat }],
        ['msg.mentions', { chat }],
        ['msg.gallery', { chat, seq: old }],
        ...['media', 'files', 'links'].map((kind) => ['msg.shared', { chat, kind }] as const),
      ] as const) {
        assert.deepEqual(JSON.parse(await said(bob, method, input)).items, [], method)
      }
      assert.equal((await bob.get(url)).status, 404)
      assert.equal((await carol.get(url)).status, 200)
      assert.ok((await textsOf(carol, chat)).some((text) => text.includes(SECRET)))
    })

    test('that is hidden cannot be acted upon', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob, carol, chat, old } = await closedGroup(t)
      await add(alice, chat, bob)
      for (const [method, input] of [
        ['msg.reactions', { seq: old }],
        ['msg.readers', { seq: old }],
        ['msg.report', { seq: old }],
        ['msg.react', { seq: old, emoji: '🔥' }],
        ['msg.pin', { seq: old, pinned: false }],
        ['msg.edit', { seq: old, text: 'x' }],
        ['msg.draft', { seqs: [old] }],
      ] as const) {
        assert.equal(await refused(bob, method, { chat, ...input }), 'QL_MSG_NOT_FOUND', method)
      }
      const answer = { chat, cid: newCid(), text: 'x', reply: { seq: old } }
      assert.equal(await refused(bob, 'msg.send', answer), 'QL_MSG_REPLY')
      const passed = { chat, cids: [newCid()], from: { chat, seqs: [old] } }
      assert.equal(await refused(bob, 'msg.forward', passed), 'QL_MSG_FORWARD')
      await ask(bob, 'msg.delete', { chat, seqs: [old], for: 'all' })
      assert.equal(
        (await historyOf(carol, chat, { around: old })).find(isAt(old))?.deleted,
        undefined,
      )
    })

    for (const fanout of ['write', 'read'] as const) {
      test(`what changes in it is not told, live or later (${fanout})`, async () => {
        await using t = await buildTestStation({ dialect, config: ANY_PORT })
        const door = await SocketDoor.of(t)
        const { alice, bob, carol, chat, old, own } = await closedGroup(t)
        await t.station.database.transaction(async ({ session }) => {
          await session.run('update messaging_chats set fanout = ? where id = ?', [fanout, chat])
        })
        await add(alice, chat, bob)
        await using his = await door.open(bob)
        await using hers = await door.open(carol)
        const held = { [chat]: (await chatOf(bob, chat)).ev }
        const { pts } = await his.hello({ chats: held })
        await hers.hello({ chats: held })
        await Promise.all([his.roundTrip(), hers.roundTrip()])
        const fresh = await send(alice, chat, 'a fresh one')
        await ask(alice, 'msg.edit', { chat, seq: old, text: `another ${SECRET} @bob` })
        await ask(alice, 'msg.react', { chat, seq: own, emoji: '🔥' })
        await ask(alice, 'msg.preview', { chat, seq: old })
        await ask(alice, 'msg.pin', { chat, seq: fresh.seq, pinned: true })
        await ask(alice, 'msg.pin', { chat, seq: old, pinned: false })
        await ask(alice, 'msg.pin', { chat, seq: old, pinned: true })
        await ask(carol, 'msg.delete', { chat, seqs: [own], for: 'all' })
        await ask(alice, 'chats.update', { chat, title: 'Another name' })
        const quote = { text: SECRET, offset: 8 }
        const { seq } = await send(carol, chat, 'so it is', { reply: { seq: old, quote } })
        await ask(carol, 'msg.edit', { chat, seq, text: 'so it is then' })
        for (const socket of [his, hers]) await socket.hears('u', isLast)
        const told = JSON.stringify(his.updates)
        assert.ok(!told.includes(SECRET), told)
        assert.ok(JSON.stringify(hers.updates).includes(SECRET))
        for (const { e } of his.updates) {
          if (e.k === 'msg.react' || e.k === 'msg.preview') assert.fail(JSON.stringify(e))
          if (e.k === 'msg.pin') assert.deepEqual(e['pinnedSeqs'], [fresh.seq])
          if (e.k === 'chat.upsert') assert.deepEqual(Object(e['chat'])['pinnedSeqs'], [fresh.seq])
          if (e.k === 'msg.del') assert.fail('nothing of his was deleted')
        }
        const { reply } = (await historyOf(bob, chat)).find(isAt(seq)) ?? {}
        assert.deepEqual(reply, { seq: old, sender: null, text: '' })
        const later = await his.ask('sync.diff', { from: Math.max(0, Number(pts) - 4) })
        assert.ok(!JSON.stringify(later).includes(SECRET))
        await using again = await door.open(bob)
        await again.hello({ chats: { [chat]: 0 } })
        await again.roundTrip()
        await again.roundTrip()
        assert.ok(!JSON.stringify(again.frames).includes(SECRET))
        assert.deepEqual((await chatOf(bob, chat)).pinnedSeqs, [fresh.seq])
        assert.deepEqual((await chatOf(carol, chat)).pinnedSeqs, [fresh.seq, old])
      })
    }

    test('is as the group has it at the moment of coming in, by whatever way', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob, carol, chat } = await closedGroup(t)
      const link = async (approval: boolean): Promise<{ token: string }> =>
        ask<{ token: string }>(alice, 'invites.create', { chat, approval })
      const sees = async (): Promise<boolean> =>
        (await textsOf(bob, chat)).some((text) => text.includes(SECRET))
      const leave = (): Promise<unknown> => ask(bob, 'chats.leave', { chat })
      const hide = (historyHidden: boolean): Promise<unknown> =>
        ask(alice, 'chats.update', { chat, historyHidden })

      await ask(bob, 'invites.join', { token: (await link(false)).token })
      assert.equal(await sees(), false)
      await hide(false)
      assert.equal(await sees(), false, 'who is there keeps what they see')
      await leave()
      await ask(bob, 'invites.join', { token: (await link(false)).token })
      assert.equal(await sees(), true)
      await hide(true)
      assert.equal(await sees(), true, 'who is there keeps what they see')
      await leave()

      await hide(false)
      await ask(bob, 'invites.join', { token: (await link(true)).token })
      await hide(true)
      assert.equal(await isIn(bob, chat), false)
      await send(carol, chat, 'while he waits')
      await ask(alice, 'requests.decide', { chat, user: bob.id, accept: true })
      assert.equal(await sees(), false)
      assert.deepEqual(await textsOf(bob, chat), [])
      await ask(alice, 'members.remove', { chat, user: bob.id })
      await hide(false)
      await add(alice, chat, bob)
      assert.equal(await sees(), true)
      assert.ok((await textsOf(bob, chat)).includes('while he waits'))
    })

    test('is shown to its people, too, once anybody may look at it by an address', async () => {
      await using t = await buildTestStation({ dialect, config: ANY_PORT })
      const door = await SocketDoor.of(t)
      const { alice, bob, carol, chat, old, own, url } = await closedGroup(t)
      const dora = await t.person('dora')
      for (const who of [bob, dora]) await add(alice, chat, who)
      await send(alice, chat, 'since then')
      await ask(dora, 'chats.clear', { chat })
      await using his = await door.open(bob)
      await his.hello({})
      const before = await chatOf(bob, chat)
      await ask(alice, 'chats.update', { chat, slug: 'open-to-all' })
      await his.roundTrip()
      const told = his.updates.flatMap(({ e }) =>
        e['k'] === 'chat.upsert' ? Object(e)['chat'].me : [],
      )
      assert.equal(told.at(-1)?.clearedSeq, 0)
      const { me, pinnedSeqs } = await chatOf(bob, chat)
      assert.deepEqual([me?.clearedSeq, me?.joinedSeq], [0, before.me?.joinedSeq])
      assert.deepEqual([me?.unread, me?.mentions], [before.me?.unread, before.me?.mentions])
      assert.deepEqual(pinnedSeqs, [own, old])
      assert.deepEqual(await textsOf(bob, chat), await textsOf(carol, chat))
      assert.equal((await bob.get(url)).status, 200)
      assert.deepEqual(await textsOf(dora, chat), [])
      await ask(alice, 'chats.update', { chat, slug: null, historyHidden: true })
      assert.deepEqual(await textsOf(bob, chat), await textsOf(carol, chat))
    })

    test('does not bring back what somebody has cleared themselves', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob, chat } = await closedGroup(t)
      await ask(alice, 'chats.update', { chat, historyHidden: false })
      await add(alice, chat, bob)
      await ask(bob, 'chats.clear', { chat })
      await send(alice, chat, 'after it')
      for (const historyHidden of [true, false]) {
        await ask(bob, 'chats.leave', { chat })
        await ask(alice, 'chats.update', { chat, historyHidden })
        await add(alice, chat, bob)
        assert.deepEqual(await textsOf(bob, chat), historyHidden ? [] : ['after it'])
      }
    })

    test('holds for an owner who goes and comes back, and not for what they wrote meanwhile', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, carol, chat } = await closedGroup(t)
      await ask(alice, 'members.role', { chat, user: carol.id, role: 'owner' })
      await ask(alice, 'chats.leave', { chat })
      await add(carol, chat, alice)
      assert.deepEqual(await textsOf(alice, chat), [])
      const { seq } = await send(alice, chat, 'back again')
      assert.deepEqual(await textsOf(alice, chat), ['back again'])
      assert.equal((await chatsOf(alice)).find(({ id }) => id === chat)?.last?.seq, seq)
    })

    test('says nothing to who was removed and sends an old number again', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob, chat, old } = await closedGroup(t)
      await ask(alice, 'chats.update', { chat, historyHidden: false })
      await add(alice, chat, bob)
      const order = { chat, cid: newCid(), text: 'mine', reply: { seq: old } }
      const { m } = await ask<{ m: TestMessage }>(bob, 'msg.send', order)
      assert.ok(m.reply?.text.includes(SECRET))
      await ask(alice, 'members.remove', { chat, user: bob.id })
      const repeated = await ask<{ dup: boolean; m: TestMessage }>(bob, 'msg.send', order)
      assert.equal(repeated.dup, true)
      assert.deepEqual(repeated.m.reply, { seq: old, sender: null, text: '' })
    })

    test('is set by who governs a group without an address', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, carol, bob, chat } = await closedGroup(t)
      const change = { chat, historyHidden: false }
      assert.equal(await refused(carol, 'chats.update', change), 'QL_MSG_NOT_ALLOWED')
      assert.equal(await refused(bob, 'chats.update', change), 'QL_MSG_NOT_FOUND')
      const isHidden = async (): Promise<unknown> =>
        Object((await ask(carol, 'chats.get', { chat }))['chat'])['historyHidden']
      assert.equal(await isHidden(), true)
      await ask(alice, 'chats.update', { chat, slug: 'open-to-all' })
      assert.equal(await isHidden(), false)
      const hiding = { chat, historyHidden: true }
      assert.equal(await refused(alice, 'chats.update', hiding), 'QL_MSG_HISTORY')
      const both = await alice.patch(`/api/v1/chats/${chat}`, { slug: null, historyHidden: true })
      assert.equal(both.status, 200, both.text)
      assert.equal(await isHidden(), true)
      const order = { type: 'channel', title: 'Town' }
      const channel = await ask<{ chat: { id: string } }>(alice, 'chats.create', order)
      const wish = { chat: channel.chat.id, historyHidden: true }
      assert.equal(await refused(alice, 'chats.update', wish), 'QL_MSG_HISTORY')
    })
  })
}

function isLast({ e }: { readonly [member: string]: unknown }): boolean {
  return Object(e)['m']?.text === 'so it is then'
}

function isAt(seq: number) {
  return (message: TestMessage): boolean => message.seq === seq
}
