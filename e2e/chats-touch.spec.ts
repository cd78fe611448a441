import type { Browser, CDPSession, Locator } from '@playwright/test'
import { ask, bubble, expect, onPage, openChat, say, type Talker, test } from './support/chats.ts'
import { PHONE } from './support/screens.ts'

/** Somebody's phone, and a finger on it. */
async function phoneOf(browser: Browser, { context, url, username }: Talker) {
  const phone = await browser.newContext({
    hasTouch: true,
    isMobile: true,
    locale: 'en',
    viewport: PHONE,
    storageState: await context.storageState(),
  })
  const me = await onPage(phone, url, username)
  return { me, page: me.page, finger: await phone.newCDPSession(me.page) }
}

type Way = { readonly x: number; readonly y: number }
const TOUCH = 'Input.dispatchTouchEvent'

async function middleOf(element: Locator): Promise<Way> {
  const { x, y, width, height } = (await element.boundingBox()) ?? {
    x: 0,
    y: 0,
    width: 0,
    height: 0,
  }
  return { x: x + width / 2, y: y + height / 2 }
}

/** Goes so far from the middle, and stays there. */
async function press(finger: CDPSession, element: Locator, way?: Way): Promise<void> {
  const from = await middleOf(element)
  await finger.send(TOUCH, { type: 'touchStart', touchPoints: [from] })
  for (const part of way ? [0.25, 0.5, 0.75, 1] : []) {
    const to = { x: from.x + (way?.x ?? 0) * part, y: from.y + (way?.y ?? 0) * part }
    await finger.send(TOUCH, { type: 'touchMove', touchPoints: [to] })
  }
}

async function letGo(finger: CDPSession): Promise<void> {
  await finger.send(TOUCH, { type: 'touchEnd', touchPoints: [] })
}

test('a long press opens the menu of a message, and on a reaction who has reacted', async ({
  alice,
  bob,
  boat: chat,
  browser,
}) => {
  const { seq } = await say(bob, chat, 'When do we sail?')
  await ask(bob, 'msg.react', { chat, seq, emoji: '👍' })
  const { me, page, finger } = await phoneOf(browser, alice)
  await openChat(me, chat)
  const message = bubble(me, 'When do we sail?')
  await press(finger, message.locator('.bubble-text'))
  const menu = page.getByRole('menu')
  await expect(menu).toBeVisible()
  await letGo(finger)
  await expect(menu.getByRole('menuitem', { name: 'Reply' })).toBeInViewport()
  await expect(page.locator('.ctx-held')).toContainText('When do we sail?')
  await menu.getByRole('menuitem', { name: 'Reply' }).tap()
  await expect(menu).toHaveCount(0)
  await expect(page.locator('.composer-context')).toContainText('When do we sail?')

  await press(finger, message.locator('.reaction'))
  const who = page.getByRole('dialog')
  await expect(who).toContainText('Bob')
  await letGo(finger)
  await expect(who).toBeVisible()
  await expect(message.locator('.reaction')).toHaveAttribute('aria-pressed', 'false')
  expect(me.complaints).toEqual([])
  await page.context().close()
})

test('a swipe to the left answers; a short one, one to the right and a scroll do not', async ({
  alice,
  bob,
  boat: chat,
  browser,
}) => {
  for (let n = 1; n <= 12; n++)
    await say(bob, chat, `fog ${n}, and a line below it\nthat is longer`)
  const { me, page, finger } = await phoneOf(browser, alice)
  await openChat(me, chat)
  const message = bubble(me, 'fog 9,')
  const answered = page.locator('.composer-context')
  for (const way of [
    { x: -40, y: 2 },
    { x: 90, y: 2 },
    { x: -60, y: 70 },
  ]) {
    await press(finger, message, way)
    await letGo(finger)
    await expect(message).not.toHaveCSS('translate', /px/)
    await expect(answered).toHaveCount(0)
  }
  await press(finger, message, { x: -70, y: 4 })
  await expect(message).toHaveCSS('translate', '-70px')
  await letGo(finger)
  await expect(answered).toContainText('fog 9,')
  await expect(message).not.toHaveCSS('translate', /px/)
  await expect(page.getByRole('menu')).toHaveCount(0)
  expect(me.complaints).toEqual([])
  await page.context().close()
})
