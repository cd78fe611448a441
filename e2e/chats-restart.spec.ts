import type { WebSocketRoute } from '@playwright/test'
import { ask, bubble, expect, openChat, say, test, write } from './support/chats.ts'
import { MAX_DRIFT_PX, walk } from './support/chat-wall.ts'
import { keptText } from './support/kept-text.ts'

const MESSAGES = 220

test('who is told to begin afresh goes on where they were reading', async ({
  alice,
  bob,
  boat: chat,
}) => {
  test.setTimeout(120_000)
  const { page } = alice
  for (let n = 1; n <= MESSAGES; n++) await say(bob, chat, `number ${n}.`)
  const own = await say(alice, chat, 'my own words')
  for (let n = 1; n <= MESSAGES; n++) await say(bob, chat, `later ${n}.`)

  const lines: WebSocketRoute[] = []
  await page.routeWebSocket('**/ws', (line) => {
    lines.push(line)
    line.connectToServer().onMessage((message) => {
      const frame = JSON.parse(String(message)) as { t: string }
      line.send(JSON.stringify(frame.t === 'welcome' ? { ...frame, resume: 'reset' } : frame))
    })
  })
  await openChat(alice, chat)
  await say(bob, chat, 'an answer', { reply: { seq: own.seq } })
  await page.getByRole('button', { name: 'To the newest messages' }).click()
  await bubble(alice, 'an answer').locator('.answer').click()
  await expect(bubble(alice, 'my own words')).toBeInViewport()
  await page.locator('.wall-scroll').hover()
  await page.mouse.wheel(0, 120)

  const before = await topOf(bubble(alice, 'later 1.'))
  for (let time = 1; time <= 2; time++) {
    const afresh = page.waitForResponse('**/api/v1/rt/bootstrap')
    await lines.at(-1)?.close({ code: 4000 })
    await afresh
    await expect(page.locator('.wall-content[aria-busy="false"]')).toBeVisible()
    await expect
      .poll(async () => Math.abs((await topOf(bubble(alice, 'later 1.'))) - before))
      .toBeLessThan(3)
  }
  expect([...alice.complaints, ...bob.complaints]).toEqual([])
})

test('a chat that is opened on a first visit, before its log has a beginning, is read on', async ({
  alice,
  bob,
  boat: chat,
}) => {
  const { page } = alice
  for (let n = 1; n <= 120; n++) await say(bob, chat, `number ${n}.`)
  await ask(alice, 'chats.read', { chat, seq: 121 })
  const begin = Promise.withResolvers<void>()
  await page.route('**/api/v1/rt/bootstrap', async (route) => {
    await begin.promise
    await route.continue()
  })
  const asked: string[] = []
  await page.routeWebSocket('**/ws', (line) => {
    const station = line.connectToServer()
    line.onMessage((message) => {
      asked.push((JSON.parse(String(message)) as { m?: string }).m ?? '')
      station.send(message)
    })
    station.onMessage((message) => void setTimeout(() => line.send(message), 200))
  })
  await openChat(alice, chat)
  await expect(bubble(alice, 'number 120.')).toBeInViewport()
  await page.evaluate(noteEmptyWall)
  begin.resolve()
  await expect.poll(() => asked).toContain('chats.list')
  const { drift } = await walk(page, -1, 2)
  expect(drift).toBeLessThanOrEqual(MAX_DRIFT_PX)
  await expect
    .poll(() => asked.filter((method) => method === 'msg.history').length)
    .toBeGreaterThan(1)
  await expect(page.locator('.wall-content[aria-busy="false"]')).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.dataset['wall'])).toBeUndefined()
  expect([...alice.complaints, ...bob.complaints]).toEqual([])
})

function breakReading(): void {
  for (const name of ['get', 'getAll'] as const) {
    IDBObjectStore.prototype[name] = () => {
      throw new DOMException('Internal error', 'UnknownError')
    }
  }
}

/** Says on the document when a frame has no message. */
function noteEmptyWall(): void {
  if (document.querySelector('.talk')) requestAnimationFrame(noteEmptyWall)
  else document.documentElement.dataset['wall'] = 'was empty'
}

test('what a browser has kept and cannot read keeps nobody from talking', async ({
  alice,
  bob,
  boat: chat,
}) => {
  const { page } = alice
  await say(bob, chat, 'from before')
  await openChat(alice, chat)
  await expect.poll(() => page.evaluate(keptText)).toContain('from before')
  await page.addInitScript(breakReading)
  await page.reload()
  await expect(bubble(alice, 'from before')).toBeVisible()
  await write(alice, 'and from now')
  await openChat(bob, chat)
  await expect(bubble(bob, 'and from now')).toHaveCount(1)
  await say(bob, chat, 'heard')
  await expect(bubble(alice, 'heard')).toBeVisible()
  expect([...alice.complaints, ...bob.complaints]).toEqual([])
})

test('a page that is too old reloads itself once, then says so and loses nothing that was typed', async ({
  alice,
  bob,
  boat: chat,
}) => {
  const { page } = alice
  await say(bob, chat, 'from before')
  let isUpdated = true
  let sockets = 0
  await page.routeWebSocket('**/ws', (line) => {
    /* A page is told so by the welcome, or not understood at all. */
    const isUnderstood = ++sockets === 1 || !isUpdated
    line.connectToServer().onMessage((message) => {
      const frame = JSON.parse(String(message)) as { t: string }
      if (!isUnderstood) return void line.close({ code: 4010 })
      const isAsked = isUpdated && frame.t === 'welcome'
      line.send(JSON.stringify(isAsked ? { ...frame, min_client: '99.0.0' } : frame))
    })
  })
  await page.goto(`${alice.url}/chats/${chat}`)
  const notice = page.getByRole('status').filter({ hasText: 'The station was updated' })
  await expect(notice).toBeVisible()
  await expect.poll(() => sockets).toBe(2)
  const field = page.getByRole('textbox', { name: 'Message' })
  await field.fill('sent too late')
  await field.press('Enter')
  await field.fill('not even sent')
  isUpdated = false
  await notice.getByRole('button', { name: 'Reload' }).click()
  await expect(bubble(alice, 'sent too late')).toBeVisible()
  await expect(field).toHaveValue('not even sent')
  await expect(notice).toBeHidden()
  await expect.poll(() => sockets).toBe(3)
  await openChat(bob, chat)
  await expect(bubble(bob, 'sent too late')).toHaveCount(1)
  expect([...alice.complaints, ...bob.complaints]).toEqual([])
})

/** Not a number while it is not there. */
function topOf(talk: ReturnType<typeof bubble>): Promise<number> {
  return talk.evaluateAll(([element]) => element?.getBoundingClientRect().top ?? Number.NaN)
}
