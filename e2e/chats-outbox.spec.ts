import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { use } from '../playwright.config.ts'
import { heavyPhoto } from '../test/support/pictures.ts'
import { Cable } from './support/cable.ts'
import {
  ask,
  bubble,
  choose,
  expect,
  newGroup,
  newTalker,
  onPage,
  openChat,
  removeMember,
  say,
  type Talker,
  test,
  write,
} from './support/chats.ts'
import { keptText } from './support/kept-text.ts'
import { passwordOf, signInQuickly } from './support/people.ts'
import { DESKTOP, wear } from './support/screens.ts'

const CLIPBOARD = ['clipboard-read', 'clipboard-write']

/** A browser whose profile stays on the disk when it is closed. */
class Profile {
  readonly #folder = mkdtempSync(join(tmpdir(), 'quark-profile-'))
  #context: BrowserContext | undefined

  async open(): Promise<BrowserContext> {
    this.#context = await chromium.launchPersistentContext(this.#folder, {
      ...use?.launchOptions,
      locale: 'en',
      viewport: { width: 1440, height: 900 },
      serviceWorkers: 'block',
      permissions: CLIPBOARD,
    })
    return this.#context
  }

  /** With a cable pulled out: the pages go first, for what they ask must not outlive the cable. */
  async close(): Promise<void> {
    for (const page of this.#context?.pages() ?? []) await page.goto('about:blank')
    await this.#context?.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

test('what is written offline outlives the browser and the session, and goes out once, in order', async ({
  alice,
  bob,
  boat,
  browser,
  station,
}) => {
  test.setTimeout(180_000)
  const raft = await newGroup(alice, 'Raft', [bob])
  const pier = await newGroup(bob, 'Pier', [alice])
  const carol = await newTalker(browser, station.url, 'Carol')
  for (const chat of [boat, raft, pier]) await say(bob, chat, 'hello')
  await using profile = new Profile()
  const before = await profile.open()
  await signInQuickly(before, station.url, alice.username, passwordFor(alice))
  const cable = await Cable.of(before)
  const first = await onPage(before, station.url, alice.username)
  await first.page.goto(`${station.url}/chats`)
  /* What was asked before the browser knows where its log stands is not kept. */
  await expect.poll(() => first.page.evaluate(keptText)).toContain('"epoch"')
  for (const [index, chat] of [raft, pier, boat].entries()) {
    await first.page.locator(`.row[data-chat="${chat}"] .row-link`).click()
    await expect(bubble(first, 'hello')).toBeVisible()
    /* The browser keeps both messages of each. */
    await expect.poll(async () => keptRanges(await first.page.evaluate(keptText))).toBe(index + 1)
  }
  await cable.pull()
  await queue(first, { raft, pier, boat })
  await expectQueue(first)
  await first.page.reload()
  await expectQueue(first)
  await profile.close()
  expect(await queuedIn(bob, pier), 'nothing has gone out yet').toEqual([])

  await removeMember(bob, pier, alice)
  const after = await profile.open()
  const still = await Cable.of(after, 'out')
  const again = await onPage(after, station.url, alice.username)
  await openChat(again, boat)
  await expectQueue(again)
  await after.clearCookies()
  await still.plugIn()
  await again.page.locator('.panes-left .ended').getByRole('link', { name: 'Sign in' }).click()
  await signInOn(again.page, alice)
  await again.page.waitForURL(/\/chats\//)

  await expect(again.page.locator('.talk[data-state]')).toHaveCount(0, { timeout: 60_000 })
  expect(await queuedIn(bob, boat)).toEqual([
    'queued one 0',
    'queued three 0',
    'queued four 0',
    'queued five 0',
    'queued photo 1',
  ])
  await openChat(again, raft)
  await expect(again.page.locator('#composer')).toHaveValue('only begun')

  /* What was meant for the chat one was put out of is said to be lost, and can be copied. */
  const strip = again.page.locator('.panes-left .ended')
  await expect(strip).toContainText('1 message was not sent')
  await strip.getByRole('button', { name: 'Show' }).click()
  await expect(again.page.locator('.wall-gone')).toBeVisible()
  const lost = bubble(again, 'queued for the pier')
  await expect(lost).toHaveAttribute('data-state', 'failed')
  await expect(lost.locator('.talk-failure')).toHaveText(/^Not sent: \S/)
  await lost.getByRole('button', { name: 'Copy' }).click()
  await expect
    .poll(() => again.page.evaluate(() => navigator.clipboard.readText()))
    .toBe('queued for the pier')

  /* Somebody else at the same browser. */
  await after.clearCookies()
  await again.page.goto(`${station.url}/chats`)
  await signInOn(again.page, carol)
  await again.page.waitForURL(/\/chats$/)
  await expect(again.page.locator('#chats[data-ready]')).toBeAttached()
  await again.page.goto(`${station.url}/chats/${pier}`)
  await expect(again.page.getByText('There is no such chat, or it is closed')).toBeVisible()
  await expect(again.page.locator('.row, .ended, .talk')).toHaveCount(0)
  await expect(again.page.locator('#chats')).not.toContainText(/queued|begun|Boat|Pier|Raft/)

  /* The one whose words they are, who then leaves for good. */
  await after.clearCookies()
  await again.page.goto(`${station.url}/chats`)
  await signInOn(again.page, alice)
  await again.page.waitForURL(/\/chats$/)
  await again.page.locator('.panes-left .ended').getByRole('button', { name: 'Show' }).click()
  await expect(bubble(again, 'queued for the pier')).toBeVisible()
  const other = await onPage(after, station.url, alice.username)
  await openChat(other, boat)
  await signOut(again.page)
  await expect(other.page.locator('.panes-left .ended')).toBeVisible()
  await other.page.close()
  expect(await again.page.evaluate(keptText)).toBe('')
  const left = await again.page.evaluate(async () => (await indexedDB.databases()).length)
  expect(left).toBe(0)
  expect(await queuedIn(bob, pier)).toEqual([])
})

function keptRanges(text: string): number {
  return text.split('[[1,2]]').length - 1
}

interface Chats {
  readonly boat: string
  readonly raft: string
  readonly pier: string
}

async function queue(talker: Talker, { boat, raft, pier }: Chats): Promise<void> {
  const { page } = talker
  const open = (chat: string): Promise<void> =>
    page.locator(`.row[data-chat="${chat}"] .row-link`).click()
  await open(raft)
  await page.locator('#composer').fill('only begun')
  await open(pier)
  await write(talker, 'queued for the pier')
  await open(boat)
  for (const text of ['one', 'two', 'three', 'fuor', 'five']) await write(talker, `queued ${text}`)
  const buffer = await heavyPhoto(3_000_000)
  const photo = { name: 'lake.jpg', mimeType: 'image/jpeg', buffer }
  await page.locator('input[type="file"]').setInputFiles(photo)
  await page.getByPlaceholder('Caption').fill('queued photo')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(page.locator('.talk[data-state="waiting"]')).toHaveCount(6)
  await choose(talker, 'queued fuor', /^Edit/)
  await page.getByRole('dialog').getByRole('textbox').fill('queued four')
  await page.getByRole('button', { name: 'Save' }).click()
  await choose(talker, 'queued two', /^Delete message/)
}

async function expectQueue({ page }: Talker): Promise<void> {
  await expect(page.locator('.talk[data-state="waiting"]')).toHaveCount(5)
  await expect(page.locator('.talk[data-state] .bubble-text')).toContainText([
    'queued one',
    'queued three',
    'queued four',
    'queued five',
    'queued photo',
  ])
}

/** What has arrived, with how many pictures each, in order. */
async function queuedIn(talker: Talker, chat: string): Promise<string[]> {
  const input = { chat, before: 1_000, limit: 100 }
  const { items } = await ask<{ items: { text: string; media: object[] }[] }>(
    talker,
    'msg.history',
    input,
  )
  const queued = items.filter(({ text }) => text.startsWith('queued'))
  return queued.map(({ text, media }) => `${text} ${media.length}`)
}

function passwordFor({ username }: Talker): string {
  return passwordOf({ username, displayName: '' })
}

async function signInOn(page: Page, talker: Talker): Promise<void> {
  await expect(page).toHaveURL(/\/auth\/login/)
  await page.locator('[name="login"]').fill(talker.username)
  await page.locator('[name="password"]').fill(passwordFor(talker))
  await page.locator('main button.button-primary').click()
}

async function signOut(page: Page): Promise<void> {
  await page.locator('[popovertarget="my-menu"]').first().click()
  await page.locator('#my-menu form[action="/auth/logout"] button').click()
  await page.waitForURL((url) => url.pathname === '/')
}

test('what is written where the messages cannot be had stands below the reason, and is sent', async ({
  alice,
  bob,
  boat: chat,
}) => {
  await say(bob, chat, 'hello')
  const cable = await Cable.of(alice.context)
  await alice.page.goto(`${alice.url}/chats`)
  await expect(alice.page.locator('.chats[data-ready]')).toBeVisible()
  await cable.pull()
  await alice.page.locator(`.row[data-chat="${chat}"] .row-link`).click()
  await expect(alice.page.locator('.wall-failed')).toBeVisible()
  await write(alice, 'written blindly')
  await expect(bubble(alice, 'written blindly')).toHaveAttribute('data-state', 'waiting')
  await alice.page.locator('#composer').pressSequentially('@b')
  await expect(alice.page.locator('.head-second')).toHaveText('waiting for the network')
  await expect(alice.page.locator('.toast'), 'nobody has asked for anything').toHaveCount(0)
  await alice.page.locator('#composer').fill('')
  await cable.plugIn()
  await openChat(bob, chat)
  await expect(bubble(bob, 'written blindly')).toBeVisible()
  await expect(bubble(alice, 'hello')).toBeVisible()
  await expect(bubble(alice, 'written blindly')).toHaveCount(1)
})

test('a message that gets through ends the waiting for the network', async ({ alice, boat }) => {
  const { page, context } = alice
  const cable = await Cable.of(context)
  await openChat(alice, boat)
  await expect(page.locator('.head-second')).toHaveText(/members/)
  /* Nothing is tried again by itself. */
  await page.evaluate(() => {
    const timeout = globalThis.setTimeout
    const short = (then: () => void, ms = 0): unknown => (ms < 400 ? timeout(then, ms) : 0)
    Object.assign(globalThis, { setTimeout: short })
    Math.random = () => 0.9
  })
  await cable.pull()
  await expect(page.locator('.head-second')).toHaveText('waiting for the network')
  await cable.plugIn({ isNoticed: false })
  await write(alice, 'hello')
  await expect(bubble(alice, 'hello').locator('.talk-tick')).toHaveText('sent')
  await expect(page.locator('.head-second')).toHaveText(/members/)
})

test('why a message was refused is said in the language of the page', async ({ alice, bob }) => {
  const { page, url, context } = alice
  const order = { username: bob.username }
  const { chat } = await ask<{ chat: { id: string } }>(alice, 'chats.open', order)
  const headers = { origin: url }
  await context.request.put(`${url}/api/v1/users/${bob.username}/block`, { headers, data: {} })
  await openChat(alice, chat.id)
  await write(alice, 'to nobody')
  const failure = bubble(alice, 'to nobody').locator('.talk-failure')
  await expect(failure).toContainText('You have blocked this person')
  await wear(page, url, { size: DESKTOP, theme: 'light', locale: 'ru' })
  await openChat(alice, chat.id)
  await expect(failure).toContainText('Этот человек у вас заблокирован')
})
