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
  type TestChat,
  textsOf,
} from '../../../test/support/messenger.ts'
import { type Frame, SocketDoor, type TestSocket } from '../../../test/support/socket.ts'
import { ANY_PORT, buildTestStation, type TestStation } from '../../../test/support/station.ts'
import type { Visitor } from '../../../test/support/visitor.ts'
import { MOST_OF_A_SMALL_CHAT } from './large-chats.ts'

/** A group with so many others in it that one more makes it large. */
async function almostLarge(t: TestStation, ...people: readonly [Visitor, ...Visitor[]]) {
  const [owner, ...others] = people
  const { id: chat } = await groupOf(owner, ...others)
  return fill(t, chat, people.length)
}

async function fill(t: TestStation, chat: string, members: number): Promise<string> {
  const missing = MOST_OF_A_SMALL_CHAT - members
  await t.station.database.transaction(async ({ session }) => {
    for (let n = 0; n < missing; n++) {
      await session.run(
        `insert into messaging_members (chat_id, user_id, role, state, is_banned, joined_ms,
           joined_seq, read_seq, unread, mentions, marked_unread, archived, cleared_seq, is_hidden,
           told_seq, told_ms)
         values (?, ?, 'member', 'in', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)`,
        [chat, `nobody-${n}`],
      )
    }
    await session.run('update messaging_chats set members = ? where id = ?', [
      MOST_OF_A_SMALL_CHAT,
      chat,
    ])
  })
  return chat
}

function textsIn(socket: TestSocket): string[] {
  return socket.updates.flatMap(({ e }) => (e['m'] as { text?: string } | undefined)?.text ?? [])
}

function isReactionOf(user: string) {
  return ({ e }: Frame): boolean => {
    const { k, user: named } = Object(e) as { k?: string; user?: string }
    return k === 'msg.react' && named === user
  }
}

/** Whom the reactions that were heard of name. */
function namesIn({ updates }: Pick<TestSocket, 'updates'>): unknown[] {
  return updates.flatMap(({ e }) => (e.k === 'msg.react' ? [e['user']] : []))
}

function isText(text: string) {
  return (frame: Frame): boolean => {
    const { m } = Object(frame['e']) as { m?: { text: string } }
    return m?.text === text
  }
}

for (const dialect of DIALECTS) {
  suite(`a chat of more than a hundred on ${dialect}`, () => {
    test('is followed from its hundred-and-first member on, by pages that are open already', async () => {
      await using t = await buildTestStation({ dialect, config: ANY_PORT })
      const door = await SocketDoor.of(t)
      const [alice, bob, carol] = [
        await t.person('alice'),
        await t.person('bob'),
        await t.person('carol'),
      ]
      const chat = await almostLarge(t, alice, bob)
      await using his = await door.open(bob)
      await his.hello()
      await send(alice, chat, 'to each')
      await his.hears('u', isText('to each'))
      assert.equal((await chatOf(bob, chat)).large, false)
      await ask(alice, 'members.add', { chat, usernames: ['carol'] })
      assert.equal((await chatOf(bob, chat)).large, true)
      await his.roundTrip()
      const { pts } = await t.station.realtime.updates.head(bob.id)
      for (const text of ['to all', 'and again']) await send(alice, chat, text)
      await his.hears('u', isText('and again'))
      assert.deepEqual(textsIn(his), ['to each', 'to all', 'and again'])
      assert.equal((await t.station.realtime.updates.head(bob.id)).pts, pts, 'no line of his own')
      assert.deepEqual(await textsOf(carol, chat), ['to each', 'to all', 'and again'])
    })

    test('is no longer marked unread, on every device, once one writes in it', async () => {
      await using t = await buildTestStation({ dialect, config: ANY_PORT })
      const door = await SocketDoor.of(t)
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const chat = await almostLarge(t, alice)
      await ask(alice, 'members.add', { chat, usernames: [bob.username] })
      await using phone = await door.open(bob)
      await phone.hello()
      await phone.roundTrip()
      await send(bob, chat, 'nothing was marked')
      await ask(bob, 'chats.mark', { chat, unread: true })
      await send(bob, chat, 'here I am')
      await phone.roundTrip()
      const own = phone.updates.filter(({ pts, e }) => pts !== undefined && e.k === 'chat.upsert')
      const marks = own.map(({ e }) => (e['chat'] as TestChat).me?.markedUnread)
      assert.deepEqual(marks, [true, false])
    })

    test('and one below it keep from readers of a channel who of them has reacted', async () => {
      await using t = await buildTestStation({ dialect, config: ANY_PORT })
      const door = await SocketDoor.of(t)
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      await t.person('carol')
      const order = { type: 'channel', title: 'Fog', members: [bob.username] }
      const { chat } = await ask<{ chat: TestChat }>(alice, 'chats.create', order)
      const { seq } = await send(alice, chat.id, 'Fog again.')
      await fill(t, chat.id, 2)
      const about = { chat: chat.id, seq }
      for (const isLarge of [false, true]) {
        if (isLarge) await ask(alice, 'members.add', { chat: chat.id, usernames: ['carol'] })
        await using hers = await door.open(alice)
        await using his = await door.open(bob)
        await hers.hello()
        await his.hello()
        await ask(bob, 'msg.react', { ...about, emoji: isLarge ? '👏' : '🔥' })
        await hers.hears('u', isReactionOf(''))
        for (const user of isLarge ? ['', bob.id] : [bob.id]) {
          await his.hears('u', isReactionOf(user))
        }
        assert.equal((await chatOf(bob, chat.id)).large, isLarge)
        assert.deepEqual(namesIn(hers), [''])
      }
      const { u: updates } = await ask<{ u: TestSocket['updates'] }>(alice, 'sync.diff', {
        from: 0,
      })
      assert.deepEqual(namesIn({ updates }), [''])
    })

    test('is counted when it is looked at: in the list, on every page, and after reading', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob, carol] = [
        await t.person('alice'),
        await t.person('bob'),
        await t.person('carol'),
      ]
      const chat = await almostLarge(t, alice, bob)
      await send(alice, chat, 'small')
      await ask(alice, 'members.add', { chat, usernames: [carol.username] })
      const gone = await send(alice, chat, 'large, @bob')
      await send(alice, chat, 'once more')
      const counts = async (): Promise<(number | undefined)[]> => {
        const { me } = await chatOf(bob, chat)
        return [me?.unread, me?.mentions]
      }
      const badge = async (): Promise<string | undefined> => {
        const { text } = await bob.get('/notifications')
        const [item = ''] = /<a[^>]*href="\/chats"[^>]*>.*?<\/a>/s.exec(text) ?? []
        return /class="badge">(\d+)</.exec(item)?.[1]
      }
      assert.deepEqual(await counts(), [3, 1])
      assert.equal(await badge(), '3')
      await ask(alice, 'msg.delete', { chat, seqs: [gone.seq], for: 'all' })
      assert.deepEqual(await counts(), [2, 0])
      assert.equal(await badge(), '2')
      const small = (await historyOf(bob, chat)).find(({ text }) => text === 'small')
      const half = { chat, seq: small?.seq ?? 0 }
      const read = await ask<{ unread: number }>(bob, 'chats.read', half)
      const again = await ask<{ unread: number }>(bob, 'chats.read', half)
      assert.deepEqual([read.unread, again.unread], [1, 1])
      const { lastSeq } = await chatOf(bob, chat)
      await ask(bob, 'chats.read', { chat, seq: lastSeq })
      assert.deepEqual(await counts(), [0, 0])
      assert.equal(await badge(), undefined)
    })

    test('tells whoever wrote that somebody has read it, by the first reading alone', async () => {
      await using t = await buildTestStation({ dialect, config: ANY_PORT })
      const door = await SocketDoor.of(t)
      const [alice, bob, carol] = [
        await t.person('alice'),
        await t.person('bob'),
        await t.person('carol'),
      ]
      const chat = await almostLarge(t, alice, bob)
      const { seq } = await send(alice, chat, 'is anybody here?')
      await using hers = await door.open(alice)
      await hers.hello()
      const ticks = async (): Promise<number> => (await chatOf(alice, chat)).othersReadSeq
      await ask(alice, 'members.add', { chat, usernames: ['carol'] })
      assert.equal(await ticks(), 0, 'who comes later has not read it')
      await ask(bob, 'chats.read', { chat, seq })
      const read = await hers.hears('u', ({ e }) => Object(e)['k'] === 'read')
      assert.deepEqual(read['e'], { k: 'read', chat, user: bob.id, seq })
      assert.equal(await ticks(), seq)
      const { pts } = await hers.roundTrip()
      const asked = await send(alice, chat, 'and you?')
      await ask(carol, 'chats.read', { chat, seq: asked.seq })
      await hers.hears('u', ({ e }) => Object(e)['seq'] === asked.seq)
      await ask(bob, 'chats.read', { chat, seq: asked.seq })
      assert.equal((await hers.roundTrip()).pts, Number(pts) + 1, 'a line for one reading of two')
      await ask(bob, 'chats.leave', { chat })
      await ask(carol, 'chats.leave', { chat })
      assert.equal(await ticks(), asked.seq, 'what was read stays so')
    })

    test('is told to who comes back by the rights of that moment', async () => {
      await using t = await buildTestStation({ dialect, config: ANY_PORT })
      const door = await SocketDoor.of(t)
      const [alice, bob, carol] = [
        await t.person('alice'),
        await t.person('bob'),
        await t.person('carol'),
      ]
      const chat = await almostLarge(t, alice, bob)
      await ask(alice, 'members.add', { chat, usernames: ['carol'] })
      const held = { [chat]: (await chatOf(bob, chat)).ev }
      const gone = await send(alice, chat, 'gone')
      const kept = await send(alice, chat, 'first words')
      await ask(alice, 'msg.delete', { chat, seqs: [gone.seq], for: 'all' })
      await ask(alice, 'msg.edit', { chat, seq: kept.seq, text: 'second words' })
      await using back = await door.open(bob)
      await back.hello({ chats: held })
      await back.hears('u', isText('second words'))
      assert.ok(!JSON.stringify(back.frames).includes('gone"'), 'what is deleted is not told')
      assert.ok(!back.frames.some(isText('first words')), 'as it is now')
      const { ev } = await chatOf(bob, chat)
      await using known = await door.open(bob)
      await known.hello({ device: 'phone', chats: { [chat]: ev } })
      await known.roundTrip()
      assert.deepEqual(textsIn(known), [], 'nothing is missing')
      await ask(alice, 'members.remove', { chat, user: bob.id })
      const secret = await send(alice, chat, 'without bob')
      await using late = await door.open(bob)
      await late.hello({ device: 'late', chats: held })
      await late.roundTrip()
      await back.roundTrip()
      for (const socket of [back, late, known]) {
        assert.ok(!socket.frames.some(isText('without bob')))
      }
      assert.deepEqual(textsIn(late), [])
      for (const [method, input] of [
        ['msg.history', { chat }],
        ['msg.send', { chat, cid: newCid(), text: 'x' }],
        ['msg.react', { chat, seq: secret.seq, emoji: '👍' }],
        ['chats.read', { chat, seq: secret.seq }],
        ['typing.set', { chat, what: 'text' }],
      ] as const) {
        assert.equal(await refused(bob, method, input), 'QL_MSG_NOT_FOUND', method)
      }
      assert.deepEqual(await chatsOf(bob), [])
      assert.deepEqual(await textsOf(carol, chat), ['second words', 'without bob'])
    })

    test('tells who has missed too much how it is now, not all that was', async () => {
      await using t = await buildTestStation({ dialect, config: ANY_PORT })
      const door = await SocketDoor.of(t)
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      await t.person('carol')
      const chat = await almostLarge(t, alice, bob)
      await ask(alice, 'members.add', { chat, usernames: ['carol'] })
      const held = { [chat]: (await chatOf(bob, chat)).ev }
      await send(alice, chat, 'early')
      await t.station.database.transaction(async ({ session }) => {
        await session.run('update messaging_chats set ev = ev + 600 where id = ?', [chat])
      })
      await send(alice, chat, 'late')
      await using back = await door.open(bob)
      await back.hello({ chats: held })
      const told = await back.hears('u', ({ e }) => Object(e)['k'] === 'chat.upsert')
      const { chat: now } = told['e'] as { chat: { me: { unread: number }; ev: number } }
      assert.equal(now.me.unread, 2)
      await send(alice, chat, 'next')
      await back.hears('u', isText('next'))
      assert.deepEqual(textsIn(back), ['next'])
      assert.equal((await rt(bob, 'chats.leave', { chat })).status, 200)
      await send(alice, chat, 'after bob')
      await back.roundTrip()
      assert.ok(!back.frames.some(isText('after bob')), 'who leaves hears no more')
    })
  })
}
