import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock } from '../../test/support/clock.ts'
import { DIALECTS, openCoreDatabase } from '../../test/support/databases.ts'
import { silentLog } from '../../test/support/silent-log.ts'
import type { StationLog } from '../log/log.ts'
import { Scheduler } from './scheduler.ts'

const log: StationLog = {
  ...silentLog,
  atConsole: () => undefined,
  child: () => log,
  redact: async () => 0,
  trim: async () => 0,
  close: async () => undefined,
}

for (const dialect of DIALECTS) {
  test(`${dialect}: a due job runs once, whoever asks, and a missed one is made up for once`, async () => {
    await using opened = await openCoreDatabase(dialect)
    const { database } = opened
    const clock = new FakeClock()
    const runs: string[] = []
    const node = async (name: string): Promise<Scheduler> => {
      const scheduler = new Scheduler(database, clock, log)
      await scheduler.add('blog/publish', '* * * * *', async () => void runs.push(name))
      return scheduler
    }
    const [first, second] = [await node('first'), await node('second')]
    await Promise.all([first.tick(), second.tick()])
    assert.equal(runs.length, 0)
    clock.advance({ minutes: 1 })
    await Promise.all([first.tick(), second.tick()])
    assert.equal(runs.length, 1)
    clock.advance({ hours: 5 })
    await first.tick()
    await second.tick()
    assert.equal(runs.length, 2)
  })
}

test('a job that fails runs again at its next time, and stops nobody', async () => {
  await using opened = await openCoreDatabase('sqlite')
  const clock = new FakeClock()
  const scheduler = new Scheduler(opened.database, clock, log)
  const runs: string[] = []
  await scheduler.add('a/fails', '* * * * *', async () => {
    runs.push('a')
    throw new Error('not today')
  })
  const stop = await scheduler.add('b/works', '* * * * *', async () => void runs.push('b'))
  clock.advance({ minutes: 1 })
  await scheduler.tick()
  stop()
  clock.advance({ minutes: 1 })
  await scheduler.tick()
  assert.deepEqual(runs.toSorted(), ['a', 'a', 'b'])
})

test('an expression that is not cron is refused', async () => {
  await using opened = await openCoreDatabase('sqlite')
  const clock = new FakeClock()
  const scheduler = new Scheduler(opened.database, clock, log)
  await assert.rejects(scheduler.add('a/b', 'every day', async () => undefined))
})
