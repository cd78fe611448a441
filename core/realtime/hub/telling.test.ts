import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readConfig } from '../../../config.ts'
import { DIALECTS } from '../../../test/support/databases.ts'
import { type Frame, SocketDoor, type TestSocket } from '../../../test/support/socket.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'

const { server } = readConfig({ QUARK_PORT: '0' })

async function listening(dialect: (typeof DIALECTS)[number]) {
  const t = await buildTestStation({ dialect, config: { server } })
  return Object.assign(t, { door: await SocketDoor.of(t) })
}

/** Tells what a reference means as long as `words` knows it. */
function provideWords(t: TestStation, words: ReadonlyMap<number, string>): () => void {
  return t.station.calls.provide('test.told', {
    owner: 'test',
    input: { type: 'object' },
    output: { type: 'array' },
    answer: async (input) => {
      const { userId, references } = input as { userId: string; references: { n: number }[] }
      return references.map(({ n }) => {
        const text = words.get(n)
        return text === undefined ? null : { k: 'test.said', n, text, to: userId }
      })
    },
  })
}

function kept(n: number) {
  return { by: 'test.told', reference: { n } }
}

function texts(socket: TestSocket): unknown[] {
  return socket.updates.map(({ e }) => e['text'])
}

function said(socket: TestSocket): object[] {
  return socket.updates.map(({ pts, e }) => ({ pts, ...e }))
}

for (const dialect of DIALECTS) {
  suite(`what many people are told on ${dialect}`, () => {
    test('everybody hears the same, and each what concerns only them', async () => {
      await using t = await listening(dialect)
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      await using hers = await t.door.open(alice)
      await using his = await t.door.open(bob)
      await Promise.all([hers.hello(), his.hello()])
      const { database, realtime } = t.station
      await database.transaction((tx) =>
        realtime.tell(tx, {
          type: 'test.said',
          data: { text: '«привет»' },
          people: [{ userId: alice.id, me: { unread: 3, name: 'ё' } }, { userId: bob.id }],
        }),
      )
      await Promise.all([hers.hearsUpTo(1), his.hearsUpTo(1)])
      assert.deepEqual(said(hers), [
        { pts: 1, k: 'test.said', text: '«привет»', me: { unread: 3, name: 'ё' } },
      ])
      assert.deepEqual(said(his), [{ pts: 1, k: 'test.said', text: '«привет»' }])
    })

    test('a pong comes behind all that it counts, however long that takes to make', async () => {
      await using t = await listening(dialect)
      const alice = await t.person('alice')
      const gate = Promise.withResolvers<void>()
      const asked = Promise.withResolvers<void>()
      t.station.calls.provide('test.told', {
        owner: 'test',
        input: { type: 'object' },
        output: { type: 'array' },
        answer: async () => {
          asked.resolve()
          await gate.promise
          return [{ k: 'test.said', n: 1, text: 'late' }]
        },
      })
      await using socket = await t.door.open(alice)
      await socket.hello()
      await socket.hears('live')
      const { database, realtime } = t.station
      await database.transaction((tx) =>
        realtime.tell(tx, { type: 'test.said', kept: kept(1), people: [{ userId: alice.id }] }),
      )
      await asked.promise
      const pong = socket.roundTrip()
      /* An answer shows that the ping was heard before the gate opens. */
      await socket.ask('sync.nothing')
      gate.resolve()
      assert.equal((await pong).pts, 1)
      const order = socket.frames.filter(({ t: kind }) => kind === 'u' || kind === 'pong')
      assert.deepEqual(
        order.map(({ t: kind }) => kind),
        ['u', 'pong'],
      )
    })

    test('a line that refers to something is told anew, and is void when that is gone', async () => {
      await using t = await listening(dialect)
      const alice = await t.person('alice')
      const words = new Map([
        [1, 'first'],
        [2, 'second'],
      ])
      const stop = provideWords(t, words)
      const { database, realtime } = t.station
      await using live = await t.door.open(alice)
      await live.hello()
      for (const n of [1, 2, 3]) {
        const people = [{ userId: alice.id }]
        const data = { n, text: words.get(n) ?? 'third' }
        await database.transaction((tx) =>
          realtime.tell(tx, { type: 'test.said', data, kept: kept(n), people }),
        )
      }
      await live.hearsUpTo(3)
      assert.equal(live.updates[2]?.e['text'], 'third', 'who was there has heard it')
      await database.transaction((tx) =>
        realtime.tell(tx, { type: 'test.said', kept: kept(2), people: [{ userId: alice.id }] }),
      )
      await live.hearsUpTo(4)
      assert.equal(live.updates[3]?.e['to'], alice.id, 'without data each hears their own')
      words.set(1, 'corrected')
      const { epoch } = realtime
      await using later = await t.door.open(alice)
      await later.hello({ resume: { epoch, pts: 0 } })
      await later.hears('live')
      const answer = [
        { pts: 1, k: 'test.said', n: 1, text: 'corrected', to: alice.id },
        { pts: 2, k: 'test.said', n: 2, text: 'second', to: alice.id },
        { pts: 3, k: 'void' },
        { pts: 4, k: 'test.said', n: 2, text: 'second', to: alice.id },
      ]
      assert.deepEqual(said(later), answer)
      const asked = await later.ask('sync.diff', { from: 0 })
      const { u } = asked['r'] as { u: { pts: number; e: object }[] }
      assert.deepEqual(
        u.map(({ pts, e }) => ({ pts, ...e })),
        answer,
      )
      stop()
      const silent = await later.ask('sync.diff', { from: 2, limit: 1 })
      assert.deepEqual((silent['r'] as Frame)['u'], [{ pts: 3, e: { k: 'void' } }])
    })

    test('who follows a topic hears it without a line of their own, catches up, and leaves at once', async () => {
      await using t = await listening(dialect)
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const { database, realtime } = t.station
      const log: object[] = []
      const members = new Set([alice.id, bob.id])
      realtime.topics.addSource(async (userId, held) => {
        if (!members.has(userId)) return []
        const from = held['town'] ?? log.length
        return [{ topic: 'town', ev: log.length, events: log.slice(from) }]
      })
      const say = (text: string): Promise<void> => {
        log.push({ k: 'test.said', text })
        const telling = { topic: 'town', ev: log.length, type: 'test.said', data: { text } }
        return database.transaction((tx) => realtime.tellTopic(tx, telling))
      }
      await say('before')
      await using hers = await t.door.open(alice)
      await using his = await t.door.open(bob)
      await hers.hello({ chats: { town: 0, foreign: 4 } })
      await his.hello()
      await hers.hears('u')
      await his.roundTrip()
      await Promise.all([say('1'), say('2'), say('3')])
      await hers.hears('u', (frame) => (frame['e'] as Frame)['text'] === '3')
      await his.hears('u', (frame) => (frame['e'] as Frame)['text'] === '3')
      assert.deepEqual(texts(hers), ['before', '1', '2', '3'])
      assert.deepEqual(texts(his), ['1', '2', '3'])
      members.delete(bob.id)
      await database.transaction((tx) => realtime.leaveTopic(tx, 'town', [bob.id]))
      await say('4')
      await hers.hears('u', (frame) => (frame['e'] as Frame)['text'] === '4')
      await his.roundTrip()
      assert.deepEqual(texts(his), ['1', '2', '3'])
      members.add(bob.id)
      await database.transaction(async (tx) => realtime.joinTopics(tx, [bob.id]))
      await his.roundTrip()
      await his.roundTrip()
      await say('5')
      await his.hears('u', (frame) => (frame['e'] as Frame)['text'] === '5')
      assert.deepEqual(texts(his), ['1', '2', '3', '5'])
    })

    test('who may not be told the same as others in a topic hears what its source says to them', async () => {
      await using t = await listening(dialect)
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const { database, realtime } = t.station
      const log: string[] = []
      realtime.topics.addSource(async (userId, held) => {
        const events = log.slice(held['town'] ?? log.length).map((text) => {
          return { k: 'test.said', text: text === '2' && userId === bob.id ? '2, for bob' : text }
        })
        return [{ topic: 'town', ev: log.length, events }]
      })
      await using hers = await t.door.open(alice)
      await using his = await t.door.open(bob)
      await Promise.all([hers.hello(), his.hello()])
      await Promise.all([hers.roundTrip(), his.roundTrip()])
      for (const [text, apart] of [
        ['1', []],
        ['2', [bob.id]],
        ['3', []],
      ] as const) {
        log.push(text)
        const telling = { topic: 'town', ev: log.length, type: 'test.said', data: { text }, apart }
        await database.transaction((tx) => realtime.tellTopic(tx, telling))
        await his.hears('u', (frame) => String((frame['e'] as Frame)['text']).startsWith(text))
      }
      await hers.hears('u', (frame) => (frame['e'] as Frame)['text'] === '3')
      assert.deepEqual(texts(hers), ['1', '2', '3'])
      assert.deepEqual(texts(his), ['1', '2, for bob', '3'])
    })

    test('what another process tells a topic is asked for', async () => {
      await using t = await listening(dialect)
      const alice = await t.person('alice')
      const { database, realtime } = t.station
      const log: object[] = []
      realtime.topics.addSource(async (_, held) => [
        { topic: 'town', ev: log.length, events: log.slice(held['town'] ?? log.length) },
      ])
      await using socket = await t.door.open(alice)
      await socket.hello()
      await socket.roundTrip()
      log.push({ k: 'test.said', text: 'from afar' })
      await database.transaction(async (tx) => void (await realtime.updates.ring(tx, 'town', 1)))
      await realtime.lookForNews()
      const heard = await socket.hears('u')
      assert.deepEqual(heard['e'], { k: 'test.said', text: 'from afar' })
    })
  })
}

test('who comes and goes is told once, and a page loaded anew is not told', async () => {
  await using t = await listening('sqlite')
  const alice = await t.person('alice')
  const changes: boolean[] = []
  const { realtime } = t.station
  realtime.presence.onChange(({ isOnline }) => changes.push(isOnline))
  const first = await t.door.open(alice)
  assert.deepEqual(realtime.online([alice.id]), [alice.id])
  await first.hello()
  await first[Symbol.asyncDispose]()
  while (realtime.socketsOf(alice.id) > 0) await new Promise(setImmediate)
  await realtime.tick()
  const second = await t.door.open(alice)
  await second.hello()
  t.clock.advance({ seconds: 60 })
  await realtime.tick()
  assert.deepEqual(changes, [true])
  await second[Symbol.asyncDispose]()
  while (realtime.socketsOf(alice.id) > 0) await new Promise(setImmediate)
  t.clock.advance({ seconds: 6 })
  await realtime.tick()
  assert.deepEqual(changes, [true, false])
})
