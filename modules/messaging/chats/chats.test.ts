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
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'

async function crew(t: TestStation) {
  return {
    alice: await t.person('alice'),
    bob: await t.person('bob'),
    carol: await t.person('carol'),
  }
}

interface TestInvite {
  readonly token: string
  readonly uses: number
}

for (const dialect of DIALECTS) {
  suite(`chats on ${dialect}`, () => {
    test('a group tells who came and went; who was sent away finds nothing there', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob, carol } = await crew(t)
      const { id: chat } = await groupOf(alice, bob)
      await send(alice, chat, 'before')
      await ask(alice, 'members.add', { chat, usernames: ['carol'] })
      assert.deepEqual(await textsOf(carol, chat), ['before'])
      assert.equal((await chatOf(carol, chat)).me?.unread, 0)
      assert.equal(
        await refused(bob, 'members.remove', { chat, user: carol.id }),
        'QL_MSG_NOT_ALLOWED',
      )
      await ask(alice, 'members.remove', { chat, user: carol.id, ban: true })
      assert.equal(await refused(carol, 'msg.history', { chat }), 'QL_MSG_NOT_FOUND')
      assert.equal(
        await refused(bob, 'members.add', { chat, usernames: ['carol'] }),
        'QL_MSG_CANNOT_ADD',
      )
      await ask(bob, 'chats.leave', { chat })
      assert.equal(await refused(alice, 'chats.leave', { chat }), 'QL_MSG_OWNER_STAYS')
      const said = (await historyOf(alice, chat)).flatMap(({ service }) => service?.what ?? [])
      assert.deepEqual(said, ['created', 'added', 'removed', 'left'])
      assert.equal((await chatOf(alice, chat)).members, 1)
      await t.settle()
      const left = t.events.filter(({ type }) => type === 'member.left')
      assert.deepEqual(
        left.map(({ data }) => (data as { state: string }).state),
        ['removed', 'left'],
      )
    })

    test('rights are given by who has them, and the owner hands the chat over', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob, carol } = await crew(t)
      const { id: chat } = await groupOf(alice, bob, carol)
      assert.equal(
        await refused(bob, 'chats.update', { chat, title: 'Mine' }),
        'QL_MSG_NOT_ALLOWED',
      )
      await ask(alice, 'members.role', { chat, user: bob.id, role: 'admin' })
      await ask(bob, 'chats.update', { chat, title: ' Our  trip ', slowModeS: 30 })
      assert.equal((await chatOf(carol, chat)).title, 'Our trip')
      assert.equal(
        await refused(bob, 'members.role', { chat, user: carol.id, role: 'admin' }),
        'QL_MSG_NOT_ALLOWED',
      )
      assert.equal(
        await refused(bob, 'members.role', { chat, user: bob.id, role: 'owner' }),
        'QL_MSG_NOT_ALLOWED',
      )
      await ask(alice, 'members.role', { chat, user: bob.id, role: 'owner' })
      assert.equal((await chatOf(alice, chat)).me?.role, 'admin')
      await ask(alice, 'chats.leave', { chat })
      const { items } = await ask<{ items: { role: string }[] }>(bob, 'members.list', { chat })
      assert.deepEqual(
        items.map(({ role }) => role),
        ['owner', 'member'],
      )
      const found = await ask<{ items: object[] }>(bob, 'members.list', { chat, q: 'CAR' })
      assert.equal(found.items.length, 1)
    })

    test('slow mode waits by the clock of the station, also when that is set back', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob } = await crew(t)
      const { id: chat } = await groupOf(alice, bob)
      await ask(alice, 'chats.update', { chat, slowModeS: 30 })
      await send(bob, chat, 'one')
      const answer = await rt(bob, 'msg.send', { chat, cid: newCid(), text: 'two' })
      assert.deepEqual(
        [answer.status, answer.json()['code'], answer.headers['retry-after']],
        [429, 'QL_MSG_SLOW_MODE', '30'],
      )
      t.clock.advance({ seconds: -90 })
      assert.equal(
        await refused(bob, 'msg.send', { chat, cid: newCid(), text: 'two' }),
        'QL_MSG_SLOW_MODE',
      )
      t.clock.advance({ seconds: 30 })
      await send(bob, chat, 'two')
      await send(alice, chat, 'admins do not wait')
      await send(alice, chat, 'at all')
      const dates = (await historyOf(alice, chat)).map(({ date }) => date)
      assert.deepEqual(
        dates,
        dates.toSorted((a, b) => a.localeCompare(b)),
      )
      assert.equal(new Set(dates).size, dates.length)
    })

    test('the last use of an invitation is given once to twenty who come at once', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const { id: chat } = await groupOf(alice)
      const guests = []
      for (let n = 0; n < 20; n++) guests.push(await t.person(`guest${n}`))
      const invite = await ask<TestInvite>(alice, 'invites.create', { chat, maxUses: 1 })
      const answers = await Promise.all(
        guests.map((guest) => rt(guest, 'invites.join', { token: invite.token })),
      )
      const isIn = answers.map(({ status }) => status === 200)
      assert.equal(isIn.filter(Boolean).length, 1)
      assert.equal((await chatOf(alice, chat)).members, 2)
      const guest = guests[isIn.indexOf(true)]
      assert.ok(guest)
      await ask(guest, 'invites.join', { token: invite.token })
      const { items } = await ask<{ items: TestInvite[] }>(alice, 'invites.list', { chat })
      assert.equal(items[0]?.uses, 1)
      assert.equal(await refused(guest, 'invites.list', { chat }), 'QL_MSG_NOT_ALLOWED')
    })

    test('an invitation ends by time or by hand, and may ask an admin', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob, carol } = await crew(t)
      const { id: chat } = await groupOf(alice)
      const expiresAt = new Date(t.clock.now().getTime() + 60_000).toISOString()
      const short = await ask<TestInvite>(alice, 'invites.create', { chat, expiresAt })
      const look = await ask<{ chat: { title: string; me: null } }>(bob, 'invites.look', {
        token: short.token,
      })
      assert.deepEqual([look.chat.title, look.chat.me], ['Group', null])
      t.clock.advance({ minutes: 2 })
      assert.equal(await refused(bob, 'invites.join', { token: short.token }), 'QL_MSG_INVITE_GONE')
      const polite = await ask<TestInvite>(alice, 'invites.create', { chat, approval: true })
      for (const guest of [bob, carol]) {
        assert.deepEqual(await ask(guest, 'invites.join', { token: polite.token }), {
          requested: true,
        })
      }
      assert.equal(await refused(bob, 'msg.history', { chat }), 'QL_MSG_NOT_FOUND')
      assert.equal((await chatOf(alice, chat)).members, 1)
      const { items } = await ask<{ items: object[] }>(alice, 'requests.list', { chat })
      assert.equal(items.length, 2)
      await ask(alice, 'requests.decide', { chat, user: bob.id, accept: true })
      await ask(alice, 'requests.decide', { chat, user: carol.id, accept: false })
      assert.equal(
        await refused(alice, 'requests.decide', { chat, user: carol.id, accept: true }),
        'QL_MSG_NOT_FOUND',
      )
      assert.equal((await chatOf(bob, chat)).members, 2)
      await ask(alice, 'invites.revoke', { chat, token: polite.token })
      assert.equal(
        await refused(carol, 'invites.join', { token: polite.token }),
        'QL_MSG_INVITE_GONE',
      )
    })

    test('a public channel is read from outside, joined, and only its admins write', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob, carol } = await crew(t)
      const order = { type: 'channel', title: 'Fog', slug: 'Fog-News' }
      const { chat } = await ask<{ chat: { id: string; slug: string } }>(
        alice,
        'chats.create',
        order,
      )
      assert.equal(chat.slug, 'fog-news')
      assert.equal(await refused(bob, 'chats.create', order), 'QL_MSG_SLUG_TAKEN')
      const { seq } = await send(alice, chat.id, 'First fog')
      const seen = await ask<{ chat: { id: string; me: null } }>(bob, 'chats.find', {
        slug: 'fog-news',
      })
      assert.deepEqual([seen.chat.id, seen.chat.me], [chat.id, null])
      assert.deepEqual(await textsOf(bob, chat.id), ['First fog'])
      assert.equal(
        await refused(bob, 'msg.send', { chat: chat.id, cid: newCid(), text: 'x' }),
        'QL_MSG_NOT_FOUND',
      )
      await ask(bob, 'chats.join', { chat: chat.id })
      assert.equal(
        await refused(bob, 'msg.send', { chat: chat.id, cid: newCid(), text: 'x' }),
        'QL_MSG_NOT_ALLOWED',
      )
      assert.equal(await refused(bob, 'members.list', { chat: chat.id }), 'QL_MSG_NOT_ALLOWED')
      for (const who of [bob, bob, carol])
        await ask(who, 'msg.views', { chat: chat.id, seqs: [seq] })
      assert.equal((await historyOf(bob, chat.id)).at(-1)?.views, 2)
      await send(alice, chat.id, 'Second fog')
      assert.equal((await chatOf(bob, chat.id)).me?.unread, 1)
      await ask(alice, 'members.remove', { chat: chat.id, user: bob.id, ban: true })
      assert.equal(await refused(bob, 'chats.join', { chat: chat.id }), 'QL_MSG_BANNED')
      assert.equal(await refused(bob, 'msg.history', { chat: chat.id }), 'QL_MSG_NOT_FOUND')
      await ask(alice, 'chats.update', { chat: chat.id, slug: null })
      assert.equal(await refused(carol, 'msg.history', { chat: chat.id }), 'QL_MSG_NOT_FOUND')
    })

    test('what a person keeps about a chat: order, archive, silence, a mark, a draft', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob } = await crew(t)
      const ids: string[] = []
      for (const name of ['bob', 'carol', 'alice']) {
        const { id } = await openWith(alice, name)
        await send(alice, id, name)
        ids.unshift(id)
        t.clock.advance({ seconds: 1 })
      }
      const order = async () => (await chatsOf(alice)).map(({ id }) => ids.indexOf(id))
      assert.deepEqual(await order(), [0, 1, 2])
      await ask(alice, 'chats.pin', { chat: ids[2], position: 0 })
      await ask(alice, 'chats.pin', { chat: ids[1], position: 0 })
      assert.deepEqual(await order(), [1, 2, 0])
      await ask(alice, 'chats.pin', { chat: ids[1], position: null })
      await ask(alice, 'chats.archive', { chat: ids[0], archived: true })
      assert.deepEqual(await order(), [2, 1])
      assert.equal((await chatsOf(alice, { archived: true })).length, 1)
      const chat = ids[2] ?? ''
      await ask(alice, 'chats.mark', { chat, unread: true })
      await ask(alice, 'chats.mute', { chat, forS: 3_600 })
      const { me } = await chatOf(alice, chat)
      assert.equal(me?.markedUnread, true)
      assert.equal(me?.mutedUntil, new Date(t.clock.now().getTime() + 3_600_000).toISOString())
      const draft = { text: 'begun', replySeq: null }
      const first = await ask<{ ver: number }>(alice, 'chats.draft', { chat, draft, ver: 0 })
      const late = await rt(alice, 'chats.draft', {
        chat,
        draft: { ...draft, text: 'other' },
        ver: 0,
      })
      assert.equal(late.json()['code'], 'QL_MSG_CHANGED')
      assert.equal(late.json<{ draft: { text: string } }>().draft.text, 'begun')
      await send(alice, chat, 'begun', { draftVer: first.ver })
      assert.equal((await chatOf(alice, chat)).me?.draft, null)
      assert.equal((await chatOf(bob, chat)).me?.mutedUntil, null)
      const page = await ask<{ items: object[]; nextCursor: string | null }>(alice, 'chats.list', {
        limit: 1,
      })
      assert.equal(page.items.length, 2, 'the pinned one, and one more')
    })

    test('a chat is cleared and deleted for oneself, or gone for both', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob } = await crew(t)
      const { id: chat } = await openWith(alice, 'bob')
      await send(alice, chat, 'one')
      await ask(bob, 'chats.clear', { chat })
      assert.deepEqual([await textsOf(bob, chat), await textsOf(alice, chat)], [[], ['one']])
      await ask(bob, 'chats.delete', { chat, for: 'me' })
      assert.equal((await chatsOf(bob)).length, 0)
      await send(alice, chat, 'two')
      const [back] = await chatsOf(bob)
      assert.deepEqual([back?.id, back?.me?.unread], [chat, 1])
      await ask(bob, 'chats.delete', { chat, for: 'all' })
      assert.equal(await refused(alice, 'chats.get', { chat }), 'QL_MSG_NOT_FOUND')
      assert.notEqual((await openWith(alice, 'bob')).id, chat)
    })
  })
}
