import type { Page, WebSocket } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { sharedData } from '../test/support/shared-data.ts'
import {
  ask,
  bubble,
  choose,
  expect,
  newGroup,
  newTalker,
  openChat,
  otherDevice,
  say,
  type Talker,
  test,
  write,
} from './support/chats.ts'

const NAUGHTY = sharedData('blns.json')
/** The station starts, and who waits for it tries again. */
const BACK = { timeout: 30_000 }

test('two people: typing, ticks, answers, reactions, edits and deletions', async ({
  alice,
  bob,
  station,
}) => {
  await alice.page.goto(`${station.url}/chats/@${bob.username}`)
  await expect(alice.page.locator('.head-words strong')).toHaveText('Bob')
  await bob.page.goto(`${station.url}/chats`)
  await write(alice, 'Fog on the **lake**')
  const row = bob.page.locator('.row', { hasText: 'Fog on the lake' })
  await expect(row.locator('.count')).toHaveText(/^1/)
  await expect(bubble(alice, 'Fog').locator('.talk-tick')).toHaveText('sent')

  await row.click()
  await expect(bubble(bob, 'Fog').locator('strong')).toHaveText('lake')
  await expect(bubble(alice, 'Fog').locator('.talk-tick')).toContainText('read')
  await bob.page.locator('#composer').pressSequentially('Wh')
  await expect(alice.page.locator('.head-typing')).toContainText('is typing')
  await bob.page.locator('#composer').fill('')

  await choose(bob, 'Fog', /^Reply/)
  await write(bob, 'And ice')
  await expect(bubble(alice, 'And ice').locator('.answer')).toContainText('Fog on the lake')
  await bubble(alice, 'And ice').locator('.bubble').click({ button: 'right' })
  await alice.page.getByRole('button', { name: 'React with 🔥' }).click()
  await expect(bubble(bob, 'And ice').locator('.reaction')).toHaveAccessibleName('🔥, 1')

  await alice.page.locator('#composer').press('ArrowUp')
  await expect(alice.page.locator('#composer')).toHaveValue('Fog on the **lake**')
  await write(alice, 'Fog on the _bay_')
  await expect(bubble(bob, 'Fog on the bay').locator('em')).toHaveText('bay')
  await expect(bubble(bob, 'Fog on the bay')).toContainText('edited')

  await choose(alice, 'Fog on the bay', /^Delete message/)
  await alice.page.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(bubble(bob, 'Fog on the bay')).toHaveCount(0)
  await expect(bubble(alice, 'Fog on the bay')).toHaveCount(0)
  expect([...alice.complaints, ...bob.complaints]).toEqual([])
})

test('hostile words stand there as they are', async ({ browser, station }) => {
  test.skip(NAUGHTY.needed.skip !== undefined, NAUGHTY.needed.skip)
  const alice = await newTalker(browser, station.url, '<img src=x onerror=alert(1)>')
  const bob = await newTalker(browser, station.url, '"><svg onload=alert(2)>')
  const title = '</title><script>alert(3)</script>{{7*7}}${7*7}'
  const chat = await newGroup(alice, title, [bob])
  await openChat(bob, chat)
  const all = JSON.parse(readFileSync(NAUGHTY.path, 'utf8')) as string[]
  const hostile = all.filter((text) => /[<>{}$`\\]|script|\u202e|\u0300|__proto__/i.test(text))
  const links = ['[here](javascript:alert(4))', '[x](data:text/html,<script>alert(5)</script>)']
  const texts = [...hostile.slice(0, 60), ...links, 'ä\u0308'.repeat(500), 'W'.repeat(4_000)]
  let sent = 0
  for (const text of texts) {
    const answer = await alice.context.request.post(`${station.url}/api/v1/rt/msg.send`, {
      headers: { origin: station.url },
      data: { chat, cid: `hostile-${sent}`, text, entities: [] },
    })
    expect(answer.status()).toBeLessThan(500)
    if (answer.ok()) sent += 1
  }
  expect(sent).toBeGreaterThan(40)
  await expect.poll(() => bob.page.locator('.talk').count()).toBeGreaterThan(40)
  await expect(bob.page.locator('.head-words strong')).toHaveText(title)
  await expect(bob.page.locator('.bubble-name').first()).toHaveText('<img src=x onerror=alert(1)>')
  const shown = await bob.page.locator('.bubble-text').allTextContents()
  expect(shown.some((text) => text.includes('<script>'))).toBe(true)
  expect(await bob.page.locator('.talk :is(script, iframe, [onerror], [onload])').count()).toBe(0)
  const addresses = await bob.page
    .locator('.talk a')
    .evaluateAll((found) => found.map((link) => (link as HTMLAnchorElement).protocol))
  expect(addresses.filter((protocol) => !/^(?:https?|mailto):$/.test(protocol))).toEqual([])
  expect(await widerThanWindow(bob.page)).toBeLessThanOrEqual(0)
  expect([...alice.complaints, ...bob.complaints]).toEqual([])
})

test('a second tab knows who is here as well', async ({ alice, bob }) => {
  const { chat } = await ask<{ chat: { id: string } }>(alice, 'chats.create', {
    type: 'private',
    members: [bob.username],
  })
  await openChat(bob, chat.id)
  const second = { ...alice, page: await alice.context.newPage() }
  for (const tab of [alice, second]) {
    await openChat(tab, chat.id)
    await expect(tab.page.locator('.head-second')).toHaveText('online')
  }
})

test('tabs hold one socket, and every browser comes back after a power failure', async ({
  alice,
  bob,
  boat: chat,
  browser,
  station,
}) => {
  const open = new Map<WebSocket, Page>()
  const sockets = (): number => [...open.values()].filter((page) => !page.isClosed()).length
  alice.context.on('page', (page) =>
    page.on('websocket', (socket) => {
      open.set(socket, page)
      socket.on('close', () => open.delete(socket))
    }),
  )
  const tab = async (): Promise<Talker> => ({ ...alice, page: await alice.context.newPage() })
  const [first, second] = [await tab(), await tab()]
  await openChat(first, chat)
  await expect(first.page.locator('.head-second')).toContainText('member')
  await openChat(second, chat)
  const phone = await otherDevice(browser, alice)
  await openChat(phone, chat)
  await say(bob, chat, 'for all')
  for (const each of [first, second, phone]) await expect(bubble(each, 'for all')).toBeVisible()
  expect(sockets()).toBe(1)

  const back = station.crashAndRestart()
  await write(second, 'said in the dark')
  await second.page.locator('#composer').fill('only begun')
  await write(phone, 'and elsewhere')
  await back
  for (const { page } of [first, second, phone]) {
    await page.evaluate(() => dispatchEvent(new Event('online')))
  }
  for (const each of [first, second, phone]) {
    for (const text of ['said in the dark', 'and elsewhere']) {
      await expect(each.page.locator('.talk', { hasText: text })).toHaveCount(1, BACK)
      await expect(bubble(each, text).locator('.talk-tick')).toHaveText('sent', BACK)
    }
  }
  await expect(phone.page.locator('#composer')).toHaveValue('only begun', BACK)
  await expect.poll(sockets).toBe(1)
  const { items } = await ask<{ items: { kind: string; text: string }[] }>(bob, 'msg.history', {
    chat,
  })
  const said = items.filter(({ kind }) => kind === 'text').map(({ text }) => text)
  expect(said.toSorted()).toEqual(['and elsewhere', 'for all', 'said in the dark'])

  await first.page.close()
  await say(bob, chat, 'for those that are left')
  await expect(bubble(second, 'for those that are left')).toBeVisible(BACK)
  await expect.poll(sockets).toBe(1)
})

function widerThanWindow(page: Page): Promise<number> {
  return page.evaluate(() => {
    const wall = document.querySelector('.wall-scroll')
    return (wall?.scrollWidth ?? 0) - (wall?.clientWidth ?? 0)
  })
}
