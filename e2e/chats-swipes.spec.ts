import type { CDPSession, Locator } from '@playwright/test'
import { signInQuickly, passwordOf } from './support/people.ts'
import { ask, bubble, expect, onPage, openChat, say, type Sent, test } from './support/chats.ts'
import { PHONE } from './support/screens.ts'

test('a finger answers, reads, mutes and archives by swipes, and a hashtag is searched for in the chat', async ({
  alice,
  bob,
  boat: chat,
  browser,
}) => {
  const context = await browser.newContext({ locale: 'en', viewport: PHONE, hasTouch: true })
  const password = passwordOf({ username: alice.username, displayName: '' })
  await signInQuickly(context, alice.url, alice.username, password)
  const phone = await onPage(context, alice.url, alice.username)
  const { page } = phone
  const finger = await context.newCDPSession(page)
  const { seq } = await say(bob, chat, 'who brings the thermos? #ice')
  await page.goto(alice.url)
  await page.goto(`${alice.url}/chats`)
  const row = page.locator(`.row[data-chat="${chat}"]`)
  await expect(row.locator('.count')).toBeVisible()

  await swipe(finger, row, 200)
  await expect(row.locator('.count')).toHaveCount(0)
  /* A row that is drawn anew meanwhile goes on with the finger. */
  await swipe(finger, row, -130, async () => {
    await ask(bob, 'msg.edit', { chat, seq, text: 'who brings the cups? #ice' })
    await expect(row).toContainText('the cups')
  })
  /* Browsers take no tap for a moment after a swipe, but the mouse. */
  await row.getByText('Mute').click()
  await page.getByRole('button', { name: 'For an hour' }).click()
  await expect(row.locator('.row-muted')).toBeVisible()
  await expect(row, 'what was uncovered has been used').toHaveAttribute('data-shift', '0')
  await swipe(finger, row, -330)
  await expect(row).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(row).toBeVisible()
  await expect(page, 'the browser has not gone back').toHaveURL(`${alice.url}/chats`)

  await openChat(phone, chat)
  const question = bubble(phone, 'who brings')
  await swipe(finger, question.locator('.bubble'), -100)
  await expect(page.locator('.composer-context')).toContainText('who brings the cups?')
  await page.locator('#composer').fill('I do')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(bubble(phone, 'I do').locator('.answer')).toContainText('who brings')

  await page.locator('#composer').fill('a cup')
  await page.locator('#composer').selectText()
  await page.getByRole('button', { name: 'Bold' }).click()
  await expect(page.locator('#composer')).toHaveValue('**a cup**')
  await page.locator('.talk a', { hasText: '#ice' }).click()
  await expect(page.getByPlaceholder('Search this chat')).toHaveValue('#ice')
  await expect(page.locator('.find-count')).toHaveText('1 of 1')
  expect([...phone.complaints, ...bob.complaints]).toEqual([])
  await context.close()
  const { items } = await ask<{ items: readonly Sent[] }>(alice, 'msg.history', { chat })
  expect(items).toHaveLength(3)
})

/** Sideways, from the end that is further away. */
async function swipe(
  finger: CDPSession,
  what: Locator,
  by: number,
  midway?: () => Promise<unknown>,
): Promise<void> {
  const { x, y, width, height } = (await what.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const from = { x: by < 0 ? x + width - 12 : x + 24, y: y + height / 2 }
  const event = 'Input.dispatchTouchEvent'
  await finger.send(event, { type: 'touchStart', touchPoints: [from] })
  for (let part = 1; part <= 6; part++) {
    const touchPoints = [{ x: from.x + (by * part) / 6, y: from.y }]
    await finger.send(event, { type: 'touchMove', touchPoints })
    if (part === 4) await midway?.()
  }
  await finger.send(event, { type: 'touchEnd', touchPoints: [] })
}
