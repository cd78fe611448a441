import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import {
  ask,
  chatOf,
  groupOf,
  historyOf,
  newCid,
  rt,
  send,
} from '../../../test/support/messenger.ts'
import { needs } from '../../../test/support/neighbour.ts'
import { pictureOf } from '../../../test/support/pictures.ts'
import { SlowUpload } from '../../../test/support/slow-upload.ts'
import { SocketDoor, type TestSocket } from '../../../test/support/socket.ts'
import { ANY_PORT, buildTestStation, type TestStation } from '../../../test/support/station.ts'
import { multipart, type Visitor } from '../../../test/support/visitor.ts'

interface Group {
  readonly t: TestStation
  readonly door: SocketDoor
  readonly alice: Visitor
  readonly bob: Visitor
  readonly carol: Visitor
  readonly chat: string
}

async function groupOn(t: TestStation): Promise<Group> {
  const door = await SocketDoor.of(t)
  const [alice, bob, carol] = [
    await t.person('alice'),
    await t.person('bob'),
    await t.person('carol'),
  ]
  return { t, door, alice, bob, carol, chat: (await groupOf(alice, bob, carol)).id }
}

/** A picture of which all but the end has been sent. */
async function almostUploaded({ door, chat }: Group, who: Visitor) {
  const body = multipart({ bytes: await pictureOf('jpeg') })
  const path = `/api/v1/chats/${chat}/media`
  const upload = await SlowUpload.begin(door.url, who, path, body.byteLength)
  upload.write(body.subarray(0, -40))
  return { upload, rest: body.subarray(-40) }
}

/** So much that one page of the history holds it, and sockets that acknowledge nothing are told it. */
const MOST_ROUNDS = 40

/** Alice and carol talk all the time, until it is stopped or they are tired. */
function traffic({ alice, carol, chat }: Group): AsyncDisposable & { stop(): Promise<void> } {
  const over = new AbortController()
  const talking = [alice, carol].map(async (who) => {
    for (let n = 0; n < MOST_ROUNDS && !over.signal.aborted; n++) {
      await send(who, chat, `${who.username} ${n}`)
      await rt(who, 'typing.set', { chat, what: 'text' })
    }
  })
  const stop = async (): Promise<void> => {
    over.abort()
    await Promise.all(talking)
  }
  return { stop, [Symbol.asyncDispose]: stop }
}

function lastHeard({ frames }: TestSocket): unknown {
  return frames
    .filter(({ t, e }) => t === 'eph' || (t === 'u' && Object(e)['chat'] !== undefined))
    .map(({ e }) => Object(e)['k'] as unknown)
    .at(-1)
}

async function numbersIn(who: Visitor, chat: string): Promise<number[]> {
  return (await historyOf(who, chat, { limit: 100 })).map(({ seq }) => seq)
}

async function foundBy(who: Visitor, chat: string): Promise<number> {
  const question = { chat, q: 'lighthouse' }
  return (await ask<{ items: unknown[] }>(who, 'msg.search', question)).items.length
}

for (const dialect of DIALECTS) {
  suite(`in the middle of things on ${dialect}`, () => {
    test('a member is removed: no event, no upload, no page and no picture comes after it', async () => {
      await using t = await buildTestStation({ dialect, config: ANY_PORT })
      const group = await groupOn(t)
      const { alice, bob, carol, chat, door } = group
      const picture = await alice.upload(`/api/v1/chats/${chat}/media`, {
        bytes: await pictureOf('jpeg'),
      })
      const { id, url } = picture.json<{ id: string; url: string }>()
      await send(alice, chat, 'look, a lighthouse', { mediaIds: [id] })
      assert.equal((await bob.get(url)).status, 200)
      await using laptop = await door.open(bob)
      await using phone = await door.open(bob)
      const { pts } = await laptop.hello({ device: 'laptop' })
      await phone.hello({ device: 'phone' })
      const { upload, rest } = await almostUploaded(group, bob)
      await using talk = traffic(group)
      await laptop.hears('u', ({ e }) => Object(e)['k'] === 'msg.new')
      await ask(alice, 'members.remove', { chat, user: bob.id })
      const removedAt = (await historyOf(alice, chat, { limit: 1 })).at(-1)?.seq ?? 0
      upload.write(rest)
      assert.equal(await upload.status(), 404)
      for (const socket of [laptop, phone]) {
        await socket.hears('u', ({ e }) => Object(e)['k'] === 'chat.gone')
      }
      await talk.stop()
      await send(alice, chat, 'a lighthouse for two')
      for (const socket of [laptop, phone]) {
        await socket.roundTrip()
        assert.equal(lastHeard(socket), 'chat.gone')
      }
      const { u } = (await laptop.ask('sync.diff', { from: pts }))['r'] as { u: { e: object }[] }
      assert.deepEqual(new Set(u.map(({ e }) => Object(e)['k'])), new Set(['void', 'chat.gone']))
      for (const [method, input] of [
        ['msg.history', { chat }],
        ['msg.search', { chat, q: 'lighthouse' }],
        ['msg.send', { chat, cid: newCid(), text: 'x' }],
        ['members.list', { chat }],
      ] as const) {
        assert.equal((await rt(bob, method, input)).status, 404, method)
      }
      const found = await ask<{ items: unknown[] }>(bob, 'msg.search', { q: 'lighthouse' })
      assert.deepEqual(found.items, [])
      assert.equal((await bob.get(url)).status, 404)
      assert.equal((await carol.get(url)).status, 200)

      await ask(alice, 'chats.update', { chat, historyHidden: true })
      await ask(alice, 'members.add', { chat, usernames: ['bob'] })
      const { lastSeq } = await chatOf(bob, chat)
      assert.deepEqual(await numbersIn(bob, chat), [lastSeq], 'that he was added')
      assert.deepEqual(await foundBy(bob, chat), 0)
      assert.equal((await bob.get(url)).status, 404)
      for (const socket of [laptop, phone]) {
        const { r } = await socket.ask('sync.diff', { from: pts, limit: 500 })
        assert.ok(!JSON.stringify(r).includes('lighthouse'))
      }

      await ask(alice, 'members.remove', { chat, user: bob.id })
      await ask(alice, 'chats.update', { chat, historyHidden: false })
      await ask(alice, 'members.add', { chat, usernames: ['bob'] })
      const again = await numbersIn(bob, chat)
      assert.ok(again.some((seq) => seq < removedAt) && again.includes(removedAt + 1))
      assert.deepEqual(await foundBy(bob, chat), 2)
      assert.equal((await bob.get(url)).status, 200)
    })

    test(
      'a session ends: its socket, its upload and its requests end with it, others go on',
      needs('user-management'),
      async () => {
        await using t = await buildTestStation({ dialect, config: ANY_PORT })
        const group = await groupOn(t)
        const { alice, bob, chat, door } = group
        const elsewhere = t.stranger()
        const login = { login: 'bob', password: 'bob has a long password' }
        assert.equal((await elsewhere.post('/api/v1/auth/login', login)).status, 200)
        await using lost = await door.open(bob)
        await using kept = await door.open(elsewhere)
        await lost.hello({ device: 'lost' })
        await kept.hello({ device: 'kept' })
        const { upload, rest } = await almostUploaded(group, bob)
        await using talk = traffic(group)
        await lost.hears('u', ({ e }) => Object(e)['k'] === 'msg.new')
        const sessions = await elsewhere.get('/api/v1/me/sessions')
        const { items } = sessions.json<{ items: { id: string; current: boolean }[] }>()
        const other = items.find(({ current }) => !current)?.id
        const ended = await elsewhere.delete(`/api/v1/me/sessions/${other}`)
        assert.ok(ended.status < 300, ended.text)
        assert.equal(await lost.closed(), 4003)
        upload.write(rest)
        assert.equal(await upload.status(), 401)
        await talk.stop()
        const { seq } = await send(alice, chat, 'only for who is here')
        await kept.hears('u', ({ e }) => Object(e)['m']?.seq === seq)
        assert.ok(!JSON.stringify(lost.frames).includes('only for who is here'))
        assert.equal((await rt(bob, 'msg.history', { chat })).status, 401)
        assert.equal((await rt(elsewhere, 'msg.history', { chat })).status, 200)
      },
    )
  })
}
