import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { DIALECTS } from '../../test/support/databases.ts'
import { ask, groupOf, openWith, send } from '../../test/support/messenger.ts'
import { needs } from '../../test/support/neighbour.ts'
import { SocketDoor } from '../../test/support/socket.ts'
import { ANY_PORT, buildTestStation, type TestStation } from '../../test/support/station.ts'
import { Transcript, WrittenSocket } from '../../test/support/transcript.ts'
import type { Visitor } from '../../test/support/visitor.ts'

/** `QUARK_TEST_TRANSCRIPT=write` writes it anew, for whoever changes the wire. */
const FILE = join(import.meta.dirname, 'ql-rt-1.txt')
const IS_WRITING = process.env['QUARK_TEST_TRANSCRIPT'] === 'write'
const HEAD = `ql.rt/1 as it goes over the wire. A test plays it (modules/messaging/transcript.test.ts); what it
means stands in docs/messaging.md. → the client says, ← the station does. Names in <> stand for ids.`

const STARTS = new Date('2026-01-01T12:00:00.000Z')
const HELLO = { t: 'hello', v: [1, 1], client: 'web/1.0.0', device: 'laptop' }
const WINDOW = 256

interface Scene {
  readonly t: TestStation
  readonly door: SocketDoor
  readonly alice: Visitor
  readonly bob: Visitor
  readonly carol: Visitor
  readonly chat: string
  readonly epoch: string
  readonly script: Transcript
}

async function sceneOn(t: TestStation): Promise<Scene> {
  const script = new Transcript()
  const door = await SocketDoor.of(t)
  const [alice, bob] = [await t.person('alice'), await t.person('bob')]
  const carol = await t.person('carol')
  const { id: chat } = await openWith(alice, 'bob')
  const { epoch } = t.station.realtime
  for (const [value, name] of Object.entries({ alice: alice.id, bob: bob.id, chat, epoch })) {
    script.name(name, value)
  }
  return { t, door, alice, bob, carol, chat, epoch, script }
}

async function connecting({ script, door, alice }: Scene): Promise<void> {
  script.note('Nobody is let in without a session, nor from the page of another site.')
  script.write('→', 'GET /ws')
  script.write('←', String(await door.status(null)))
  script.write('→', 'GET /ws, Origin: https://elsewhere.example')
  script.write('←', String(await door.status(alice, { origin: 'https://elsewhere.example' })))
}

async function firstTime(scene: Scene): Promise<void> {
  const { script, alice, bob, chat } = scene
  script.note(
    'The first time there is nothing to resume: where the log stands, and then what there is.',
  )
  await using socket = await WrittenSocket.open(script, scene.door, alice)
  await socket.tell(HELLO)
  script.write('→', 'GET /api/v1/rt/bootstrap')
  script.write('←', (await alice.get('/api/v1/rt/bootstrap')).json())
  await socket.tell({ t: 'req', id: 1, m: 'chats.list', p: {} })

  script.note('A message is sent: its update comes before the answer. Both are of one commit.')
  const order = { chat, cid: 'cid-0001', text: '**Hello**, @bob' }
  await socket.tell({ t: 'req', id: 2, m: 'msg.send', p: order })
  await socket.tell({ t: 'ack', pts: 2 })

  script.note('The answer was lost, so the same is asked again: it is the same message.')
  await socket.tell({ t: 'req', id: 3, m: 'msg.send', p: order })

  script.note('Refusals. `final` means that asking again cannot help.')
  await socket.tell({ t: 'req', id: 4, m: 'msg.send', p: { ...order, text: 'Something else' } })
  await socket.tell({ t: 'req', id: 5, m: 'msg.send', p: { chat, cid: 'no', text: 'Short cid' } })
  await socket.tell({ t: 'req', id: 6, m: 'chats.get', p: { chat: 'nowhere' } })
  await socket.tell({ t: 'req', id: 7, m: 'msg.fly', p: {} })

  script.note(
    'What Bob does: he reads, types, answers, changes it, reacts, pins, and takes it back.',
  )
  const does = async (method: string, more: object): Promise<void> => {
    await ask(bob, method, { chat, ...more })
    await socket.settle()
  }
  await does('chats.read', { seq: 1 })
  await does('typing.set', { what: 'text' })
  await does('msg.send', { cid: 'cid-0002', text: 'Good evening', reply: { seq: 1 } })
  await does('msg.edit', { seq: 2, text: 'Good morning' })
  await does('msg.react', { seq: 1, emoji: '🔥' })
  await does('msg.pin', { seq: 2, pinned: true })
  await does('msg.delete', { seqs: [2], for: 'all' })

  script.note('What Alice does on another device.')
  const quote = { text: 'Hello', offset: 0 }
  await ask(alice, 'chats.draft', { chat, draft: { text: 'Well', replySeq: 1, quote }, ver: 0 })
  await ask(alice, 'chats.read', { chat, seq: 2 })
  await ask(alice, 'chats.mute', { chat, forS: 3_600 })
  await socket.settle()

  script.note('Both sides see that the other is there. What neither knows yet is ignored.')
  await socket.tell({ t: 'ping', n: 1 })
  await socket.tell({ t: 'dance', with: 'me' })
}

async function comingBack(scene: Scene): Promise<void> {
  const { script, door, alice, bob, chat, epoch, t } = scene
  const { pts } = (await alice.get('/api/v1/rt/bootstrap')).json<{ pts: number }>()
  script.note('Nothing was missed.')
  {
    await using socket = await WrittenSocket.open(script, door, alice)
    await socket.tell({ ...HELLO, resume: { epoch, pts } })
  }
  script.note('Something was: it is told as it is now. What is gone meanwhile is void.')
  await send(bob, chat, 'Are you there?', { cid: 'cid-0003' })
  const { seq } = await send(bob, chat, 'Never mind', { cid: 'cid-0004' })
  await ask(bob, 'msg.delete', { chat, seqs: [seq], for: 'all' })
  {
    await using socket = await WrittenSocket.open(script, door, alice)
    await socket.tell({ ...HELLO, resume: { epoch, pts } })
  }
  script.note('The history is another one, as after a backup was put back: start afresh.')
  await using socket = await WrittenSocket.open(script, door, alice)
  await socket.tell({ ...HELLO, resume: { epoch: 'another', pts } })

  script.note('Nothing was acknowledged for too long. The client is told, and fetches by itself.')
  await t.station.database.transaction(async (tx) => {
    for (let n = 0; n <= WINDOW; n++) await t.station.realtime.push(tx, alice.id, 'void', {})
  })
  await socket.settle()
  t.clock.advance({ seconds: 1 })
  await t.station.realtime.tick()
  const { pts: head = 0 } = await socket.hears('lag')
  await socket.tell({ t: 'req', id: 8, m: 'sync.diff', p: { from: head - 3, epoch, limit: 2 } })
  await socket.tell({ t: 'req', id: 9, m: 'sync.diff', p: { from: head - 1, epoch } })
  await socket.tell({ t: 'ack', pts: head })
  await socket.tell({ t: 'req', id: 10, m: 'sync.diff', p: { from: 1, epoch: 'another' } })
}

async function largeChat({ script, door, alice, bob, t, epoch }: Scene): Promise<void> {
  const { id } = await groupOf(alice, bob)
  script.name(id, 'square')
  await t.station.database.transaction(({ session }) =>
    session.run(`update messaging_chats set fanout = 'read' where id = ?`, [id]),
  )
  const { pts } = (await alice.get('/api/v1/rt/bootstrap')).json<{ pts: number }>()
  script.note(
    'A large chat is held: what was missed there, where one stands, and what is said now.',
  )
  await send(bob, id, 'Missed', { cid: 'cid-0005' })
  await using socket = await WrittenSocket.open(script, door, alice)
  await socket.tell({ ...HELLO, resume: { epoch, pts }, chats: { [id]: 1 } })
  await socket.hears('u', ({ e }) => Object(e)['k'] === 'read')
  await send(bob, id, 'Heard', { cid: 'cid-0006' })
  await socket.settle()
}

async function ends({ script, door, alice, carol, t }: Scene): Promise<void> {
  const come = (): Promise<WrittenSocket> => WrittenSocket.greeted(script, door, alice, HELLO)
  const pass = async (seconds: number): Promise<void> => {
    t.clock.advance({ seconds })
    await t.station.realtime.tick()
  }
  script.note('No hello in five seconds.')
  await using mute = await WrittenSocket.open(script, door, alice)
  await pass(5)
  await mute.closed()
  script.note('A version nobody speaks here.')
  await using future = await WrittenSocket.open(script, door, alice)
  future.say({ ...HELLO, v: [2, 3] })
  await future.closed()
  script.note('What is no frame.')
  await using broken = await come()
  broken.say('hello')
  await broken.closed()
  script.note('A frame that is too big.')
  await using big = await come()
  big.sayLong(JSON.stringify({ t: 'new', text: 'x'.repeat(65_536) }))
  await big.closed()
  script.note('Silence for three heartbeats.')
  await using quiet = await come()
  await pass(75)
  await quiet.closed()
  script.note('The same device comes again: its first socket goes.')
  await using first = await come()
  await using second = await come()
  await first.closed()
  script.note('The session ends.')
  await using hers = await WrittenSocket.greeted(script, door, carol, HELLO)
  await t.station.database.transaction(({ session }) =>
    session.run('delete from sessions where user_id = ?', [carol.id]),
  )
  await pass(1)
  await hers.closed()
  script.note('The station starts anew, and says when to come back.')
  await t.station.realtime.drain(1_000)
  await second.closed()
}

for (const dialect of DIALECTS) {
  test(`${dialect}: ql.rt/1 is what its transcript says`, needs('user-management'), async () => {
    await using t = await buildTestStation({ dialect, config: ANY_PORT, startsAt: STARTS })
    const scene = await sceneOn(t)
    for (const part of [connecting, firstTime, comingBack, largeChat, ends]) await part(scene)
    const text = `${HEAD}\n${scene.script.text}`
    assert.doesNotMatch(text, /[0-9a-f]{8}-[0-9a-f]{4}-/, 'every id has a name')
    if (IS_WRITING) await writeFile(FILE, text)
    assert.equal(text, await readFile(FILE, 'utf8'))
  })
}
