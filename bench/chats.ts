import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sessionCookieNames } from '../core/auth/session/cookies.ts'
import { findChromium, NO_CHROMIUM } from '../test/support/chromium.ts'
import { addGroup, addHistory } from './chat-rows.ts'
import { allTurns, type Figure, notRun, ofPairs, ofRounds, pairwise } from './figures.ts'
import { addResidents, type Resident, tokensFor } from './residents.ts'
import { inFolder, serve, type Served, serveStation, whileServed } from './served.ts'

const ROUNDS = 15
/** The browser compiles a script for good when it has met it a few times. */
const WARMING_ROUNDS = 3
const PEOPLE = 10
const CHATS = 50
const LONG = 1_000
const SHORT = 20
const GOAL = '≤ 300 ms'
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

/** What a person waits for in a real browser that has been here before. */
export async function chatsFigures(): Promise<Figure[]> {
  const executablePath = findChromium()
  if (executablePath === undefined) return [notRun('a warm chat', NO_CHROMIUM)]
  return inFolder(async (dataDir) => {
    const account = await settle(dataDir)
    /* As people have one: a private window would compile each script anew. */
    const context = await chromium.launchPersistentContext(join(dataDir, 'profile'), {
      executablePath,
      viewport: { width: 1440, height: 900 },
    })
    try {
      const servers = [serveStation(dataDir), serveBarePage(dataDir)]
      return await whileServed(servers, async (station, bare) => {
        if (!station || !bare) throw new Error('The servers do not run')
        const [token = ''] = await tokensFor(dataDir, [account.owner])
        await arrive(context, station.url, token)
        return watched(context, { url: station.url, bareUrl: bare.url }, account)
      })
    } finally {
      await context.close()
    }
  })
}

/** The limit of what a browser can show on this machine: messages without a style or a script. */
async function serveBarePage(dataDir: string): Promise<Served> {
  const talks = Array.from({ length: SHORT }, (_each, n) => `<p class="talk">message ${n}</p>`)
  const file = join(dataDir, 'bare.html')
  const wall = `<div class="wall" data-loaded="true">${talks.join('')}</div>`
  await writeFile(file, `<!doctype html><title>Chats</title>${wall}`)
  const headers = { 'content-type': 'text/html; charset=utf-8' }
  return serve(['bench/limit-bytes.ts', file, JSON.stringify(headers)])
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

async function arrive(context: BrowserContext, url: string, token: string): Promise<void> {
  await context.addCookies([{ name: sessionCookieNames(false).access, value: token, url }])
  await context.addInitScript(noteMessages)
}

async function watched(
  context: BrowserContext,
  { url, bareUrl }: { readonly url: string; readonly bareUrl: string },
  { owner, long }: Account,
): Promise<Figure[]> {
  const [first, second] = long
  for (let round = 0; round < WARMING_ROUNDS; round++) {
    for (const chat of [second, first]) await visited(context, url, { owner, chat })
  }
  const address = `${url}/chats/${first}`
  const turns = await allTurns(ROUNDS, {
    inNewTab: () => opened(context, address),
    bareInNewTab: () => opened(context, bareUrl),
    fromPage: () => opened(context, address, url),
    bareFromPage: () => opened(context, bareUrl, bareUrl),
  })
  const switches = await switched(context, address, [second, first])
  return [
    ...paintFigures(
      `a warm chat of ${LONG} messages in a new tab, to its messages`,
      turns.inNewTab,
      turns.bareInNewTab,
    ),
    ...paintFigures('  from another page of the station', turns.fromPage, turns.bareFromPage),
    ofRounds(switches, { name: '  from one warm chat to another', unit: 'ms', goal: GOAL }),
  ]
}

function paintFigures(name: string, own: readonly Paint[], bare: readonly Paint[]): Figure[] {
  const shownMs = (paint: Paint): number => paint.shownMs
  const [ownMs, bareMs] = [own.map(shownMs), bare.map(shownMs)]
  const ratios = pairwise(ownMs, bareMs, (one, other) => one / other)
  return [
    ofPairs(ownMs, ratios, { name, unit: 'ms', goal: GOAL }),
    ofRounds(
      own.map(({ scriptMs }) => scriptMs),
      { name: '    until its script begins', unit: 'ms' },
    ),
    ofRounds(bareMs, { name: '    a bare page that has its messages in it', unit: 'ms' }),
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

/**
 * In a tab of its own; what the last one had in memory is gone.
 *
 * @param from a page that stands there before. Without one the browser makes the tab meanwhile.
 */
async function opened(context: BrowserContext, address: string, from?: string): Promise<Paint> {
  const page = await context.newPage()
  try {
    if (from !== undefined) await page.goto(from, { waitUntil: 'networkidle' })
    await page.goto(address, { waitUntil: 'commit' })
    const paint = await page.evaluate(paintOf)
    if (paint.wasAsked) throw new Error('The messages of the chat had to be asked for')
    return paint
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
