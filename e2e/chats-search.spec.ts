import { bubble, expect, openChat, say, test } from './support/chats.ts'

test('words are found in every chat and in one, in whatever form they were said', async ({
  alice,
  bob,
  boat: chat,
  station,
}) => {
  await say(bob, chat, 'Встретимся в субботу у старой ёлки')
  for (let number = 1; number <= 120; number++) await say(bob, chat, `number ${number}`)
  await say(bob, chat, 'В другие субботы не выйдет')
  const { page } = alice
  await page.goto(`${station.url}/chats`)

  const search = page.getByPlaceholder('People, chats, messages')
  await search.fill('ce,,jnf')
  const found = page.locator('.list-found .row-found')
  await expect(found).toHaveCount(2)
  await expect(found.first()).toContainText('Bob: В другие субботы')
  await expect(found.nth(1).locator('mark')).toHaveText('субботу')
  await search.fill('bo')
  await expect(page.locator('.list-found')).toContainText('@')
  await expect(page.locator('.list-found .row-title').first()).toHaveText('Boat')
  await search.fill('суббота елка')
  await expect(found).toHaveCount(1)
  await found.first().click()
  await expect(bubble(alice, 'Встретимся')).toBeInViewport()

  await search.fill('')
  await openChat(alice, chat)
  await page.getByRole('button', { name: 'Search this chat' }).click()
  const inChat = page.getByPlaceholder('Search this chat')
  await inChat.fill('суббота')
  await expect(page.locator('.find-count')).toHaveText('1 of 2')
  await expect(bubble(alice, 'В другие').locator('mark')).toHaveText('субботы')
  await inChat.press('Enter')
  await expect(page.locator('.find-count')).toHaveText('2 of 2')
  await expect(bubble(alice, 'Встретимся').locator('mark')).toHaveText('субботу')
  await expect(bubble(alice, 'Встретимся')).toBeInViewport()
  await inChat.fill('number')
  await expect(page.locator('.find-count')).toHaveText('1 of 100+')
  await page.getByRole('button', { name: 'To a later one' }).click()
  await expect(page.locator('.find-count')).toHaveText('100 of 100+')
  await page.getByRole('button', { name: 'To an earlier one' }).click()
  await expect(page.locator('.find-count')).toHaveText('101 of 120')
  await inChat.fill('nothing of this kind')
  await expect(page.locator('.find-count')).toHaveText('Nothing')
  expect([...alice.complaints, ...bob.complaints]).toEqual([])
})
