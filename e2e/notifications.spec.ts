import type { CDPSession, Locator, Page, Route } from '@playwright/test'
import { axeFindings } from './support/accessibility.ts'
import { expect, newTalker, otherDevice, type Talker, test } from './support/chats.ts'
import { DESKTOP, type Look, PHONE, wear } from './support/screens.ts'
import { shoot, WANTS_SHOTS } from './support/shots.ts'

const LOOKS: readonly Look[] = [
  { size: DESKTOP, theme: 'light', locale: 'en' },
  { size: DESKTOP, theme: 'dark', locale: 'ru' },
  { size: PHONE, theme: 'dark', locale: 'en' },
  { size: PHONE, theme: 'light', locale: 'ru' },
]

async function follow({ context, url }: Talker, username: string): Promise<void> {
  const path = `${url}/api/v1/users/${username}/follow`
  expect((await context.request.put(path, { headers: { origin: url } })).ok()).toBe(true)
}

function unread(page: Page) {
  return page.locator('.note-unread')
}

test('what has happened stands on the page and over any other, is filtered and read', async ({
  browser,
  alice,
  bob,
}) => {
  const { page, url, username } = alice
  await follow(bob, username)
  await otherDevice(browser, alice)
  await page.goto(`${url}/notifications`)
  await expect(unread(page)).toHaveCount(2)
  await expect(page.locator('.note', { hasText: 'Bob' })).toContainText('now reads you')
  await expect(page.locator('.note', { hasText: 'new device' })).toBeVisible()
  /* There is one group a member is told of, so there is nothing to filter. */
  await expect(page.locator('.notes-filters')).toHaveCount(0)
  /* Who is here already hears of it too: nothing is read by “Mark all” that was not to be seen. */
  await follow(await newTalker(browser, url, 'Dave'), username)
  await expect(page.locator('.note', { hasText: 'Dave' })).toBeVisible()

  await page.goto(`${url}/settings`)
  await page.locator('.rail a[href="/notifications"]').click()
  const panel = page.locator('.notes-over')
  await expect(panel.locator('.note-unread')).toHaveCount(2)
  await follow(await newTalker(browser, url, 'Carol'), username)
  await expect(panel.locator('.note', { hasText: 'Carol' })).toBeVisible()
  await panel.getByRole('button', { name: 'Mark all as read' }).click()
  await expect(panel.locator('.note-unread')).toHaveCount(0)
  await expect(page.locator('.rail a[href="/notifications"] .badge')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  await expect(page.locator('.rail a[href="/notifications"]')).toBeFocused()

  await page.goto(`${url}/notifications`)
  await page.locator('.note a', { hasText: 'Carol' }).click()
  await expect(page).toHaveURL(/\/followers$/)
  expect(alice.complaints).toEqual([])
})

test('a line is read, silenced and told again by the keyboard, and the bell counts along', async ({
  browser,
  alice,
  bob,
}) => {
  const { page, url, username } = alice
  await follow(bob, username)
  await otherDevice(browser, alice)
  for (const place of ['/notifications', '/settings']) {
    await page.goto(url + place)
    const badge = page.locator('.rail a[href="/notifications"] .badge')
    await expect(badge).toHaveText('2')
    if (place === '/settings') {
      await page.locator('.rail a[href="/notifications"]').focus()
      await page.keyboard.press('Enter')
    }
    const line = page.locator('.note', { hasText: 'Bob' })
    const more = line.locator('.note-more')
    await more.focus()
    await page.keyboard.press('Enter')
    await expect(line.getByRole('button', { name: 'Mark as read' })).toBeVisible()
    expect(await axeFindings(page)).toEqual([])
    if (WANTS_SHOTS) await shoot(page, `notifications-menu${place.replace('/', '-')}`)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect(line).not.toHaveClass(/note-unread/)
    await expect(badge).toHaveText('1')
    await expect(more).toBeFocused()
    await more.press('Enter')
    const answer = Promise.withResolvers<void>()
    const late = (route: Route): Promise<void> => answer.promise.then(() => route.continue())
    await page.route('**/reading', late, { times: 1 })
    await line.getByRole('button', { name: 'Mark as unread' }).click()
    await more.press('Enter')
    const silence = line.getByRole('button', { name: 'Stop telling: New readers' })
    await expect(silence).toBeVisible()
    answer.resolve()
    await expect(line).toHaveClass(/note-unread/)
    await expect(badge).toHaveText('2')
    await silence.click()
    const toast = page.locator('.undo-toast')
    await expect(toast).toContainText('No longer told: New readers')
    await toast.getByRole('button', { name: 'Undo' }).click()
    await expect(toast).toHaveCount(0)
    await more.press('Enter')
    await expect(silence).toBeVisible()
    await page.keyboard.press('Escape')
  }
  expect(alice.complaints).toEqual([])
})

test('a swipe reads a line, a short one and a scroll do not', async ({ browser, alice, bob }) => {
  const { url, username } = alice
  await follow(bob, username)
  const context = await browser.newContext({
    hasTouch: true,
    isMobile: true,
    viewport: PHONE,
    storageState: await alice.context.storageState(),
  })
  const phone = await context.newPage()
  await phone.goto(`${url}/notifications`)
  const line = phone.locator('.note', { hasText: 'Bob' })
  const finger = await context.newCDPSession(phone)
  await drag(finger, line, 40, 0)
  await drag(finger, line, 0, 60)
  await expect(line).toHaveClass(/note-unread/)
  await expect(phone).toHaveURL(/notifications$/)
  await drag(finger, line, 120, 4)
  await expect(line).not.toHaveClass(/note-unread/)
  await expect(phone.locator('.tabs a[href="/notifications"] .badge')).toHaveCount(0)
  await drag(finger, line, -120, 4)
  await expect(line).toHaveClass(/note-unread/)
  await expect(phone.locator('.tabs a[href="/notifications"] .badge')).toHaveText('1')
  await context.close()
})

/** A finger goes so far from the beginning of the line, and lets go. */
async function drag(finger: CDPSession, line: Locator, x: number, y: number): Promise<void> {
  const from = { x: 60, y: 20 }
  /* The list may just be drawn anew. */
  await expect(async () => {
    const box = await line.boundingBox()
    expect(box).not.toBeNull()
    from.x = (box?.x ?? 0) + 60
    from.y = (box?.y ?? 0) + 20
  }).toPass()
  const event = 'Input.dispatchTouchEvent'
  await finger.send(event, { type: 'touchStart', touchPoints: [from] })
  for (const part of [0.25, 0.5, 0.75, 1]) {
    const touchPoints = [{ x: from.x + x * part, y: from.y + y * part }]
    await finger.send(event, { type: 'touchMove', touchPoints })
  }
  await finger.send(event, { type: 'touchEnd', touchPoints: [] })
}

test('the icon of the app counts the bell and the chats, whichever changed last', async ({
  alice,
  bob,
}) => {
  const { page, url, username } = alice
  await page.addInitScript(() => {
    Object.assign(navigator, {
      setAppBadge: async (count: number) => {
        document.documentElement.dataset['appBadge'] = String(count)
      },
    })
  })
  const html = page.locator('html')
  await follow(bob, username)
  await page.goto(`${url}/chats`)
  await expect(html).toHaveAttribute('data-app-badge', '1')
  const made = await bob.context.request.post(`${url}/api/v1/chats`, {
    data: { type: 'private', members: [username] },
    headers: { origin: url },
  })
  const { id } = (await made.json()) as { id: string }
  await bob.context.request.post(`${url}/api/v1/chats/${id}/messages`, {
    data: { cid: crypto.randomUUID(), text: 'Hello' },
    headers: { origin: url },
  })
  await expect(html).toHaveAttribute('data-app-badge', '2')
  await page.goto(`${url}/notifications`)
  await page.locator('.note-more').first().press('Enter')
  await page.getByRole('button', { name: 'Mark as read' }).click()
  await expect(html).toHaveAttribute('data-app-badge', '1')
})

for (const look of LOOKS) {
  const name = `${look.locale}-${look.size === PHONE ? 'phone' : 'desktop'}-${look.theme}`
  test(`notifications are in order to look at and to use: ${name}`, async ({
    browser,
    alice,
    bob,
  }) => {
    const { page, url, username } = alice
    await follow(bob, username)
    await otherDevice(browser, alice)
    await wear(page, url, look)
    await page.goto(`${url}/notifications`)
    await expect(unread(page)).toHaveCount(2)
    expect(await axeFindings(page)).toEqual([])
    if (WANTS_SHOTS) await shoot(page, `notifications-${name}`)
    if (look.size === PHONE) return
    await page.goto(`${url}/settings`)
    await page.locator('.rail a[href="/notifications"]').click()
    await expect(page.locator('.notes-over .note-unread')).toHaveCount(2)
    expect(await axeFindings(page)).toEqual([])
    if (WANTS_SHOTS) await shoot(page, `notifications-panel-${name}`)
  })
}
