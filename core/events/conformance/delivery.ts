import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import type { CloudEvent } from '../../port/events.ts'
import { collect, consume, publish, type Behaviours, textOf, thing } from './bus-under-test.ts'

export const delivery: Behaviours = {
  'an event reaches every consumer of its type, once each': async (t) => {
    const first = await collect(t, 'a/thing.done')
    const second = await collect(t, 'b/thing.done')
    await publish(t, 'one')
    await publish(t, 'two')
    await t.bus.settle()
    assert.deepEqual(
      [first, second],
      [
        ['one', 'two'],
        ['one', 'two'],
      ],
    )
  },

  'what is delivered is what was published, as JSON, to each its own copy': async (t) => {
    const copies: CloudEvent<{ text: string }>[] = []
    for (const name of ['a/thing.done', 'b/thing.done']) {
      await consume(t, name, (event) => {
        const copy = event as CloudEvent<{ text: string }>
        copies.push(structuredClone(copy))
        copy.data.text = `changed by ${name}`
      })
    }
    const event = {
      ...thing('one'),
      data: { text: 'one', nothing: undefined },
      actor: 'alice',
      version: 2,
    }
    const sent = await t.database.transaction((tx) =>
      t.bus.publish(tx, { ...event, touches: ['blog/1', 'posts'] }),
    )
    await t.bus.settle()
    const expected = { ...sent, data: { text: 'one' } }
    assert.deepEqual(copies, [expected, expected])
    assert.equal(sent.dataschema, 'urn:quark:event:thing.done:2')
    assert.equal(sent.touches, 'blog/1 posts')
    assert.equal(sent.actor, 'alice')
    assert.deepEqual(await t.bus.last(1), [{ seq: 1, event: expected }])
  },

  'what is rolled back never happened': async (t) => {
    const heard: string[] = []
    t.bus.onCommitted((event) => heard.push(textOf(event)))
    const seen = await collect(t, 'a/thing.done')
    const failing = t.database.transaction(async (tx) => {
      await t.bus.publish(tx, thing('never'))
      throw new Error('changed my mind')
    })
    await assert.rejects(failing)
    await publish(t, 'kept')
    await t.bus.settle()
    assert.deepEqual([seen, heard], [['kept'], ['kept']])
  },

  'the doorbell rings after the commit and before the publisher is answered': async (t) => {
    const heard: string[] = []
    const stop = t.bus.onCommitted((event) => heard.push(textOf(event)))
    await t.database.transaction(async (tx) => {
      await t.bus.publish(tx, thing('one'))
      await t.bus.publish(tx, thing('two'))
      assert.deepEqual(heard, [])
    })
    assert.deepEqual(heard, ['one', 'two'])
    stop()
    await publish(t, 'three')
    assert.deepEqual(heard, ['one', 'two'])
  },

  'a listener that throws keeps nobody from hearing': async (t) => {
    const heard: string[] = []
    t.bus.onCommitted(() => {
      throw new Error('deaf')
    })
    t.bus.onCommitted((event) => heard.push(textOf(event)))
    const seen = await collect(t, 'a/thing.done')
    await publish(t, 'one')
    await t.bus.settle()
    assert.deepEqual([heard, seen], [['one'], ['one']])
  },

  'a handler knows nothing of the request whose commit has called it': async (t) => {
    const requests = new AsyncLocalStorage<string>()
    const seen: (string | undefined)[] = []
    await consume(t, 'a/thing.done', () => void seen.push(requests.getStore()))
    await requests.run('of alice', () => publish(t, 'one'))
    await t.bus.settle()
    await requests.run('of bob', async () => {
      await publish(t, 'two')
      await t.bus.settle()
    })
    assert.deepEqual(seen, [undefined, undefined])
  },

  'a chain keeps its correlation, names its cause, and is cut after 16 steps': async (t) => {
    const chain: CloudEvent[] = []
    await consume(t, 'echo/thing.done', (event) => {
      chain.push(event)
      return [async (tx) => void (await t.bus.publish(tx, { ...thing('echo'), cause: event }))]
    })
    await t.database.transaction((tx) =>
      t.bus.publish(tx, { ...thing('start'), correlationId: 'request-7' }),
    )
    await t.bus.settle()
    assert.deepEqual(
      chain.map(({ hops }) => hops),
      Array.from({ length: 17 }, (_, hops) => hops),
    )
    for (const [hops, event] of chain.entries()) {
      assert.equal(event.correlationid, 'request-7')
      assert.equal(event.causationid, chain[hops - 1]?.id)
    }
    const [letter] = await t.bus.deadLetters.list()
    assert.match(letter?.error ?? '', /step 17 of a chain/)
  },

  'ids are unique, and an event that begins a chain is its own correlation': async (t) => {
    const sent = await Promise.all(Array.from({ length: 200 }, (_, i) => publish(t, String(i))))
    assert.equal(new Set(sent.map(({ id }) => id)).size, 200)
    for (const { id, correlationid } of sent) assert.equal(correlationid, id)
  },
}
