import type { Browser, BrowserContextOptions } from '@playwright/test'
import { type StationProcess, startStationProcess } from '../../test/support/station-process.ts'
import { HOSTILE, hostileBio, hostilePost, hostileThread } from './hostile.ts'
import { ageLastProof } from './old-proof.ts'
import { type Newcomer, passwordOf, registerQuickly, signInQuickly } from './people.ts'
import { test as base } from './station.ts'

/**
 * Who looks at a page: nobody signed in, a writer with many posts, people with hardly any, and one who
 * has proved long ago that it is them.
 */
export type Visitor = 'stranger' | 'writer' | 'newcomer' | 'returned' | 'hostile'

type Session = Exclude<BrowserContextOptions['storageState'], string | undefined>

export interface DemoStation {
  readonly station: StationProcess
  /** Path of the one-time link that makes the owner; nobody has used it. */
  readonly setupPath: string
  /** Cookies with which a context is this visitor. */
  readonly sessions: Readonly<Record<Visitor, Session>>
  /** Path of a post whose every word is longer than a screen. */
  readonly hostilePath: string
  /** Path of another one, with comments like it. */
  readonly threadPath: string
}

const NEWCOMER: Newcomer = { username: 'nina', displayName: 'Нина Пажская' }

/** Playwright's `test` with one station per worker that `quark demo` has filled. */
export const test = base.extend<object, { readonly demo: DemoStation }>({
  demo: [
    async ({ browser }, use) => {
      const station = await startStationProcess()
      try {
        await use(await filled(station, browser))
      } finally {
        await station.stop()
      }
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  baseURL: ({ demo }, use) => use(demo.station.url),
})

export { expect } from './station.ts'

async function filled(station: StationProcess, browser: Browser): Promise<DemoStation> {
  const [, setupPath = ''] = /(\/setup\?token=\S+)/.exec(station.output()) ?? []
  const [, password = ''] = /password: (\S+)/.exec(await station.quark('demo')) ?? []
  const { url } = station
  const [writer] = await session(browser, (context) =>
    signInQuickly(context, url, 'anna', password),
  )
  const [newcomer] = await session(browser, (context) => registerQuickly(context, url, NEWCOMER))
  const [returned] = await session(browser, (context) =>
    signInQuickly(context, url, NEWCOMER.username, passwordOf(NEWCOMER)),
  )
  ageLastProof(station)
  const [hostile, hostilePath] = await session(browser, async (context) => {
    await registerQuickly(context, url, HOSTILE)
    await hostileBio(context, url)
    return hostilePost(context, url)
  })
  const threadPath = await hostileThread(station)
  const stranger = { cookies: [], origins: [] }
  const sessions = { stranger, writer, newcomer, returned, hostile }
  return { station, setupPath, sessions, hostilePath, threadPath }
}

async function session<Result>(
  browser: Browser,
  enter: (context: Awaited<ReturnType<Browser['newContext']>>) => Promise<Result>,
): Promise<[Session, Result]> {
  const context = await browser.newContext()
  try {
    const result = await enter(context)
    return [await context.storageState(), result]
  } finally {
    await context.close()
  }
}
