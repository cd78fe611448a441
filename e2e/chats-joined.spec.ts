import sharp from 'sharp'
import { axeFindings } from './support/accessibility.ts'
import { ask, bubble, expect, openChat, say, type Talker, test } from './support/chats.ts'

async function newChannel(owner: Talker): Promise<string> {
  const order = { type: 'channel', title: 'News of the lake', about: 'Fog', slug: 'lake-news' }
  return (await ask<{ chat: { id: string } }>(owner, 'chats.create', order)).chat.id
}

test('a channel has a photo and a page, a link has a card, and words become a draft', async ({
  alice,
  browser,
  station,
}) => {
  const chat = await newChannel(alice)
  const { page } = alice
  await openChat(alice, chat)
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  const color = { width: 400, height: 300, channels: 3, background: '#6aa7c8' } as const
  const buffer = await sharp({ create: color }).png().toBuffer()
  const photo = { name: 'lake.png', mimeType: 'image/png', buffer }
  await page.locator('.photo-field input').setInputFiles(photo)
  await expect(page.locator('.photo-field img.avatar')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.locator('.details-who img.avatar')).toBeVisible()

  await say(alice, chat, 'Fog over the **bay**, see [the page](/channel/lake-news)')
  await expect(page.locator('.preview')).toContainText('News of the lake')
  const reader = await browser.newPage({ javaScriptEnabled: false })
  await reader.goto(`${station.url}/channel/lake-news`)
  await expect(reader.locator('.channel-post strong').first()).toHaveText('bay')
  await expect(reader.locator('.channel-head img')).toBeVisible()
  await reader.context().close()
  await page.locator('.preview').hover()
  await page.getByRole('button', { name: 'Take the card away' }).click()
  await expect(page.locator('.preview')).toHaveCount(0)

  await bubble(alice, 'Fog over').locator('.bubble').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'To a draft' }).click()
  await page.waitForURL(/\/write\/[\w-]+$/)
  await expect(page.locator('textarea[name="markdown"]')).toHaveValue(/Fog over the \*\*bay\*\*/)
  await page.goto(`${station.url}/channel/lake-news`)
  expect(await axeFindings(page)).toEqual([])
  expect(alice.complaints).toEqual([])
})

/** Notifications that pages of this context have shown, and nobody who looks at them. */
async function withoutEyes(talker: Talker, permission: NotificationPermission): Promise<string[]> {
  const shown: string[] = []
  await talker.context.exposeFunction('hearNotification', (title: string) => shown.push(title))
  await talker.context.addInitScript((allowed) => {
    const world = window as unknown as { hearNotification(title: string): void }
    function Shown(title: string): EventTarget {
      world.hearNotification(title)
      return Object.assign(new EventTarget(), { close: () => undefined })
    }
    const requestPermission = async (): Promise<string> => {
      Object.assign(Shown, { permission: 'granted' })
      return 'granted'
    }
    Object.assign(Shown, { permission: allowed, requestPermission })
    Object.defineProperty(window, 'Notification', { value: Shown })
    document.hasFocus = () => false
  }, permission)
  return shown
}

test('asked quietly, then told once of each message, however many tabs there are', async ({
  alice,
  bob,
  station,
}) => {
  const shown = await withoutEyes(alice, 'default')
  const { chat } = await ask<{ chat: { id: string } }>(bob, 'chats.open', {
    username: alice.username,
  })
  await alice.page.goto(`${station.url}/chats`)
  const second = await alice.context.newPage()
  await second.goto(`${station.url}/chats`)
  await expect(second.locator('.chats[data-ready]')).toBeVisible()
  /* What comes before a tab is live is found in the list, and is no news. */
  let said = 0
  await expect(async () => {
    await say(bob, chat.id, 'one')
    said += 1
    for (const page of [alice.page, second]) {
      await expect(page.locator('.news-strip')).toBeVisible({ timeout: 1_000 })
    }
  }).toPass()
  for (const page of [alice.page, second]) {
    await expect(page.locator('.row .count > [aria-hidden]')).toHaveText(String(said))
  }
  expect(shown).toEqual([])
  for (const page of [alice.page, second]) {
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await expect(page.locator('.news-strip')).toHaveCount(0)
  }
  for (const text of ['two', 'three']) await say(bob, chat.id, text)
  await expect.poll(() => shown.length).toBe(2)
  await expect(second.locator('.row', { hasText: 'three' })).toBeVisible()
  expect(shown).toEqual(['Bob', 'Bob'])
  expect(alice.complaints).toEqual([])
})

test('somebody is kept away and let back from the details of a chat', async ({ alice, bob }) => {
  const { page } = alice
  const order = { username: bob.username }
  const { chat } = await ask<{ chat: { id: string } }>(alice, 'chats.open', order)
  await openChat(alice, chat.id)
  await page.getByRole('button', { name: 'Block Bob' }).click()
  await page.getByRole('button', { name: 'Block', exact: true }).click()
  await page.getByRole('button', { name: 'Unblock Bob' }).click()
  await expect(page.getByRole('button', { name: 'Block Bob' })).toBeVisible()
  await page.getByRole('link', { name: 'Report' }).click()
  await expect(page).toHaveURL(/\/report\?about=user%2F/)
  expect(alice.complaints).toEqual([])
})
