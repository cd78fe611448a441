import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readConfig } from '../../../config.ts'
import { DIALECTS } from '../../../test/support/databases.ts'
import { SocketDoor, type TestSocket } from '../../../test/support/socket.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'

const { server } = readConfig({ QUARK_PORT: '0' })

async function listening(config = {}, dialect: (typeof DIALECTS)[number] = 'sqlite') {
  const t = await buildTestStation({ dialect, config: { server, ...config } })
  return Object.assign(t, { door: await SocketDoor.of(t) })
}

async function pass(t: TestStation, seconds: number): Promise<void> {
  t.clock.advance({ seconds })
  await t.station.realtime.tick()
}

/** A frame of a kind nobody knows, of so many bytes. */
function frameOf(bytes: number): string {
  const bare = JSON.stringify({ t: 'new', text: '' })
  return JSON.stringify({ t: 'new', text: 'x'.repeat(bytes - bare.length) })
}

suite('a socket is closed', () => {
  test('4010 without a hello in five seconds, with one in a version nobody speaks, or a second one', async () => {
    await using t = await listening()
    const alice = await t.person('alice')
    await using mute = await t.door.open(alice)
    await using early = await t.door.open(alice)
    await early.hello()
    await pass(t, 4)
    assert.equal(mute.closeCode, undefined)
    await pass(t, 1)
    assert.equal(await mute.closed(), 4010)
    assert.equal(mute.closeReason, 'late')
    early.say({ t: 'hello', v: [1, 1] })
    assert.equal(await early.closed(), 4010)
    await using future = await t.door.open(alice)
    future.say({ t: 'hello', v: [2, 3] })
    assert.equal(await future.closed(), 4010)
    assert.equal(future.closeReason, '')
    await using ready = await t.door.open(alice)
    assert.equal((await ready.hello({ v: [1, 3], unheard: true }))['v'], 1)
  })

  test('4010 for what is no frame; what is not known yet is ignored', async () => {
    await using t = await listening()
    const alice = await t.person('alice')
    const broken: (string | Buffer)[] = [
      'hello',
      '[]',
      'null',
      '{}',
      '{"t":1}',
      '{"t":"req","id":1}',
      '{"t":"req","id":-1,"m":"sync.diff"}',
      '{"t":"ack","pts":1.5}',
      '{"t":"ping","n":"1"}',
      '{"t":"req","id":1,"m":"sync.diff","p":{"__proto__":{"from":0}}}',
      '{"t":"req","id":1,"m":"sync.diff","p":[]}',
      Buffer.from('{"t":"ping","n":1}'),
    ]
    for (const said of broken) {
      await using socket = await t.door.open(alice)
      await socket.hello()
      socket.webSocket.send(said)
      assert.equal(await socket.closed(), 4010, String(said))
    }
    await using before = await t.door.open(alice)
    before.say({ t: 'ping', n: 1 })
    assert.equal(await before.closed(), 4010)
    await using socket = await t.door.open(alice)
    await socket.hello()
    socket.say({ t: 'dance', with: 'me' })
    socket.say({ t: 'ack', pts: 5, unheard: 'of' })
    assert.equal((await socket.roundTrip()).pts, 0)
  })

  test('4013 for a frame of one byte above 64 KiB', async () => {
    await using t = await listening()
    const alice = await t.person('alice')
    await using socket = await t.door.open(alice)
    await socket.hello()
    socket.webSocket.send(frameOf(65_536))
    await socket.roundTrip()
    socket.webSocket.send(frameOf(65_537))
    assert.equal(await socket.closed(), 4013)
  })

  test('4000 after three heartbeats of silence, and not while it pings', async () => {
    await using t = await listening()
    const alice = await t.person('alice')
    await using quiet = await t.door.open(alice)
    await using lively = await t.door.open(alice)
    await quiet.hello()
    await lively.hello()
    await pass(t, 74)
    await lively.roundTrip()
    await pass(t, 1)
    assert.equal(await quiet.closed(), 4000)
    await lively.roundTrip()
  })

  test('4029 when it floods, with frames or with pings below them', async () => {
    await using t = await listening({ rateLimits: true })
    const alice = await t.person('alice')
    const flood = async (one: (socket: TestSocket) => void): Promise<number> => {
      await using socket = await t.door.open(alice)
      await socket.hello()
      for (let n = 0; n < 300; n++) one(socket)
      const code = await socket.closed()
      return code
    }
    assert.equal(await flood((socket) => socket.say({ t: 'ping', n: 1 })), 4029)
    assert.equal(await flood((socket) => socket.webSocket.ping()), 4029)
    await using reader = await t.door.open(alice)
    await reader.hello()
    for (let n = 0; n < 300; n++) reader.say({ t: 'ack', pts: 0 })
    await reader.roundTrip()
  })

  test('4009 when the same device comes again; another device stays', async () => {
    await using t = await listening()
    const alice = await t.person('alice')
    await using first = await t.door.open(alice)
    await using other = await t.door.open(alice)
    await using again = await t.door.open(alice)
    await first.hello({ device: 'd_1' })
    await other.hello({ device: 'd_2' })
    await again.hello({ device: 'd_1' })
    assert.equal(await first.closed(), 4009)
    await other.roundTrip()
    await again.roundTrip()
  })

  test('4001 when the station stops, after a goodbye and what was being answered', async () => {
    const t = await listening()
    const alice = await t.person('alice')
    await using greeted = await t.door.open(alice)
    await using fresh = await t.door.open(alice)
    await greeted.hello()
    await t[Symbol.asyncDispose]()
    assert.deepEqual([await greeted.closed(), await fresh.closed()], [4001, 4001])
    assert.deepEqual(greeted.frames.at(-1), {
      t: 'bye',
      code: 4001,
      reason: 'restart',
      retry_ms: [500, 8_000],
    })
  })
})

for (const dialect of DIALECTS) {
  test(`${dialect}: 4003 with the session's end, and nothing committed later reaches it`, async () => {
    await using t = await listening({}, dialect)
    const alice = await t.person('alice')
    const twin = t.stranger()
    await twin.post('/api/v1/auth/login', { login: 'alice', password: 'alice has a long password' })
    await using ending = await t.door.open(alice)
    await using staying = await t.door.open(twin)
    await ending.hello()
    await staying.hello()
    const { database, realtime } = t.station
    const push = (n: number): Promise<void> =>
      database.transaction((tx) => realtime.push(tx, alice.id, 'test.said', { n }))
    await push(1)
    await ending.hears('u', ({ e }) => Reflect.get(Object(e), 'n') === 1)
    assert.equal((await alice.post('/api/v1/auth/logout')).status, 204)
    await push(2)
    realtime.signal([alice.id], 'test.typing', {})
    assert.equal(await ending.closed(), 4003)
    await staying.hears('u', ({ e }) => Reflect.get(Object(e), 'n') === 2)
    await staying.hears('eph')
    const said = ending.updates.filter(({ e }) => e.k === 'test.said').map(({ e }) => e['n'])
    assert.deepEqual(said, [1])
    assert.equal(ending.frames.filter(({ t: kind }) => kind === 'eph').length, 0)
  })

  test(`${dialect}: 4003 within a second of what another process has ended or changed`, async () => {
    await using t = await listening({}, dialect)
    const changes: Readonly<Record<string, string>> = {
      alice: `update sessions set ended_at = '2026-01-01T00:00:00.000Z' where user_id = ?`,
      bob: `update identities set epoch = epoch + 1, role = 'moderator' where id = ?`,
      carol: `update identities set status = 'blocked' where id = ?`,
      dave: `delete from sessions where user_id = ?`,
    }
    await using unchanged = await t.door.open(await t.person('erin'))
    await unchanged.hello()
    for (const [name, sql] of Object.entries(changes)) {
      const person = await t.person(name)
      await using socket = await t.door.open(person)
      await socket.hello()
      await t.station.database.transaction(({ session }) => session.run(sql, [person.id]))
      const asked = await socket.ask('sync.diff', { from: 0 }).catch(() => null)
      assert.equal(asked, null, `${name}: a request is asked for with a dead session`)
      assert.equal(await socket.closed(), 4003, name)
      const other = await t.person(`${name}-2`)
      await using again = await t.door.open(other)
      await again.hello()
      await t.station.database.transaction(({ session }) => session.run(sql, [other.id]))
      await t.station.realtime.tick()
      assert.equal(await again.closed(), 4003, `${name}, found by looking`)
    }
    await unchanged.roundTrip()
  })
}
