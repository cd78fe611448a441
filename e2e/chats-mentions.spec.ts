import { ask, bubble, expect, openChat, say, test } from './support/chats.ts'

/** More than two pages of a history, so that what is far is not loaded. */
const BETWEEN = 120

test('unread mentions are walked to wherever they are, and fewer with each that is seen', async ({
  alice,
  bob,
  boat: chat,
}) => {
  test.setTimeout(120_000)
  const { page } = alice
  const own = await say(alice, chat, 'When do we sail?')
  const pause = async (name: string): Promise<void> => {
    for (let n = 1; n <= BETWEEN; n++) await say(bob, chat, `${name} ${n}`)
  }
  await pause('fog')
  await say(bob, chat, `far away, @${alice.username}`)
  await pause('ice')
  await say(bob, chat, 'at seven', { reply: { seq: own.seq } })
  await pause('rain')
  const { seq: last } = await say(bob, chat, `the last one, @${alice.username}`)

  await openChat(alice, chat)
  const next = page.getByRole('button', { name: /^To the next mention/ })
  await expect(next).toHaveAccessibleName('To the next mention, 3 left')
  await expect(bubble(alice, 'far away')).toHaveCount(0)
  await next.focus()
  /* It is pointed out for a moment only: looked for before the press. */
  const pointedOut = page.waitForSelector('.talk-flash:has-text("far away")')
  await page.keyboard.press('Enter')
  await pointedOut
  await expect(bubble(alice, 'far away')).toBeInViewport()
  await expect(next).toHaveAccessibleName('To the next mention, 2 left')

  await page.keyboard.press('Enter')
  await expect(bubble(alice, 'at seven')).toBeInViewport()
  await expect(next).toHaveAccessibleName('To the next mention, 1 left')

  /* Deleted before it is seen: there is nothing left to go to. */
  await ask(bob, 'msg.delete', { chat, seqs: [last], for: 'all' })
  await expect(next).toHaveCount(0)
  await expect(page.locator('.wall-scroll')).toBeFocused()

  await page.goto(`${alice.url}/chats`)
  await say(bob, chat, `back again, @${alice.username}`)
  await expect(page.locator('.row', { hasText: 'Boat' }).getByText('@')).toBeVisible()
  await openChat(alice, chat)
  await next.click()
  await expect(bubble(alice, 'back again')).toBeInViewport()
  await expect(next).toHaveCount(0)
  expect([...alice.complaints, ...bob.complaints]).toEqual([])
})
