import { coreMigrations } from '../../db/migrations/index.ts'
import { FakeClock } from '../../test/support/clock.ts'
import { DIALECTS, type DialectName, openTestDatabase } from '../../test/support/databases.ts'
import { silentLog } from '../../test/support/silent-log.ts'
import { busConformance, type BusUnderTest } from './conformance.ts'
import { type EmbeddedBus, openEmbeddedBus } from './embedded-bus.ts'

for (const dialect of DIALECTS) busConformance(`embedded on ${dialect}`, () => open(dialect))

async function open(dialect: DialectName): Promise<BusUnderTest> {
  const { database, ...opened } = await openTestDatabase(dialect)
  const clock = new FakeClock()
  await database.migrate(coreMigrations, { now: () => clock.now() })
  const begin = async (): Promise<EmbeddedBus> => {
    const bus = openEmbeddedBus({ database, clock, log: silentLog })
    await bus.start()
    return bus
  }
  let bus = await begin()
  return {
    get bus() {
      return bus
    },
    database,
    advance: (time) => clock.advance(time),
    reopen: async () => {
      await bus.close()
      bus = await begin()
    },
    [Symbol.asyncDispose]: async () => {
      await bus.close()
      await opened[Symbol.asyncDispose]()
    },
  }
}
