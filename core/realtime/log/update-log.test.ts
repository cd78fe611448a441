import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Database } from '../../../db/index.ts'
import { FakeClock } from '../../../test/support/clock.ts'
import { DIALECTS, openCoreDatabase } from '../../../test/support/databases.ts'
import { silentLog } from '../../../test/support/silent-log.ts'
import { Calls } from '../../calls/calls.ts'
import { readEpoch, renewEpoch } from './epoch.ts'
import { RealtimeHub } from '../hub/hub.ts'

const auth = {
  onRevoked: () => undefined,
  sessionActor: async () => null,
  aliveSessions: async () => new Set<string>(),
}

async function openHub(database: Database, clock = new FakeClock()): Promise<RealtimeHub> {
  const hub = new RealtimeHub({
    database,
    clock,
    log: silentLog,
    auth,
    calls: new Calls(),
    isLimited: true,
  })
  await hub.start()
  return hub
}

for (const dialect of DIALECTS) {
  test(`${dialect}: everybody's updates are numbered without a hole, rolled back ones too`, async () => {
    await using opened = await openCoreDatabase(dialect)
    const { database } = opened
    const hub = await openHub(database)
    const say = (text: string, ...people: string[]): Promise<void> =>
      database.transaction((tx) => hub.pushAll(tx, people, 'test.said', { text }))
    const failed = database.transaction(async (tx) => {
      await hub.push(tx, 'bob', 'test.said', { text: 'never' })
      throw new Error('no')
    })
    const told = await Promise.allSettled([
      say('1', 'alice'),
      failed,
      say('2', 'alice', 'bob', 'alice'),
      say('3', 'bob'),
    ])
    assert.deepEqual(
      told.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
    )
    assert.deepEqual(await hub.updates.read('alice', 0, 10), [
      { pts: 1, type: 'test.said', toldBy: null, data: '{"text":"1"}' },
      { pts: 2, type: 'test.said', toldBy: null, data: '{"text":"2"}' },
    ])
    assert.deepEqual(
      (await hub.updates.read('bob', 0, 10)).map(({ pts, data }) => [pts, data]),
      [
        [1, '{"text":"2"}'],
        [2, '{"text":"3"}'],
      ],
    )
    assert.deepEqual(await hub.updates.read('alice', 1, 10), [
      { pts: 2, type: 'test.said', toldBy: null, data: '{"text":"2"}' },
    ])
    assert.deepEqual(await hub.updates.head('carol'), { pts: 0, floor: 0 })
  })

  test(`${dialect}: a hundred pushes at once to the same people are a hundred numbers`, async () => {
    await using opened = await openCoreDatabase(dialect)
    const { database } = opened
    const hub = await openHub(database)
    await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        database.transaction((tx) => hub.pushAll(tx, ['alice', 'bob'], 'test.said', { i })),
      ),
    )
    for (const person of ['alice', 'bob']) {
      const numbers = (await hub.updates.read(person, 0, 200)).map(({ pts }) => pts)
      assert.deepEqual(
        numbers,
        Array.from({ length: 100 }, (_, i) => i + 1),
      )
    }
  })

  test(`${dialect}: the epoch stays, until a restored backup begins another`, async () => {
    await using opened = await openCoreDatabase(dialect)
    const { database } = opened
    const { epoch } = await openHub(database)
    assert.match(epoch, /^[\w-]{8}$/)
    assert.equal((await openHub(database)).epoch, epoch)
    const renewed = await database.transaction(renewEpoch)
    assert.notEqual(renewed, epoch)
    assert.equal(await readEpoch(database), renewed)
  })

  test(`${dialect}: what cannot be told is refused before anything is written`, async () => {
    await using opened = await openCoreDatabase(dialect)
    const { database } = opened
    const hub = await openHub(database)
    const tell = (type: string, data: Record<string, string>): Promise<void> =>
      database.transaction((tx) => hub.push(tx, 'alice', type, data))
    await assert.rejects(tell('Test"', {}), /no type/)
    await assert.rejects(tell('test.said', { k: 'x' }), /member k/)
    await assert.rejects(tell('test.said', { text: 'ы'.repeat(16_384) }), /larger/)
    assert.throws(() => hub.signal(['alice'], 'a b', {}), /no type/)
    assert.deepEqual(await hub.updates.head('alice'), { pts: 0, floor: 0 })
  })
}
