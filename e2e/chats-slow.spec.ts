import { ask, bubble, expect, openChat, otherDevice, test, write } from './support/chats.ts'

/** Long enough that nothing here has to hurry. */
const SLOW_S = 3_600

test('slow mode counts down where one sends, keeps what is typed, and lets one go on when it ends', async ({
  alice,
  bob,
  boat: chat,
}) => {
  await ask(alice, 'chats.update', { chat, slowModeS: SLOW_S })
  await Promise.all([openChat(alice, chat), openChat(bob, chat)])
  await write(bob, 'one an hour')
  await expect(bubble(alice, 'one an hour')).toBeVisible()

  const send = bob.page.getByRole('button', { name: 'Send', exact: true })
  await expect(send).toHaveText(/^(1:00:00|59:\d\d)$/)
  await expect(send).toHaveAccessibleDescription(
    /^Slow mode: the next message in 3,(600|5\d\d) seconds$/,
  )
  await write(bob, 'too soon')
  await expect(send).toBeDisabled()
  /* It can be pressed all the same, and nothing happens. */
  await send.click({ force: true })
  await expect(bob.page.locator('#composer')).toHaveValue('too soon')
  await expect(bob.page.locator('.talk', { hasText: 'too soon' })).toHaveCount(0)

  await write(alice, 'the owner')
  await write(alice, 'does not wait')
  await expect(bubble(bob, 'does not wait')).toBeVisible()

  await ask(alice, 'chats.update', { chat, slowModeS: 0 })
  await expect(send).toHaveAccessibleDescription('')
  await send.click()
  await expect(bubble(alice, 'too soon')).toBeVisible()
  await expect(bob.page.locator('#composer')).toHaveValue('')
  expect([...alice.complaints, ...bob.complaints]).toEqual([])
})

test('slow mode counts down in every tab and on every device of who has written', async ({
  alice,
  bob,
  boat: chat,
  browser,
}) => {
  await ask(alice, 'chats.update', { chat, slowModeS: SLOW_S })
  await openChat(bob, chat)
  const second = { ...bob, page: await bob.context.newPage() }
  const phone = await otherDevice(browser, bob)
  await Promise.all([openChat(second, chat), openChat(phone, chat)])
  await write(bob, 'one an hour')
  for (const { page } of [bob, second, phone]) {
    await expect(page.getByRole('button', { name: 'Send', exact: true })).toHaveText(
      /^(1:00:00|59:\d\d)$/,
    )
  }
  expect([...alice.complaints, ...bob.complaints, ...phone.complaints]).toEqual([])
})
