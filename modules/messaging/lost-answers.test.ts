import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../test/support/databases.ts'
import { ask, chatOf, newCid, openWith, send, textsOf } from '../../test/support/messenger.ts'
import { PushService } from '../../test/support/push-service.ts'
import { SocketDoor } from '../../test/support/socket.ts'
import { ANY_PORT, buildTestStation } from '../../test/support/station.ts'

/** Stands between a client and the station, and may swallow all that the station says. */
class Tunnel implements AsyncDisposable {
  isMute = false
  readonly #pairs: Socket[] = []
  readonly #server

  constructor(url: string) {
    const { hostname, port } = new URL(url)
    this.#server = createServer((client) => {
      const station = connect(Number(port), hostname)
      this.#pairs.push(client, station)
      client.pipe(station)
      station.on('data', (bytes: Buffer) => void (this.isMute || client.write(bytes)))
      for (const socket of [client, station]) socket.on('error', () => undefined)
      client.on('close', () => station.destroy())
      station.on('close', () => client.destroy())
    })
  }

  async open(): Promise<string> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** The connections are gone, without a goodbye. */
  cut(): void {
    for (const socket of this.#pairs.splice(0)) socket.resetAndDestroy()
    this.isMute = false
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut()
    this.#server.close()
  }
}

for (const dialect of DIALECTS) {
  suite(`an answer that never arrives on ${dialect}`, () => {
    test('is asked for again, soon, a day later and after the deletion: one message, told once', async () => {
      await using push = await PushService.open()
      await using t = await buildTestStation({ dialect, config: ANY_PORT, mayPushTo: push.isHere })
      const door = await SocketDoor.of(t)
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      await bob.post('/api/v1/push/subscriptions', push.browser('/phone').subscription)
      const { id: chat } = await openWith(alice, 'bob')
      await using his = await door.open(bob)
      await his.hello()
      await using tunnel = new Tunnel(door.url)
      const far = new SocketDoor(await tunnel.open())
      const hers = await far.open(alice)
      const { pts } = await hers.hello({ device: 'laptop' })
      const order = { chat, cid: newCid(), text: 'did you get it?' }
      tunnel.isMute = true
      hers.say({ t: 'req', id: 1, m: 'msg.send', p: order })
      const heard = await his.hears('u', ({ e }) => Object(e)['k'] === 'msg.new')
      const { m } = heard['e'] as { m: { seq: number; date: string } }
      assert.ok(!hers.frames.some(({ t: kind }) => kind === 'res'), 'committed, not acknowledged')
      tunnel.cut()
      await hers.closed()

      await using back = await far.open(alice)
      const { epoch } = (await alice.get('/api/v1/rt/bootstrap')).json<{ epoch: string }>()
      const welcome = await back.hello({ device: 'laptop', resume: { epoch, pts } })
      assert.equal(welcome['resume'], 'gap')
      await back.hears('u', ({ e }) => Object(e)['k'] === 'msg.new')
      const again = await back.ask('msg.send', order)
      const first = again['r'] as { seq: number; dup: boolean; date: string }
      assert.deepEqual([first.seq, first.dup, first.date], [m.seq, true, m.date])

      const askedAgain = async (): Promise<(number | boolean | string)[]> => {
        await using socket = await far.open(alice)
        await socket.hello({ device: 'laptop', resume: { epoch, pts } })
        const { seq, dup, date } = Object((await socket.ask('msg.send', order))['r'])
        return [seq, dup, date]
      }
      t.clock.advance({ hours: 24 })
      await t.settle()
      assert.deepEqual(await askedAgain(), [m.seq, true, m.date])
      assert.equal((await chatOf(bob, chat)).me?.unread, 1)
      assert.deepEqual(await textsOf(bob, chat), ['did you get it?'])
      await ask(alice, 'msg.delete', { chat, seqs: [m.seq], for: 'all' })
      assert.deepEqual(await askedAgain(), [m.seq, true, m.date])
      t.clock.advance({ minutes: 1 })
      await t.settle()
      assert.deepEqual(await textsOf(bob, chat), [])
      assert.equal((await chatOf(bob, chat)).me?.unread, 0)
      const sent = t.events.filter(({ type }) => type === 'message.sent')
      assert.equal(sent.length, 1, 'whatever notifies of messages has heard of one')
      assert.equal(push.received.length, 1)
      const news = his.updates.filter(({ e }) => e.k === 'msg.new')
      assert.equal(news.length, 1)
      await send(alice, chat, 'good')
      assert.equal((await chatOf(bob, chat)).lastSeq, m.seq + 1)
    })
  })
}
