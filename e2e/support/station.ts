import { test as base } from '@playwright/test'
import { type StationProcess, startStationProcess } from '../../test/support/station-process.ts'

interface WorkerFixtures {
  /** One empty station per worker; its first visitor finds no owner and no posts. */
  readonly station: StationProcess
}

type StationTest = ReturnType<typeof base.extend<object, WorkerFixtures>>

/** Playwright's `test` with a running station behind relative addresses, which only its callers share. */
export function testOnNewStation(): StationTest {
  return base.extend<object, WorkerFixtures>({
    station: [
      // oxlint-disable-next-line no-empty-pattern -- Playwright reads the needs of a fixture from this pattern
      async ({}, use) => {
        const station = await startStationProcess()
        try {
          await use(station)
        } finally {
          await station.stop()
        }
      },
      { scope: 'worker', timeout: 90_000 },
    ],
    baseURL: ({ station }, use) => use(station.url),
  })
}

/** The station that most tests share. */
export const test = testOnNewStation()

export { expect } from '@playwright/test'
