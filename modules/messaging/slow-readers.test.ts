import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../test/support/databases.ts'
import { ask, chatOf, groupOf, send, type TestMessage } from '../../test/support/messenger.ts'
import { type Frame, SocketDoor, type TestSocket } from '../../test/support/socket.ts'
import { ANY_PORT, buildTestStation, type TestStation } from '../../test/support/station.ts'
import type { Visitor } from '../../test/support/visitor.ts'

/** More than a client may leave unacknowledged. */
const MANY = 300
const WINDOW = 256
/** Together more than the kernel and the station hold for one socket. */
const LONG = 'x'.repeat(4_000)
const LONG_MESSAGES = 2_500
/** So much of a large chat is told again to who lacks it. */
const MAX_EVENTS = 500

async function scene(t: TestStation) {
  const door = await SocketDoor.of(t)
  const [alice, bob, carol] = [
    await t.person('alice'),
    await t.person('bob'),
    await t.person('carol'),
  ]
  return { door, alice, bob, carol, chat: (await groupOf(alice, bob, carol)).id }
}

function textsIn(socket: TestSocket): string[] {
  return socket.updates.flatMap(({ e }) => (e['m'] as { text?: string } | undefined)?.text ?? [])
}

function isText(text: string) {
  return (frame: Frame): boolean => {
    const { m } = Object(frame['e']) as { m?: { text: string } }
    return m?.text === text
  }
}

/** The numbers of all messages after this one, page by page, as they come. */
async function fetchedBy(who: Visitor, chat: string, from: number): Promise<number[]> {
  const fetched: number[] = []
  for (let after = from, isMore = true; isMore;) {
    const question = { chat, after, limit: 100 }
    const page = await ask<{ items: TestMessage[]; hasAfter: boolean }>(
      who,
      'msg.history',
      question,
    )
    fetched.push(...page.items.map(({ seq }) => seq))
    after = fetched.at(-1) ?? after
    isMore = page.hasAfter
  }
  return fetched
}

/** Reads and says so, as clients do. */
function acknowledging(socket: TestSocket): void {
  socket.webSocket.on('message', () => {
    const pts = socket.updates.at(-1)?.pts
    if (pts !== undefined && pts % 32 === 0) socket.say({ t: 'ack', pts })
  })
}

for (const dialect of DIALECTS) {
  suite(`who does not read on ${dialect}`, () => {
    test('is told that they lag, holds up nobody, and fetches everything in order', async () => {
      await using t = await buildTestStation({ dialect, config: ANY_PORT })
      const { door, alice, bob, carol, chat } = await scene(t)
      await using stuck = await door.open(bob)
      await using reader = await door.open(carol)
      await Promise.all([stuck.hello(), reader.hello()])
      acknowledging(reader)
      const { pts: from = 0 } = await stuck.roundTrip()
      const said = Array.from({ length: MANY }, (_, n) => `${n}`)
      for (const text of said) await send(alice, chat, text)
      await reader.hears('u', isText(`${MANY - 1}`))
      assert.deepEqual(textsIn(reader), said)
      await stuck.roundTrip()
      assert.deepEqual(textsIn(stuck), said.slice(0, WINDOW), 'no more than may be on the way')
      t.clock.advance({ seconds: 1 })
      await t.station.realtime.tick()
      const lag = await stuck.hears('lag')
      assert.equal(lag.pts, from + MANY)
      const fetched: string[] = []
      for (let at = from, isMore = true; isMore;) {
        const { r } = (await stuck.ask('sync.diff', { from: at, limit: 100 })) as unknown as {
          r: { u: { e: { m: { text: string } } }[]; to: number; more: boolean }
        }
        fetched.push(...r.u.map(({ e }) => e.m.text))
        at = r.to
        isMore = r.more
        stuck.say({ t: 'ack', pts: at })
      }
      assert.deepEqual(fetched, said)
      await send(alice, chat, 'live again')
      await stuck.hears('u', isText('live again'))
      assert.equal(stuck.closeCode, undefined)
    })
  })
}

test('whose socket stays full loses what may be lost first, then the socket, and no message', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite', config: ANY_PORT })
  const { door, alice, bob, carol, chat } = await scene(t)
  await t.station.database.transaction(async ({ session }) => {
    await session.run(`update messaging_chats set fanout = 'read' where id = ?`, [chat])
  })
  const held = { [chat]: (await chatOf(bob, chat)).ev }
  await using stuck = await door.open(bob)
  await using reader = await door.open(carol)
  await stuck.hello({ chats: held })
  await reader.hello({ chats: held })
  await Promise.all([stuck.roundTrip(), reader.roundTrip()])
  stuck.webSocket.pause()
  for (let n = 0; n < LONG_MESSAGES; n++) await send(alice, chat, `${n} ${LONG}`)
  await reader.hears('u', isText(`${LONG_MESSAGES - 1} ${LONG}`))
  const { dropped } = t.station.realtime.figures
  await ask(alice, 'typing.set', { chat, what: 'text' })
  await reader.hears('eph')
  assert.equal(t.station.realtime.figures.dropped, dropped + 1, 'for bob alone')
  await t.station.realtime.tick()
  assert.equal(t.station.realtime.socketsOf(bob.id), 1)
  t.clock.advance({ seconds: 31 })
  await t.station.realtime.tick()
  assert.equal(t.station.realtime.socketsOf(bob.id), 0)
  assert.equal(t.station.realtime.socketsOf(carol.id), 1)
  stuck.webSocket.resume()
  assert.equal(await stuck.closed(), 4008)
  const { ev, me, lastSeq } = await chatOf(bob, chat)
  assert.equal(me?.unread, LONG_MESSAGES)
  const all = Array.from({ length: LONG_MESSAGES }, (_, n) => lastSeq - LONG_MESSAGES + 1 + n)

  await using back = await door.open(bob)
  await back.hello({ chats: held })
  const { e } = await back.hears('u', ({ e: update }) => Object(update)['k'] === 'chat.upsert')
  assert.equal(Object(e)['ev'], ev, 'who lacks so much is told how the chat is')
  assert.deepEqual(await fetchedBy(bob, chat, lastSeq - LONG_MESSAGES), all)

  await using later = await door.open(bob)
  await later.hello({ chats: { [chat]: ev - MAX_EVENTS } })
  await later.hears('u', isText(`${LONG_MESSAGES - 1} ${LONG}`))
  const news = later.updates.filter(({ e: update }) => update.k === 'msg.new')
  const numbers = news.map(({ e: update }) => Object(update['m'])['seq'] as number)
  assert.deepEqual(numbers, all.slice(-MAX_EVENTS), 'what is less comes by itself')
})
