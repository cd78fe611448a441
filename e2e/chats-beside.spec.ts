import { ask, expect, newTalker, openChat, say, test } from './support/chats.ts'
import { PHONE } from './support/screens.ts'

test('whoever asks to come in stands in open details at once, and the notice leads there', async ({
  alice,
  boat: chat,
  browser,
  station,
}) => {
  const { page } = alice
  const { token } = await ask<{ token: string }>(alice, 'invites.create', { chat, approval: true })
  await openChat(alice, chat)
  const asks = page.getByRole('region', { name: '1 request' })
  await expect(page.locator('.letting-in')).toBeVisible()
  await expect(asks).toHaveCount(0)
  const carol = await newTalker(browser, station.url, 'Carol')
  await ask(carol, 'invites.join', { token })
  await expect(asks).toContainText('Carol')

  await page.setViewportSize(PHONE)
  await page.goto(`${station.url}/notifications`)
  await page.getByRole('link', { name: /asks to join/ }).click()
  await expect(page).toHaveURL(new RegExp(`/chats/${chat}\\?requests`))
  await expect(asks).toBeInViewport()
  await asks.getByRole('button', { name: /Carol/ }).first().click()
  await expect(asks).toHaveCount(0)
  for (const { complaints } of [alice, carol]) expect(complaints).toEqual([])
})

test('details tell how many are here, a channel has a bell, and a chat that is over leaves no gap', async ({
  alice,
  bob,
  boat: chat,
}) => {
  await openChat(bob, chat)
  await openChat(alice, chat)
  await expect(alice.page.locator('.details-second')).toHaveText('2 members, 2 online')

  const order = { type: 'channel', title: 'News', members: [bob.username] }
  const { chat: news } = await ask<{ chat: { id: string } }>(alice, 'chats.create', order)
  await say(alice, news.id, 'Fog again')
  await openChat(bob, news.id)
  const head = bob.page.locator('.head')
  await head.getByRole('button', { name: 'Mute' }).click()
  await bob.page.keyboard.press('Escape')
  await ask(bob, 'chats.mute', { chat: news.id, until: '9999-12-31T00:00:00.000Z' })
  await expect(head.getByRole('button', { name: 'Unmute' })).toBeVisible()

  const columns = (): Promise<number> =>
    bob.page
      .locator('.panes')
      .evaluate((panes) => getComputedStyle(panes).gridTemplateColumns.split(' ').length)
  expect(await columns()).toBe(3)
  await ask(alice, 'chats.delete', { chat: news.id, for: 'all' })
  await expect(bob.page.locator('.wall-gone')).toBeVisible()
  expect(await columns()).toBe(2)
  for (const { complaints } of [alice, bob]) expect(complaints).toEqual([])
})
