import type { Page } from '@playwright/test'
import { photo } from '../test/support/pictures.ts'
import { ask, expect, openChat, say, type Talker, test } from './support/chats.ts'

const MESSAGES = 10_000
const READ = 4_000
const AT_ONCE = 24
const LATENCY_MS = 300
const MAX_NODES = 250
const MAX_DRIFT_PX = 2
/** What was answered before has been said by then, however many are on their way. */
const ANSWERED = 100
const WORDS = [
  'Fog.',
  'The ice sang all night, and in the morning it was quiet as far as the lighthouse.',
  'Yes',
  'Tomorrow at seven if it does not rain. If it does, then at seven all the same, with umbrellas and a thermos, because the fog after rain stays until noon.',
] as const

test('a history of ten thousand messages stands still while it is read', async ({
  alice,
  bob,
  boat: chat,
  station,
}) => {
  test.setTimeout(240_000)
  await fill(bob, chat)
  await ask(alice, 'chats.read', { chat, seq: READ })

  const { page } = alice
  const asked = await slowly(page)
  const showPictures = await withoutPictures(page)
  await page.goto(`${station.url}/chats`)
  await expect(page.locator('.row .count')).toBeVisible()
  const opened = await page.evaluate(openFirst)
  note(`opened at the unread line in ${Math.round(opened.ms)} ms, latency ${LATENCY_MS} ms`)
  expect(opened.place).toBe('at the unread line')

  const up = await walk(page, -1, READ - 1_500)
  await page.evaluate(scrollToPicture)
  expect(await page.evaluate(pictures)).not.toContain('there')
  await expectStill(page, () => page.setViewportSize({ width: 1_200, height: 800 }))
  await expectStill(page, async () => {
    showPictures()
    await expect.poll(() => page.evaluate(pictures)).not.toContain('on its way')
  })
  await page.setViewportSize({ width: 1_440, height: 900 })
  const down = await walk(page, 1, READ - 500)
  /* Faster than its messages come: to the end of what is there. */
  const ahead = await page.evaluate(scrollOn, 20)
  note(`moved by ${Math.max(up.drift, down.drift)} px at most, ${up.nodes} messages in the page`)
  for (const { drift, nodes } of [up, down, ahead]) {
    expect(drift).toBeLessThanOrEqual(MAX_DRIFT_PX)
    expect(nodes).toBeLessThanOrEqual(MAX_NODES)
  }
  expect(asked.length).toBeGreaterThan(20)
  expect(asked.filter((each, index) => asked.indexOf(each) !== index)).toEqual([])

  await expectStill(page, () => page.setViewportSize({ width: 1_100, height: 700 }))
  await expectStill(page, () => page.setViewportSize({ width: 1_440, height: 900 }))
  await expectStill(page, async () => {
    await say(bob, chat, 'something new')
    await expect(page.locator('.row .row-summary')).toContainText('something new')
  })

  const place = await standing(page)
  await page.keyboard.press('Escape')
  await expect(page.locator('.talks-none')).toBeVisible()
  await page.locator('.row-link').click()
  await expect(page.locator(`.talk[data-key="${place.key}"]`)).toBeVisible()
  await expect
    .poll(async () => Math.abs((await offsetOf(page, place.key)) - place.top))
    .toBeLessThan(3)

  await say(bob, chat, 'an answer to the beginning', { reply: { seq: 17 } })
  await page.getByRole('button', { name: 'To the newest messages' }).click()
  const answer = page.locator('.talk', { hasText: 'an answer to the beginning' })
  await expect(answer).toBeInViewport()
  await answer.locator('.answer').click()
  await expect(page.locator('.talk[data-seq="17"]')).toBeInViewport()
  await page.getByRole('button', { name: 'To the newest messages' }).click()
  await expect(answer).toBeInViewport()
  await page.locator('.day-name button').last().click()
  await page.getByRole('button', { name: 'Go', exact: true }).click()
  await expect(page.locator('.service-line')).toBeInViewport()

  const warm = await alice.context.newPage()
  await warm.addInitScript(noteFirstPicture)
  await openChat({ ...alice, page: warm }, chat)
  expect(await warm.evaluate(firstPicture)).toEqual(['messages beside the list'])
  const paintMs = await warm.evaluate(paintOfChat)
  note(`a warm chat stood there ${Math.round(paintMs)} ms after its script had begun`)
  expect([...alice.complaints, ...bob.complaints]).toEqual([])
})

test('a page whose style is late is drawn when it has come', async ({
  alice,
  bob,
  boat,
  station,
}) => {
  await say(bob, boat, 'the ferry is late as well')
  const { page } = alice
  const newest = page.locator('.talk').last()
  await page.goto(`${station.url}/chats/${boat}`)
  await expect(newest).toBeInViewport()
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  await page.route('**/assets/index-*.css', async (route) => {
    await released
    await route.continue()
  })
  await page.addInitScript(noteDrawing)
  await page.reload({ waitUntil: 'commit' })
  await page.waitForFunction(hasBegun, undefined, { polling: 50 })
  await page.evaluate(readAfterwards)
  release()
  await expect(newest).toBeInViewport()
  expect(await page.evaluate(() => document.documentElement.dataset['drawn'])).toBe('dressed')
})

function hasBegun(): boolean {
  return performance.getEntriesByName('quark-chats-begun').length > 0
}

/** Ends when the messenger has read what is kept: it has asked before. */
async function readAfterwards(): Promise<void> {
  const [database] = await indexedDB.databases()
  const opening = indexedDB.open(database?.name ?? '')
  await new Promise((resolve) => (opening.onsuccess = resolve))
  for (let step = 0; step < 5; step++) {
    const reading = opening.result.transaction([...opening.result.objectStoreNames])
    await new Promise((resolve) => (reading.oncomplete = resolve))
  }
  opening.result.close()
}

/** Says on the document whether its style was there when the messenger was drawn. */
function noteDrawing(): void {
  const watching = new MutationObserver(() => {
    if (!document.querySelector('#chats .list-search')) return
    watching.disconnect()
    const sheets = document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')
    const isDressed = [...sheets].every(({ sheet }) => sheet !== null)
    document.documentElement.dataset['drawn'] = isDressed ? 'dressed' : 'bare'
  })
  watching.observe(document, { childList: true, subtree: true })
}

/** A figure for whoever reads the report. */
function note(description: string): void {
  test.info().annotations.push({ type: 'measured', description })
}

/** Albums, code, answers, cards of links, and what was deleted. */
async function fill(talker: Talker, chat: string): Promise<void> {
  const mediaIds = await uploaded(talker, chat)
  const slug = `lake-history-${process.pid}`
  const about = 'Ice, wind and the boat. Short and to the point, every day by eight.'
  await ask(talker, 'chats.create', { type: 'channel', title: 'Lake', about, slug })
  await sayAll(talker, chat, (number) => said(number, mediaIds, `/channel/${slug}`))
  const around = Array.from({ length: 90 }, (_each, index) => READ - 1_807 + index * 20)
  await ask(talker, 'msg.delete', { chat, seqs: around, for: 'all' })
}

/** What the message of this number says, and with what. */
function said(number: number, pictureIds: readonly string[], link: string): object {
  const words = `${number}. ${WORDS[number % WORDS.length]}`
  const code = 'const water = await lake.freeze()\nreturn water'
  const offset = words.length + 1
  const [text, entities] =
    number % 20 === 5
      ? [`${words}\n${code}`, [{ type: 'pre', offset, length: code.length, language: 'ts' }]]
      : number % 100 === 15
        ? [`${words} More`, [{ type: 'link', offset, length: 4, url: link }]]
        : [words, []]
  const isAnswer = number % 20 === 10 && number > ANSWERED + 1
  const shown = number % 20 === 0 ? pictureIds.slice(0, 1 + ((number / 20) % 5)) : []
  return {
    text: shown.length > 1 && number % 40 === 0 ? '' : text,
    entities: shown.length > 1 && number % 40 === 0 ? [] : entities,
    ...(shown.length > 0 && { mediaIds: shown }),
    ...(isAnswer && { reply: { seq: number - ANSWERED } }),
  }
}

/** A few pictures of different shapes, to be shown again and again. */
async function uploaded({ context, url }: Talker, chat: string): Promise<string[]> {
  const ids: string[] = []
  for (const [seed, height] of [300, 900, 500, 450, 640].entries()) {
    const buffer = await photo({ width: 600, height, seed })
    const answer = await context.request.post(`${url}/api/v1/chats/${chat}/media`, {
      headers: { origin: url },
      multipart: { file: { name: `${seed}.jpg`, mimeType: 'image/jpeg', buffer } },
    })
    ids.push(((await answer.json()) as { id: string }).id)
  }
  return ids
}

/** Past the browser: through it, so many would take minutes. */
async function sayAll(
  { context, url }: Talker,
  chat: string,
  saidAs: (number: number) => object,
): Promise<void> {
  const cookies = await context.cookies(url)
  const headers = {
    cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
    origin: url,
    'content-type': 'application/json',
  }
  let next = 2
  const one = async (): Promise<void> => {
    while (next <= MESSAGES) {
      const number = next++
      const body = JSON.stringify({ chat, cid: `history-${number}`, ...saidAs(number) })
      const answer = await fetch(`${url}/api/v1/rt/msg.send`, { method: 'POST', headers, body })
      await answer.arrayBuffer()
      if (!answer.ok) throw new Error(`Message ${number} was answered ${answer.status}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
}

/** Delays every answer on the socket. @returns the pages that were asked for. */
async function slowly(page: Page): Promise<string[]> {
  const asked: string[] = []
  await page.routeWebSocket('**/ws', (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((message) => {
      const frame = JSON.parse(String(message)) as { m?: string; p?: object }
      if (frame.m === 'msg.history') asked.push(JSON.stringify(frame.p))
      server.send(message)
    })
    server.onMessage((message) => {
      setTimeout(() => socket.send(message), LATENCY_MS)
    })
  })
  return asked
}

/** Pictures do not come until they are asked for by the answer. */
async function withoutPictures(page: Page): Promise<() => void> {
  const gate = Promise.withResolvers<void>()
  await page.route('**/media/**', async (route) => {
    await gate.promise
    await route.continue()
  })
  return gate.resolve
}

/** How it is with the pictures of messages in sight. */
function pictures(): string[] {
  const wall = document.querySelector('.wall-scroll')?.getBoundingClientRect()
  return [...document.querySelectorAll<HTMLImageElement>('.album img')]
    .filter((each) => {
      const { top, bottom } = each.getBoundingClientRect()
      return wall !== undefined && bottom > wall.top && top < wall.bottom
    })
    .map(({ naturalWidth }) => (naturalWidth > 0 ? 'there' : 'on its way'))
}

/** Until a picture stands in the middle of what is seen. */
async function scrollToPicture(): Promise<void> {
  document.querySelectorAll('.album img')[4]?.scrollIntoView({ block: 'center' })
  for (let frame = 0; frame < 4; frame++) {
    await new Promise((resolve) => requestAnimationFrame(resolve))
  }
}

/** Presses the first row. @returns when the first messages stood there, and what was in sight then. */
async function openFirst(): Promise<{ readonly ms: number; readonly place: string }> {
  const from = performance.now()
  document.querySelector<HTMLElement>('.row-link')?.click()
  for (;;) {
    await new Promise((resolve) => requestAnimationFrame(resolve))
    if (document.querySelector('.wall-scroll .talk')) break
    if (performance.now() - from > 20_000) throw new Error('No message appeared')
  }
  const ms = performance.now() - from
  const wall = document.querySelector('.wall-scroll')?.getBoundingClientRect()
  const line = document.querySelector('[data-key="unread"]')?.getBoundingClientRect()
  const isThere = wall && line && line.top >= wall.top && line.bottom <= wall.bottom
  return { ms, place: isThere ? 'at the unread line' : 'elsewhere' }
}

interface Walked {
  readonly drift: number
  readonly nodes: number
}

/** Scrolls until a message is reached, and measures how far the one in sight moved by itself. */
async function walk(page: Page, direction: 1 | -1, until: number): Promise<Walked> {
  let [drift, nodes] = [0, 0]
  for (let step = 0; step < 900; step++) {
    const seen = await page.evaluate(scrollOn, direction)
    drift = Math.max(drift, seen.drift)
    nodes = Math.max(nodes, seen.nodes)
    if (direction < 0 ? seen.first <= until : seen.last >= until) return { drift, nodes }
  }
  throw new Error(`Message ${until} was not reached`)
}

async function scrollOn(
  way: number,
): Promise<Walked & { readonly first: number; readonly last: number }> {
  const wall = document.querySelector('.wall-scroll')
  if (!wall) throw new Error('There is no wall')
  const frames = async (count: number): Promise<void> => {
    for (let frame = 0; frame < count && wall.isConnected; frame++) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
  }
  wall.scrollTop += way * 700
  await frames(2)
  const edge = wall.getBoundingClientRect().top + 40
  const seen = [...wall.querySelectorAll<HTMLElement>('.talk')].find(
    (each) => each.getBoundingClientRect().bottom > edge,
  )
  const before = seen?.getBoundingClientRect().top ?? 0
  for (let wait = 0; wait < 60; wait++) {
    await frames(3)
    if (!wall.querySelector('[aria-busy="true"]')) break
  }
  await frames(2)
  const after = wall.querySelector(`.talk[data-key="${seen?.dataset['key']}"]`)
  const all = [...wall.querySelectorAll<HTMLElement>('.talk')]
  return {
    drift: after ? Math.abs(after.getBoundingClientRect().top - before) : 0,
    nodes: all.length,
    first: Number(all[0]?.dataset['seq']),
    last: Number(all.at(-1)?.dataset['seq']),
  }
}

interface Place {
  readonly key: string
  readonly top: number
}

function standing(page: Page): Promise<Place> {
  return page.evaluate(() => {
    const wall = document.querySelector('.wall-scroll')
    const edge = wall?.getBoundingClientRect().top ?? 0
    const seen = [...document.querySelectorAll<HTMLElement>('.talk')].find(
      (each) => each.getBoundingClientRect().bottom > edge + 1,
    )
    return { key: seen?.dataset['key'] ?? '', top: (seen?.getBoundingClientRect().top ?? 0) - edge }
  })
}

function offsetOf(page: Page, key: string): Promise<number> {
  return page.evaluate((wanted) => {
    const edge = document.querySelector('.wall-scroll')?.getBoundingClientRect().top ?? 0
    const seen = document.querySelector(`.talk[data-key="${wanted}"]`)
    return (seen?.getBoundingClientRect().top ?? Number.NaN) - edge
  }, key)
}

async function expectStill(page: Page, change: () => Promise<void>): Promise<void> {
  const before = await standing(page)
  await change()
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)))
  const after = await offsetOf(page, before.key)
  expect(Math.abs(after - before.top)).toBeLessThanOrEqual(MAX_DRIFT_PX)
}

/** From the beginning of the messenger's script until its messages stood there. */
function paintOfChat(): number {
  const [mark] = performance.getEntriesByName('quark-chat-shown')
  const [begun] = performance.getEntriesByName('quark-chats-begun')
  return (mark?.startTime ?? Number.NaN) - (begun?.startTime ?? 0)
}

/** What stands in the first frame that has the list of chats. */
function noteFirstPicture(): void {
  const look = (): void => {
    if (!document.querySelector('#chats .row')) {
      requestAnimationFrame(look)
      return
    }
    const hasMessages = document.querySelector('.wall[data-loaded="true"] .talk') !== null
    performance.mark('first-picture', {
      detail: hasMessages ? 'messages beside the list' : 'the list alone',
    })
  }
  requestAnimationFrame(look)
}

function firstPicture(): unknown[] {
  const marks = performance.getEntriesByName('first-picture') as PerformanceMark[]
  return marks.map(({ detail }): unknown => detail)
}
