import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../test/support/databases.ts'
import {
  ask,
  chatOf,
  groupOf,
  newCid,
  openWith,
  rt,
  send,
  textsOf,
} from '../../test/support/messenger.ts'
import { needs } from '../../test/support/neighbour.ts'
import { type Frame, SocketDoor, type TestSocket } from '../../test/support/socket.ts'
import { ANY_PORT, buildTestStation } from '../../test/support/station.ts'

async function listening(dialect: (typeof DIALECTS)[number]) {
  const t = await buildTestStation({ dialect, config: ANY_PORT })
  return Object.assign(t, { door: await SocketDoor.of(t) })
}

/** What a socket has heard about chats. */
function heard(socket: TestSocket): [string, ...unknown[]][] {
  return socket.updates
    .filter(({ e }) => 'chat' in e)
    .map(
      ({ e }) =>
        [e.k, (e['m'] as { text?: string } | undefined)?.text].filter((x) => x !== undefined) as [
          string,
        ],
    )
}

function isText(text: string) {
  return (frame: Frame): boolean => {
    const { m } = Object(frame['e']) as { m?: { text: string } }
    return m?.text === text
  }
}

/** The numbers of a socket's updates follow one another. */
function assertDense(socket: TestSocket): void {
  const numbers = socket.updates.flatMap(({ pts }) => pts ?? [])
  const [first = 0] = numbers
  assert.deepEqual(
    numbers,
    numbers.map((_, index) => first + index),
  )
}

for (const dialect of DIALECTS) {
  suite(`open pages on ${dialect}`, () => {
    test('hear a message, an edit, a reaction, a reading and typing as they happen', async () => {
      await using t = await listening(dialect)
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      await using hers = await t.door.open(alice)
      await using his = await t.door.open(bob)
      await Promise.all([hers.hello(), his.hello()])
      const { id: chat } = await openWith(alice, 'bob')
      const sent = await hers.ask('msg.send', { chat, cid: newCid(), text: 'hello' })
      const { seq } = sent['r'] as { seq: number }
      const message = await his.hears('u', isText('hello'))
      assert.deepEqual(Object(message['e'])['me'], { unread: 1, mentions: 0, readSeq: 0 })
      assert.deepEqual(
        heard(his).map(([kind]) => kind),
        ['chat.upsert', 'msg.new'],
      )
      await his.ask('chats.read', { chat, seq })
      const read = await hers.hears('u', ({ e }) => Object(e)['k'] === 'read')
      assert.deepEqual(read['e'], { k: 'read', chat, user: bob.id, seq })
      await hers.ask('msg.edit', { chat, seq, text: 'hello there' })
      await his.hears('u', isText('hello there'))
      await his.ask('msg.react', { chat, seq, emoji: '👍' })
      const sign = await hers.hears('u', ({ e }) => Object(e)['k'] === 'msg.react')
      assert.deepEqual(Object(sign['e'])['reactions'], [{ emoji: '👍', count: 1 }])
      await his.ask('typing.set', { chat, what: 'text' })
      const typing = await hers.hears('eph', ({ e }) => Object(e)['k'] === 'typing')
      assert.deepEqual(typing['e'], { k: 'typing', chat, user: bob.id, what: 'text' })
      for (const socket of [hers, his]) assertDense(socket)
    })

    test('a second device hears of what the first does', async () => {
      await using t = await listening(dialect)
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const { id: chat } = await openWith(bob, 'alice')
      for (const text of ['1', '2', '3']) await send(bob, chat, text)
      await using laptop = await t.door.open(alice)
      await using phone = await t.door.open(alice)
      await laptop.hello({ device: 'laptop' })
      await phone.hello({ device: 'phone' })
      await phone.ask('chats.read', { chat, seq: 2 })
      const read = await laptop.hears('u', ({ e }) => Object(e)['k'] === 'read')
      assert.deepEqual(Object(read['e'])['me'], { unread: 1, mentions: 0, readSeq: 2 })
      const answers = { replySeq: 3, quote: { text: '3', offset: 0 } }
      await phone.ask('chats.draft', { chat, draft: { text: 'dear bob', ...answers }, ver: 0 })
      const draft = await laptop.hears('u', ({ e }) => Object(e)['k'] === 'draft')
      const told = Object(draft['e'])['draft']
      assert.deepEqual([told.text, told.replySeq, told.quote], ['dear bob', 3, answers.quote])
      assert.deepEqual((await chatOf(alice, chat)).me?.draft, told)
      await phone.ask('msg.send', { chat, cid: newCid(), text: 'dear bob' })
      await laptop.hears('u', isText('dear bob'))
      await laptop.hears('u', ({ e }) => Object(e)['k'] === 'draft' && Object(e)['draft'] === null)
      await laptop.ask('msg.delete', { chat, seqs: [3], for: 'me' })
      const hidden = await phone.hears('u', ({ e }) => Object(e)['k'] === 'msg.del')
      assert.deepEqual(hidden['e'], {
        k: 'msg.del',
        chat,
        seqs: [3],
        me: { unread: 0, mentions: 0, readSeq: 4 },
      })
    })

    test('who was removed hears nothing later, live or from the log', async () => {
      await using t = await listening(dialect)
      const [alice, bob, carol] = [
        await t.person('alice'),
        await t.person('bob'),
        await t.person('carol'),
      ]
      const { id: chat } = await groupOf(alice, bob, carol)
      await using first = await t.door.open(bob)
      await using second = await t.door.open(bob)
      await using hers = await t.door.open(carol)
      const { pts } = await first.hello({ device: 'a' })
      await second.hello({ device: 'b' })
      await hers.hello()
      await send(alice, chat, 'with bob')
      const traffic = Array.from({ length: 30 }, (_, n) => send(alice, chat, `t${n}`))
      const removed = ask(alice, 'members.remove', { chat, user: bob.id })
      await Promise.all([...traffic, removed])
      await send(alice, chat, 'without bob')
      await ask(alice, 'typing.set', { chat, what: 'text' })
      await hers.hears('u', isText('without bob'))
      for (const socket of [first, second]) {
        await socket.hears('u', ({ e }) => Object(e)['k'] === 'chat.gone')
        await socket.roundTrip()
        assert.equal(heard(socket).at(-1)?.[0], 'chat.gone', 'it is the last thing they hear')
        assert.ok(!socket.frames.some(({ t: kind }) => kind === 'eph'))
        assertDense(socket)
      }
      const asked = await first.ask('sync.diff', { from: pts })
      const { u } = asked['r'] as { u: { e: { k: string; reason?: string } }[] }
      assert.deepEqual(new Set(u.map(({ e }) => e.k)), new Set(['void', 'chat.gone']))
      for (const [method, input] of [
        ['msg.history', { chat }],
        ['chats.get', { chat }],
        ['msg.send', { chat, cid: newCid(), text: 'x' }],
        ['typing.set', { chat, what: 'text' }],
      ] as const) {
        assert.equal((await rt(bob, method, input)).status, 404, method)
      }
    })

    test('what was missed is told as it is now', async () => {
      await using t = await listening(dialect)
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const { id: chat } = await openWith(alice, 'bob')
      const socket = await t.door.open(bob)
      const { pts, epoch } = (await socket.hello()) as { pts: number; epoch: string } & Frame
      await socket[Symbol.asyncDispose]()
      const words = []
      for (const text of ['kept', 'gone', 'changed']) words.push(await send(alice, chat, text))
      await ask(alice, 'msg.edit', { chat, seq: words[2]?.seq, text: 'changed twice' })
      await ask(alice, 'msg.delete', { chat, seqs: [words[1]?.seq], for: 'all' })
      await using back = await t.door.open(bob)
      const welcome = await back.hello({ resume: { epoch, pts } })
      assert.equal(welcome['resume'], 'gap')
      await back.hears('live')
      assertDense(back)
      const news = back.updates.filter(({ e }) => e.k === 'msg.new')
      assert.deepEqual(
        news.map(({ e }) => [(e['m'] as { text: string }).text, e['me']]),
        [
          ['kept', { unread: 2, mentions: 0, readSeq: 0 }],
          ['changed twice', { unread: 2, mentions: 0, readSeq: 0 }],
        ],
      )
      const read = { k: 'read', chat, user: alice.id, seq: words[1]?.seq }
      assert.ok(
        back.updates.some(({ e }) => isDeepStrictEqual(e, read)),
        'all that is left of it',
      )
    })

    test('a large chat is followed, caught up with, and left', async () => {
      await using t = await listening(dialect)
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const order = { type: 'channel', title: 'Square', slug: 'square' }
      const { chat: made } = await ask<{ chat: { id: string } }>(alice, 'chats.create', order)
      const { id: chat } = made
      await ask(bob, 'chats.join', { chat })
      await t.station.database.transaction(async ({ session }) => {
        await session.run(`update messaging_chats set fanout = 'read' where id = ?`, [chat])
      })
      await send(alice, chat, 'before')
      const { chat: his } = await ask<{ chat: { ev: number; me: { unread: number } } }>(
        bob,
        'chats.get',
        { chat },
      )
      assert.equal(his.me.unread, 1)
      const log = await t.station.realtime.updates.head(bob.id)
      await using socket = await t.door.open(bob)
      await socket.hello({ chats: { [chat]: his.ev } })
      await socket.roundTrip()
      for (const text of ['1', '2', '3']) await send(alice, chat, text)
      await socket.hears('u', isText('3'))
      await socket.roundTrip()
      assert.deepEqual(
        heard(socket).map(([, text]) => text),
        ['1', '2', '3'],
      )
      assert.deepEqual(await t.station.realtime.updates.head(bob.id), log, 'no line of his own')
      await using later = await t.door.open(bob)
      await later.hello({ device: 'other', chats: { [chat]: his.ev } })
      await later.hears('u', isText('3'))
      await later.hears('u', ({ e }) => Object(e)['k'] === 'read')
      assert.deepEqual(
        heard(later).map(([, text]) => text),
        ['1', '2', '3', undefined],
        'and then how far he has read',
      )
      await ask(alice, 'members.remove', { chat, user: bob.id })
      await send(alice, chat, 'without bob')
      await socket.hears('u', ({ e }) => Object(e)['k'] === 'chat.gone')
      await socket.roundTrip()
      assert.equal(socket.frames.some(isText('without bob')), false)
    })
  })
}

suite('who keeps somebody away', needs('relations'), () => {
  test('sees neither their messages nor that they write, nor they when one is here', async () => {
    await using t = await listening('sqlite')
    const [alice, bob] = [await t.person('alice'), await t.person('bob')]
    const { id: chat } = await openWith(bob, 'alice')
    await send(bob, chat, 'hello')
    await alice.put('/api/v1/users/bob/block', {})
    await using his = await t.door.open(bob)
    await his.hello()
    await using hers = await t.door.open(alice)
    await hers.hello()
    await his.ask('msg.send', { chat, cid: newCid(), text: 'hidden' })
    await his.ask('typing.set', { chat, what: 'text' })
    await his.hears('u', isText('hidden'))
    await hers.roundTrip()
    assert.deepEqual(heard(hers), [])
    for (const socket of [hers, his]) {
      assert.ok(!socket.frames.some(({ t: kind }) => kind === 'eph'))
    }
    assert.deepEqual(await textsOf(alice, chat), ['hello'])
  })
})
