import type { Page } from '@playwright/test'
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
