import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sessionCookieNames } from '../core/auth/session/cookies.ts'
import { findChromium, NO_CHROMIUM } from '../test/support/chromium.ts'
import { addGroup, addHistory } from './chat-rows.ts'
import { type Figure, notRun, ofRounds } from './figures.ts'
import { addResidents, type Resident, tokensFor } from './residents.ts'
import { inFolder, serveStation, whileServed } from './served.ts'

const ROUNDS = 9
/** The browser compiles a script for good when it has met it a few times. */
const WARMING_ROUNDS = 3
const PEOPLE = 10
const CHATS = 50
const LONG = 1_000
const SHORT = 20
const GOAL = '≤ 300 ms'
const MS_PER_S = 1_000
const KEPT_POLL_MS = 50

/** One account as people have them: many chats, two of them long. */
interface Account {
  readonly owner: Resident
  readonly long: readonly [string, string]
}

interface Paint {
  /** From the beginning of the navigation to the frame in which messages stand. */
  readonly shownMs: number
  /** To the first line of the messenger's script. */
  readonly scriptMs: number
  /** The station had to give the messages: then the chat was not warm. */
  readonly wasAsked: boolean
}

interface Opening extends Paint {
  /** What the thread of the page has worked until then, however busy the machine is. */
  readonly workedMs: number
}

/** What a person waits for in a real browser that has been here before. */
export async function chatsFigures(): Promise<Figure[]> {
  const executablePath = findChromium()
  if (executablePath === undefined) return [notRun('a warm chat', NO_CHROMIUM)]
  return inFolder(async (dataDir) => {
    const account = await settle(dataDir)
    const browser = await chromium.launch({ executablePath })
    try {
      return await whileServed([serveStation(dataDir)], async (station) => {
        if (!station) throw new Error('The station does not run')
        const [token = ''] = await tokensFor(dataDir, [account.owner])
        const context = await arrived(browser, station.url, token)
        return watched(context, station.url, account)
      })
    } finally {
      await browser.close()
    }
  })
}

async function settle(dataDir: string): Promise<Account> {
  await whileServed([serveStation(dataDir)], async () => undefined)
  const raw = new DatabaseSync(join(dataDir, 'quark.db'))
  try {
    raw.exec('begin')
    const people = addResidents(raw, PEOPLE)
    const withPast = (count: number): string => {
      const id = addGroup(raw, people)
      addHistory(raw, id, people, count)
      return id
    }
    for (let chat = 2; chat < CHATS; chat++) withPast(SHORT)
    const long = [withPast(LONG), withPast(LONG)] as const
    raw.exec('commit')
    const [owner] = people
    if (!owner) throw new Error('Nobody lives here')
    return { owner, long }
  } finally {
    raw.close()
  }
}

async function arrived(browser: Browser, url: string, token: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  await context.addCookies([{ name: sessionCookieNames(false).access, value: token, url }])
  await context.addInitScript(noteMessages)
  return context
}

async function watched(
  context: BrowserContext,
  url: string,
  { owner, long }: Account,
): Promise<Figure[]> {
  const [first, second] = long
  for (let round = 0; round < WARMING_ROUNDS; round++) {
    for (const chat of [second, first]) await visited(context, url, { owner, chat })
  }
  const paints: Opening[] = []
  for (let round = 0; round < ROUNDS; round++) {
    paints.push(await opened(context, `${url}/chats/${first}`))
  }
  const switches = await switched(context, `${url}/chats/${first}`, [second, first])
  return [
    ofRounds(
      paints.map(({ shownMs }) => shownMs),
      {
        name: `a warm chat of ${LONG} messages, from the navigation to its messages`,
        unit: 'ms',
        goal: GOAL,
      },
    ),
    ofRounds(
      paints.map(({ scriptMs }) => scriptMs),
      { name: '  until its script begins', unit: 'ms' },
    ),
    ofRounds(
      paints.map(({ workedMs }) => workedMs),
      { name: "  processor time of the page's thread until then", unit: 'ms', goal: GOAL },
    ),
    ofRounds(switches, { name: '  from one warm chat to another', unit: 'ms', goal: GOAL }),
  ]
}

/** Somebody stays until the browser has kept what it will show the next time. */
async function visited(
  context: BrowserContext,
  url: string,
  { owner, chat }: { readonly owner: Resident; readonly chat: string },
): Promise<void> {
  const page = await context.newPage()
  try {
    await page.goto(`${url}/chats/${chat}`)
    await page.evaluate(paintOf)
    const kept = { database: `quark-chats-${owner.id}`, chat }
    while (!(await page.evaluate(isKept, kept))) await page.waitForTimeout(KEPT_POLL_MS)
  } finally {
    await page.close()
  }
}

/** Whether the browser knows where it stands, and some of the chat's messages. */
async function isKept(names: {
  readonly database: string
  readonly chat: string
}): Promise<boolean> {
  const opening = indexedDB.open(names.database)
  await new Promise((resolve) => (opening.onsuccess = resolve))
  const reading = opening.result.transaction(['meta', 'ranges'])
  const position = reading.objectStore('meta').get('position')
  const range = reading.objectStore('ranges').get(names.chat)
  await new Promise((resolve) => (reading.oncomplete = resolve))
  opening.result.close()
  return position.result !== undefined && range.result !== undefined
}

/** A new tab; what the last one had in memory is gone. */
async function opened(context: BrowserContext, address: string): Promise<Opening> {
  const page = await context.newPage()
  try {
    const devtools = await context.newCDPSession(page)
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
    await page.goto(address, { waitUntil: 'commit' })
    const paint = await page.evaluate(paintOf)
    const { metrics } = await devtools.send('Performance.getMetrics')
    if (paint.wasAsked) throw new Error('The messages of the chat had to be asked for')
    const worked = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
    return { ...paint, workedMs: worked * MS_PER_S }
  } finally {
    await page.close()
  }
}

async function switched(
  context: BrowserContext,
  address: string,
  chats: readonly [string, string],
): Promise<number[]> {
  const page = await context.newPage()
  await page.goto(address)
  await page.evaluate(paintOf)
  for (const chat of chats) await goTo(page, chat)
  const taken: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    for (const chat of chats) taken.push(await goTo(page, chat))
  }
  await page.close()
  return taken
}

function goTo(page: Page, chat: string): Promise<number> {
  return page.evaluate(async (id) => {
    const before = document.querySelector('.wall')
    const from = performance.now()
    document.querySelector<HTMLElement>(`.row-link[href$="/chats/${id}"]`)?.click()
    const isShown = (): boolean => {
      const wall = document.querySelector('.wall[data-loaded="true"]')
      return wall !== before && wall?.querySelector('.talk') != null
    }
    while (!isShown()) await new Promise((resolve) => requestAnimationFrame(resolve))
    await new Promise((resolve) => setTimeout(resolve))
    return performance.now() - from
  }, chat)
}

/** Marks the end of the first frame in which messages stand. */
function noteMessages(): void {
  const look = (): void => {
    if (!document.querySelector('.wall[data-loaded="true"] .talk')) {
      requestAnimationFrame(look)
      return
    }
    /* A task of its own: this frame has been drawn by then. */
    setTimeout(() => performance.mark('bench-shown'))
  }
  requestAnimationFrame(look)
}

async function paintOf(): Promise<Paint> {
  while (performance.getEntriesByName('bench-shown').length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const [shown] = performance.getEntriesByName('bench-shown')
  const [begun] = performance.getEntriesByName('quark-chats-begun')
  const shownMs = shown?.startTime ?? Number.NaN
  const asked = performance.getEntriesByType('resource')
  return {
    shownMs,
    scriptMs: begun?.startTime ?? Number.NaN,
    wasAsked: asked.some(
      ({ name, startTime }) => name.endsWith('/msg.history') && startTime < shownMs,
    ),
  }
}
