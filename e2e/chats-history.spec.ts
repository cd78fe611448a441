import type { Page } from '@playwright/test'
import { ask, expect, openChat, say, test } from './support/chats.ts'
import {
  expectStill,
  MAX_DRIFT_PX,
  offsetOf,
  openFirst,
  pictures,
  scrollOn,
  scrollToPicture,
  standing,
  walk,
} from './support/chat-wall.ts'
import { keptText } from './support/kept-text.ts'
import { sayLongHistory } from './support/long-history.ts'

const READ = 4_000
const LATENCY_MS = 300
const MAX_NODES = 250
const IS_MESSENGER = /\/assets\/messaging-chats-\w+\.js$/

test('a history of ten thousand messages stands still while it is read', async ({
  alice,
  bob,
  boat: chat,
  station,
}) => {
  test.setTimeout(240_000)
  await sayLongHistory(bob, chat, READ)
  await ask(alice, 'chats.read', { chat, seq: READ })

  const { page } = alice
  const asked = await slowly(page)
  const showPictures = await withoutPictures(page)
  await page.goto(`${station.url}/chats`)
  await expect(page.locator('.row .count')).toBeVisible()
  /* What is on its way when the log begins is asked for once more. */
  await expect.poll(() => page.evaluate(keptText)).toContain('"epoch"')
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
  expect(await warm.evaluate(readingFonts), 'nothing on it is set in them').toEqual([])
  await expect.poll(() => warm.evaluate(shellPrograms)).toEqual(['later', 'later', 'later'])
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
  await page.route('**/assets/resident-*.css', async (route) => {
    await released
    await route.continue()
  })
  await page.addInitScript(noteDrawing)
  const script = page.waitForEvent('requestfinished', (request) => IS_MESSENGER.test(request.url()))
  await page.reload({ waitUntil: 'commit' })
  await script
  release()
  await expect(newest).toBeInViewport()
  expect(await page.evaluate(() => document.documentElement.dataset['drawn'])).toBe('dressed')
})

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

/** From the beginning of the messenger's script until its messages stood there. */
function paintOfChat(): number {
  const [mark] = performance.getEntriesByName('quark-chat-shown')
  const [begun] = performance.getEntriesByName('quark-chats-begun')
  return (mark?.startTime ?? Number.NaN) - (begun?.startTime ?? 0)
}

/** Of the fonts that were fetched, those for long texts. */
function readingFonts(): string[] {
  const fetched = performance.getEntriesByType('resource').map(({ name }) => name)
  return fetched.filter((name) => name.includes('source-serif'))
}

/** When the programs of the shell were asked for: the messages come first. */
function shellPrograms(): string[] {
  const [shown] = performance.getEntriesByName('quark-chat-shown')
  const programs = performance
    .getEntriesByType('resource')
    .filter(({ name }) => /\/(notifications|palette|realtime)-\w+-\w+\.js$/.test(name))
  return programs.map(({ startTime }) => (startTime > (shown?.startTime ?? 0) ? 'later' : 'before'))
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
