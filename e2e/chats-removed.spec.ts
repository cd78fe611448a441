import type { Page } from '@playwright/test'
import { heavyPhoto } from '../test/support/pictures.ts'
import {
  ask,
  bubble,
  expect,
  newGroup,
  newTalker,
  openChat,
  otherDevice,
  removeMember,
  say,
  type Talker,
  test,
} from './support/chats.ts'
import { keptText } from './support/kept-text.ts'
import { passwordOf } from './support/people.ts'

/** Between two messages of the traffic. */
const PAUSE_MS = 150
const UPLOAD_BYTES_PER_S = 400_000
/** A slow upload comes to its end, and then to its answer. */
const UPLOADED = { timeout: 30_000 }
const GONE = 'You are no longer a member of this chat'

declare global {
  interface Window {
    /** The codes with which sockets of this page were closed. */
    quarkCodes?: number[]
  }
}

/** Somebody goes on talking, whatever happens. */
class Traffic {
  #isOver = false
  #count = 0
  readonly #talking: Promise<void>

  constructor(talker: Talker, chat: string) {
    this.#talking = this.#talk(talker, chat)
  }

  get count(): number {
    return this.#count
  }

  async stop(): Promise<void> {
    this.#isOver = true
    await this.#talking
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  async #talk(talker: Talker, chat: string): Promise<void> {
    while (!this.#isOver) {
      await say(talker, chat, `traffic ${++this.#count} of the group`)
      await talker.page.waitForTimeout(PAUSE_MS)
    }
  }
}

test('somebody who is removed in the middle of traffic, an upload and a search sees it at once, and nothing more', async ({
  alice,
  bob,
  browser,
}) => {
  test.setTimeout(120_000)
  const carol = await newTalker(browser, alice.url, 'Carol')
  const chat = await newGroup(alice, 'Boat', [bob, carol])
  await say(alice, chat, 'before')
  const phone = await otherDevice(browser, bob)
  const heard = [bob, phone].map(({ page }) => framesOf(page))
  await openChat(bob, chat)
  await openChat(phone, chat)
  await using traffic = new Traffic(carol, chat)
  await uploadSlowly(bob.page)
  await bob.page.locator('#composer').fill('Words that were begun')
  await phone.page.getByRole('button', { name: 'Search this chat' }).click()
  await phone.page.locator('.find input').fill('traffic')
  await expect(phone.page.locator('.find-count')).toContainText(/\d/)

  await removeMember(alice, chat, bob)
  const told = traffic.count
  for (const { page } of [bob, phone]) await expect(page.getByText(GONE)).toBeVisible()
  await expect(phone.page.locator('.find')).toHaveCount(0)
  const lost = bob.page.locator('.wall-gone .talk[data-state="failed"]')
  await expect(lost).toContainText('The lake', UPLOADED)
  await expect(lost.locator('.talk-failure')).toContainText(/Not sent: \S/)
  await expect(bob.page.locator('.unsent-draft')).toContainText('Words that were begun')
  await expect.poll(() => traffic.count).toBeGreaterThan(told + 5)
  await traffic.stop()
  await say(alice, chat, 'a secret')
  await bob.page.waitForTimeout(500)
  for (const frames of heard) {
    const about = frames.filter((frame) => frame.includes(chat) && !frame.includes('"t":"res"'))
    expect(about.at(-1)).toContain('chat.gone')
    expect(about.filter((frame) => frame.includes('traffic')).length).toBeGreaterThan(0)
  }
  const history = await ask<{ items: { media: object[] }[] }>(alice, 'msg.history', { chat })
  expect(history.items.flatMap(({ media }) => media)).toEqual([])

  await bob.page.reload()
  await expect(bob.page.locator('#chats[data-ready]')).toBeAttached()
  await expect(bob.page.getByText('There is no such chat, or it is closed')).toBeVisible()
  await expect(lost).toContainText('The lake')
  const kept = await bob.page.evaluate(keptText)
  for (const words of ['a secret', 'before', 'traffic']) expect(kept).not.toContain(words)
})

test('a session that is ended elsewhere closes every tab, and what was begun is there when one is back', async ({
  alice,
  bob,
  boat: chat,
  browser,
}) => {
  test.setTimeout(120_000)
  await say(alice, chat, 'before')
  await bob.context.addInitScript(noteCodes)
  const second = await bob.context.newPage()
  await openChat(bob, chat)
  await second.goto(`${bob.url}/chats/${chat}`)
  await expect(bubble({ ...bob, page: second }, 'before')).toBeVisible()
  await using traffic = new Traffic(alice, chat)
  await uploadSlowly(bob.page)
  await bob.page.locator('#composer').fill('Words that were begun')
  const phone = await otherDevice(browser, bob)
  await endOthers(phone)
  for (const page of [bob.page, second])
    await expect(page.locator('.panes-left .ended')).toBeVisible()
  const codes = async (): Promise<number[]> => {
    const all = await Promise.all([bob.page, second].map((page) => page.evaluate(codesOf)))
    return all.flat()
  }
  expect(await codes()).toContain(4_003)
  await expect(bob.page.locator('.panes-left .ended')).toContainText('1 message is waiting')
  await expect(bob.page.locator('#composer')).toHaveValue('Words that were begun')
  const last = await say(alice, chat, 'a secret')
  await bob.page.waitForTimeout(500)
  for (const page of [bob.page, second]) {
    await expect(page.locator(`.talk[data-seq="${last.seq}"]`)).toHaveCount(0)
  }

  await second.locator('.panes-left .ended').getByRole('link', { name: 'Sign in' }).click()
  await second.locator('[name="login"]').fill(bob.username)
  await second.locator('[name="password"]').fill(passwordOf({ ...bob, displayName: '' }))
  await second.locator('main button.button-primary').click()
  await second.waitForURL(/\/chats\//)
  for (const page of [bob.page, second]) {
    await expect(page.locator('.panes-left .ended')).toHaveCount(0)
    await expect(page.locator('#composer')).toHaveValue('Words that were begun')
    await expect(bubble({ ...bob, page }, 'a secret')).toBeAttached()
  }
  await traffic.stop()
  await openChat(alice, chat)
  await expect(alice.page.locator('.talk', { hasText: 'The lake' })).toHaveCount(1, UPLOADED)
})

/** A photo that takes a while to go. */
async function uploadSlowly(page: Page): Promise<void> {
  const wire = await page.context().newCDPSession(page)
  await wire.send('Network.enable')
  await wire.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: UPLOAD_BYTES_PER_S,
  })
  const buffer = await heavyPhoto(3_000_000)
  const photo = { name: 'lake.jpg', mimeType: 'image/jpeg', buffer }
  await page.locator('input[type="file"]').setInputFiles(photo)
  await page.getByPlaceholder('Caption').fill('The lake')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  const mark = page.getByRole('button', { name: /% sent. Cancel/ })
  await expect(mark).toHaveAccessibleName(/^[1-9]\d?% sent/)
}

/** Every frame this page's sockets hear from now on. */
function framesOf(page: Page): string[] {
  const frames: string[] = []
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => void frames.push(String(payload)))
  })
  return frames
}

/** Ends every session of this person but this one. */
async function endOthers({ context, url }: Talker): Promise<void> {
  const { request } = context
  const listed = await request.get(`${url}/api/v1/me/sessions`)
  const { items } = (await listed.json()) as { items: { id: string; current: boolean }[] }
  for (const { id } of items.filter(({ current }) => !current)) {
    await request.delete(`${url}/api/v1/me/sessions/${id}`, { headers: { origin: url } })
  }
}

function noteCodes(): void {
  const codes: number[] = []
  window.quarkCodes = codes
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      this.addEventListener('close', ({ code }) => codes.push(code))
    }
  }
}

function codesOf(): number[] {
  return window.quarkCodes ?? []
}
