import type { APIRequestContext, Browser, BrowserContext, Locator, Page } from '@playwright/test'
import { complaintsOf } from './complaints.ts'
import { passwordOf, registerQuickly, signInQuickly } from './people.ts'
import { test as base, expect } from './station.ts'

let people = 0
let numbers = 0
/** Devices of the test that runs; they are gone with it. */
const devices = new Set<BrowserContext>()

/** Who talks in most tests; each is made when a test asks for them. */
interface Talk {
  readonly alice: Talker
  readonly bob: Talker
  /** A group of both that is Alice's. */
  readonly boat: string
  readonly leaving: void
}

/** Playwright's `test` with people who talk. */
export const test = base.extend<Talk>({
  alice: async ({ browser, station }, use) => use(await newTalker(browser, station.url, 'Alice')),
  bob: async ({ browser, station }, use) => use(await newTalker(browser, station.url, 'Bob')),
  boat: async ({ alice, bob }, use) => use(await newGroup(alice, 'Boat', [bob])),
  leaving: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the needs of a fixture from this pattern
    async ({}, use) => {
      await use()
      await Promise.all([...devices].map((context) => context.close()))
      devices.clear()
    },
    { auto: true },
  ],
})

export { expect } from './station.ts'

/** Somebody with a device; more devices are further visitors of the same name. */
export interface Talker {
  readonly username: string
  readonly context: BrowserContext
  readonly page: Page
  readonly complaints: readonly string[]
  readonly url: string
}

/** A new person on a new device. */
export async function newTalker(
  browser: Browser,
  url: string,
  displayName: string,
): Promise<Talker> {
  const username = `t${process.pid}x${++people}`
  const context = await newDevice(browser)
  await registerQuickly(context, url, { username, displayName })
  return onPage(context, url, username)
}

/** Another device of somebody. */
export async function otherDevice(browser: Browser, { url, username }: Talker): Promise<Talker> {
  const context = await newDevice(browser)
  const password = passwordOf({ username, displayName: '' })
  await signInQuickly(context, url, username, password)
  return onPage(context, url, username)
}

async function newDevice(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: 'en', viewport: { width: 1440, height: 900 } })
  devices.add(context)
  return context
}

/** A page of somebody whose device this is. */
export async function onPage(
  context: BrowserContext,
  url: string,
  username: string,
): Promise<Talker> {
  const page = await context.newPage()
  return { username, context, page, complaints: await complaintsOf(page), url }
}

/** Asks a method of the station as this person, past the page. */
export async function ask<Answer>(
  { context, url }: Pick<Talker, 'context' | 'url'>,
  method: string,
  data: object,
): Promise<Answer> {
  const request: APIRequestContext = context.request
  const answer = await request.post(`${url}/api/v1/rt/${method}`, {
    headers: { origin: url },
    data,
  })
  expect(answer.status(), `${method}: ${await answer.text()}`).toBe(200)
  return (await answer.json()) as Answer
}

export interface Sent {
  readonly seq: number
}

/** Says something past the page. */
export function say(talker: Talker, chat: string, text: string, more: object = {}): Promise<Sent> {
  const cid = `e2e-${process.pid}-${++numbers}`
  return ask<Sent>(talker, 'msg.send', { chat, cid, text, ...more })
}

export async function newGroup(
  owner: Talker,
  title: string,
  members: readonly Talker[],
): Promise<string> {
  const { chat } = await ask<{ chat: { id: string } }>(owner, 'chats.create', {
    type: 'group',
    title,
    members: members.map(({ username }) => username),
  })
  return chat.id
}

export async function removeMember(
  admin: Talker,
  chat: string,
  { username }: Pick<Talker, 'username'>,
): Promise<void> {
  const { items } = await ask<{ items: { user: { id: string; username: string } }[] }>(
    admin,
    'members.list',
    { chat },
  )
  const user = items.find((each) => each.user.username === username)?.user.id
  await ask(admin, 'members.remove', { chat, user })
}

/** Opens the messenger at a chat, and waits until its messages stand there. */
export async function openChat({ page, url }: Talker, chat: string): Promise<void> {
  await page.goto(`${url}/chats/${chat}`)
  await expect(page.locator('.wall[data-loaded="true"]')).toBeVisible()
}

/** The last message in which this stands. */
export function bubble({ page }: Talker, text: string): Locator {
  return page.locator('.talk', { hasText: text }).last()
}

export async function write({ page }: Talker, text: string): Promise<void> {
  await page.locator('#composer').fill(text)
  await page.keyboard.press('Enter')
}

/** Chooses from the menu of a message. */
export async function choose(talker: Talker, text: string, item: RegExp): Promise<void> {
  await bubble(talker, text).locator('.bubble').click({ button: 'right' })
  await talker.page.getByRole('menuitem', { name: item }).click()
}
