/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CLIENT_VERSION, isOlder } from './client-version.ts'
import { Connection, type LinkState, type WireEnd } from './connection.ts'
import { Refused, type Told, Unanswered, type Update, type Welcome } from './frames.ts'
import { FakeWorld } from '../../../test/support/fake-world.ts'

type Frame = Readonly<Record<string, unknown>>

/** A station behind a socket, moved by hand. */
class FakeStation {
  readonly world = new FakeWorld()
  readonly sockets: { end: WireEnd; said: Frame[]; isClosed: boolean }[] = []
  readonly states: LinkState[] = []
  readonly updates: Update[] = []
  readonly welcomes: Welcome[] = []
  readonly followed: Told[] = []
  readonly times: number[] = []
  heads: number[] = []
  position: { epoch: string; pts: number } | undefined = { epoch: 'e', pts: 7 }
  readonly connection = new Connection({
    world: this.world,
    device: 'd',
    open: (end) => {
      const socket = { end, said: [] as Frame[], isClosed: false }
      this.sockets.push(socket)
      return {
        send: (text) => void socket.said.push(JSON.parse(text) as Frame),
        close: () => void (socket.isClosed = true),
      }
    },
    position: () => this.position,
    welcomed: (welcome) => void this.welcomes.push(welcome),
    timeIs: (stationMs) => void this.times.push(stationMs),
    updated: (update) => void this.updates.push(update),
    chats: () => ({ large: 40 }),
    followed: (e) => void this.followed.push(e),
    signalled: () => undefined,
    headIs: (pts) => void this.heads.push(pts),
    caughtUp: () => undefined,
    changed: (state) => void this.states.push(state),
  })

  get socket() {
    const socket = this.sockets.at(-1)
    assert.ok(socket, 'no socket was opened')
    return socket
  }

  says(frame: Frame): void {
    this.socket.end.heard(JSON.stringify(frame))
  }

  /** Opens, greets and lets everything that was missed arrive. */
  live(minClient = CLIENT_VERSION): void {
    this.socket.end.opened()
    const welcome = {
      t: 'welcome',
      user: 'u',
      epoch: 'e',
      resume: 'ok',
      pts: 7,
      now: 0,
      hb: 25_000,
      min_client: minClient,
    }
    this.says(welcome)
    this.says({ t: 'live', pts: 7 })
  }

  said(kind: string): Frame[] {
    return this.socket.said.filter(({ t }) => t === kind)
  }
}

test('a connection greets with where the own log stands, and is live when the rest has come', () => {
  const station = new FakeStation()
  station.connection.start()
  station.live()
  const [hello] = station.said('hello')
  assert.deepEqual(hello?.['resume'], { epoch: 'e', pts: 7 })
  assert.deepEqual(station.states, ['connecting', 'updating', 'live'])
})

test('the first visit says nothing of a place in the log', () => {
  const station = new FakeStation()
  station.position = undefined
  station.connection.start()
  station.socket.end.opened()
  assert.equal('resume' in (station.said('hello')[0] ?? {}), false)
})

test('an answer finds its question; a refusal says why and whether to ask again', async () => {
  const station = new FakeStation()
  station.connection.start()
  station.live()
  const [first, second] = [station.connection.ask('a.b', {}), station.connection.ask('a.c', {})]
  const [one, two] = station.said('req')
  station.says({
    t: 'res',
    id: two?.['id'],
    ok: false,
    e: { code: 'X', status: 429, detail: '', final: false },
  })
  station.says({ t: 'res', id: one?.['id'], ok: true, r: { fine: true } })
  assert.deepEqual(await first, { fine: true })
  await assert.rejects(second, (error) => error instanceof Refused && !error.failure.final)
})

test('a question without an answer fails after ten seconds, or when the socket breaks', async () => {
  const station = new FakeStation()
  station.connection.start()
  station.live()
  const late = station.connection.ask('a.b', {})
  station.world.pass(10_000)
  await assert.rejects(late, Unanswered)
  const cut = station.connection.ask('a.b', {})
  station.socket.end.closed(1006, '')
  await assert.rejects(cut, Unanswered)
})

test('a broken connection comes back after a pause made by chance', () => {
  const station = new FakeStation()
  station.world.chance = 1
  station.connection.start()
  station.live()
  station.socket.end.closed(1006, '')
  assert.equal(station.connection.state, 'waiting')
  station.world.pass(499)
  assert.equal(station.sockets.length, 1)
  station.world.pass(1)
  assert.equal(station.sockets.length, 2)
  station.socket.end.closed(1006, '')
  station.world.pass(999)
  assert.equal(station.sockets.length, 2)
  station.world.pass(1)
  assert.equal(station.sockets.length, 3)
})

test('the station says when to come back', () => {
  const station = new FakeStation()
  station.world.chance = 0
  station.connection.start()
  station.live()
  station.says({ t: 'bye', retry_ms: [3_000, 8_000] })
  station.socket.end.closed(4001, '')
  station.world.pass(2_999)
  assert.equal(station.sockets.length, 1)
  station.world.pass(1)
  assert.equal(station.sockets.length, 2)
})

test('nobody comes back with a session that has ended', () => {
  const station = new FakeStation()
  station.connection.start()
  station.live()
  station.socket.end.closed(4003, '')
  assert.equal(station.connection.state, 'ended')
  station.world.pass(120_000)
  assert.equal(station.sockets.length, 1)
})

test('a station that does not answer a ping is given up after ten seconds', () => {
  const station = new FakeStation()
  station.world.chance = 0
  station.connection.start()
  station.live()
  station.world.pass(1)
  assert.equal(station.said('ping').length, 1)
  station.world.pass(9_998)
  assert.equal(station.connection.state, 'live')
  station.world.chance = 1
  station.world.pass(1)
  assert.equal(station.connection.state, 'waiting')
  assert.ok(station.sockets[0]?.isClosed)
})

test('a machine that has slept asks at once and waits five seconds only', () => {
  const station = new FakeStation()
  station.world.chance = 1
  station.connection.start()
  station.live()
  station.world.sleep(60_000)
  station.world.pass(5_000)
  assert.equal(station.said('ping').length > 0, true)
  station.world.pass(5_000)
  assert.notEqual(station.connection.state, 'live')
})

test('a pong tells of updates that went missing, and what time it is', () => {
  const station = new FakeStation()
  station.connection.start()
  station.live()
  station.connection.wake()
  const [ping] = station.said('ping')
  station.says({ t: 'pong', n: ping?.['n'], pts: 12, now: 1 })
  assert.equal(station.heads.at(-1), 12)
  assert.deepEqual(station.times, [0, 1])
  station.world.pass(5_000)
  assert.equal(station.connection.state, 'live')
})

test('a page that is too old for the station says so, hears nothing more and does not come back', async () => {
  const station = new FakeStation()
  station.connection.start()
  assert.equal(station.said('hello').length, 0)
  station.live('99.0.0')
  assert.equal(station.said('hello')[0]?.['client'], `web/${CLIENT_VERSION}`)
  assert.deepEqual(station.states, ['connecting', 'outdated'])
  assert.ok(station.socket.isClosed)
  assert.deepEqual([station.welcomes, station.heads], [[], []])
  station.connection.wake()
  station.world.pass(120_000)
  assert.equal(station.sockets.length, 1)
  await assert.rejects(station.connection.ask('a.b', {}), Unanswered)
})

test('so does a page that the station does not understand, but not one whose hello came late', () => {
  const station = new FakeStation()
  station.connection.start()
  station.socket.end.opened()
  station.socket.end.closed(4010, 'late')
  assert.equal(station.connection.state, 'waiting')
  station.world.pass(500)
  assert.equal(station.sockets.length, 2)
  station.socket.end.opened()
  station.socket.end.closed(4010, '')
  assert.equal(station.connection.state, 'outdated')
  station.connection.wake()
  station.world.pass(120_000)
  assert.equal(station.sockets.length, 2)
})

test('versions are compared number by number', () => {
  const pairs = [
    ['1.0.0', '1.0.0'],
    ['1.9.0', '1.10.0'],
    ['1.10.0', '1.9.9'],
    ['1.2.3', '2.0.0'],
    ['2.0.0', '1.9.9'],
    ['1.0.0', '1.0.1'],
  ] as const
  assert.deepEqual(
    pairs.map(([one, other]) => isOlder(one, other)),
    [false, true, false, true, false, true],
  )
})

test('frames that are unknown or no JSON are ignored', () => {
  const station = new FakeStation()
  station.connection.start()
  station.live()
  station.socket.end.heard('{')
  station.says({ t: 'later-invention' })
  assert.equal(station.connection.state, 'live')
})

test('a large chat is held by its own number, and its updates have no place in the own log', () => {
  const station = new FakeStation()
  station.connection.start()
  station.live()
  assert.deepEqual(station.said('hello')[0]?.['chats'], { large: 40 })
  station.says({ t: 'u', e: { k: 'msg.new', chat: 'large', ev: 41 } })
  assert.deepEqual(station.followed, [{ k: 'msg.new', chat: 'large', ev: 41 }])
  assert.deepEqual(station.updates, [])
})

test('timers of the fake clock run in order and once', () => {
  const world = new FakeWorld()
  const ran: string[] = []
  world.later(() => ran.push('late'), 20)
  world.later(() => ran.push('early'), 10)
  world.later(() => ran.push('never'), 5)()
  world.pass(30)
  world.pass(30)
  assert.deepEqual(ran, ['early', 'late'])
})
