import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../test/support/databases.ts'
import { ModuleFolder } from '../../test/support/module-folder.ts'
import { buildTestStation, type TestStation } from '../../test/support/station.ts'

/** Facts of the core itself, so that no module is needed to have some. */
async function happen(t: TestStation, type: string, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    await t.station.database.transaction(async (tx) => {
      const event = { type, source: '/core', subject: `thing/${index}`, data: {} }
      await t.station.bus.publish(tx, event)
    })
  }
}

for (const dialect of DIALECTS) {
  suite(`figures on ${dialect}`, () => {
    test('count every event once, in the hour it happened, however often they are asked to', async () => {
      using folder = new ModuleFolder()
      const startsAt = new Date('2026-11-29T10:50:00Z')
      await using t = await buildTestStation({ dialect, modulesDir: folder.dir, startsAt })
      const { figures } = t.station
      await happen(t, 'message.sent', 3)
      await happen(t, 'post.published', 1)
      t.clock.advance({ minutes: 20 })
      await happen(t, 'message.sent', 2)
      await figures.count()
      await figures.count()
      const read = await figures.hours(['event:message.sent'], startsAt)
      assert.deepEqual(read, [
        { name: 'event:message.sent', at: '2026-11-29T10', value: 3 },
        { name: 'event:message.sent', at: '2026-11-29T11', value: 2 },
      ])
      assert.deepEqual(await figures.hours(['event:nothing.happened'], startsAt), [])
    })

    test('keep the most events that waited within the hour', async () => {
      using folder = new ModuleFolder()
      const startsAt = new Date('2026-11-29T10:50:00Z')
      await using t = await buildTestStation({ dialect, modulesDir: folder.dir, startsAt })
      const { figures, database } = t.station
      const waits = (count: number): Promise<unknown> =>
        database.transaction(async ({ session }) => {
          await session.run(`delete from event_deliveries where subject like 'waits/%'`)
          for (let n = 0; n < count; n++) {
            await session.run(
              `insert into event_deliveries (consumer, seq, subject, state, attempts, next_at, error)
               select name, ?, ?, 'ready', 1, '2026-11-30T00:00:00.000Z', 'later'
               from event_consumers order by name limit 1`,
              [1_000 + n, `waits/${n}`],
            )
          }
        })
      await t.station.bus.consume(
        { name: 'late', module: 'core', type: 'message.sent', from: 'new' },
        () => undefined,
      )
      await t.settle()
      await figures.count()
      for (const count of [1, 3, 2]) {
        await waits(count)
        await figures.count()
      }
      const read = await figures.hours(['events.behind'], startsAt)
      assert.deepEqual(read, [{ name: 'events.behind', at: '2026-11-29T10', value: 3 }])
    })

    test('tell how many people were here, by the hour and by the day', async () => {
      using folder = new ModuleFolder()
      const startsAt = new Date('2026-11-29T10:50:00Z')
      await using t = await buildTestStation({ dialect, modulesDir: folder.dir, startsAt })
      const { figures } = t.station
      await t.person('alice')
      await t.person('bob')
      await figures.count()
      t.clock.advance({ hours: 2 })
      await t.person('carol')
      await figures.count()
      assert.deepEqual(
        (await figures.hours(['people'], startsAt)).map(({ at, value }) => [at, value]),
        [
          ['2026-11-29T10', 2],
          ['2026-11-29T12', 1],
        ],
      )
      assert.deepEqual(
        (await figures.days(['people'], startsAt)).map(({ at, value }) => [at, value]),
        [['2026-11-29', 3]],
      )
    })

    test('are forgotten after four hundred days', async () => {
      using folder = new ModuleFolder()
      const startsAt = new Date('2026-11-29T10:50:00Z')
      await using t = await buildTestStation({ dialect, modulesDir: folder.dir, startsAt })
      await happen(t, 'message.sent', 1)
      await t.station.figures.count()
      t.clock.advance({ hours: 399 * 24 })
      await t.station.figures.trim()
      assert.equal((await t.station.figures.hours(['event:message.sent'], startsAt)).length, 1)
      t.clock.advance({ hours: 48 })
      await t.station.figures.trim()
      assert.equal((await t.station.figures.hours(['event:message.sent'], startsAt)).length, 0)
    })
  })
}
