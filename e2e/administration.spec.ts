import type { Page } from '@playwright/test'
import { axeFindings, overflow } from './support/accessibility.ts'
import { complaintsOf } from './support/complaints.ts'
import { fillAccount, registerQuickly, type Newcomer } from './support/people.ts'
import { DESKTOP, PHONE, wear } from './support/screens.ts'
import { startStationProcess, type StationProcess } from '../test/support/station-process.ts'
import { expect, test as base } from './support/station.ts'

const OWNER: Newcomer = { username: 'vera', displayName: 'Вера Хозяйка' }
const MEMBER: Newcomer = {
  username: 'konstantin',
  displayName: `Константин ${'Преображенский'.repeat(4)}`,
}
const SECTIONS = ['/admin', '/admin/people', '/admin/content', '/admin/settings', '/admin/security']

/** A station that nobody has set up: its first owner is the one of this test. */
const test = base.extend<object, { readonly unowned: StationProcess }>({
  unowned: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the needs of a fixture from this pattern
    async ({}, use) => {
      const station = await startStationProcess()
      await use(station)
      await station.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: ({ unowned }, use) => use(unowned.url),
})

test('an owner changes a role, blocks, unblocks, and renames the station', async ({
  page,
  browser,
  unowned: station,
}) => {
  test.setTimeout(180_000)
  const complaints = await complaintsOf(page)
  const [, setupPath = ''] = /(\/setup\?token=\S+)/.exec(station.output()) ?? []
  await wear(page, station.url, { size: DESKTOP, theme: 'light', locale: 'en' })
  await page.goto(station.url + setupPath)
  await fillAccount(page, OWNER)
  const member = await browser.newContext()
  await registerQuickly(member, station.url, MEMBER)

  await page.goto('/')
  await page.locator('.rail-item-last').click()
  await expect(page.locator('h1')).toHaveText('Overview')
  await page.locator('.admin-section', { hasText: 'People' }).click()
  await page.locator('input[name="q"]').fill('konst')
  await page.keyboard.press('Enter')
  await page.locator('.people-who a').click()

  await page.locator('select[name="role"]').selectOption('moderator')
  await page.getByRole('button', { name: 'Save the role' }).click()
  await expect(page.locator('.notice-good')).toBeVisible()
  await expect(page.locator('.person-facts .role')).toHaveText('Moderator')

  await page.locator('#block input[name="reason"]').fill('A test of patience')
  await page.locator('#block button').click()
  await expect(page.locator('.person-facts .state')).toHaveText('Blocked')
  expect((await member.request.get(`${station.url}/api/v1/me`)).status()).toBe(401)
  await expect(page.locator('#log')).toContainText('A test of patience')
  await page.locator('#block button').click()
  await expect(page.locator('.person-facts .state')).toHaveText('Active')

  await page.locator('.admin-section', { hasText: 'Settings' }).click()
  await page.locator('#settings-station-name').fill('Lighthouse')
  await page.locator('#settings-station button.button-primary').click()
  await expect(page).toHaveTitle('Settings · Lighthouse')

  await expectSound(page)
  expect(complaints).toEqual([])
  await member.close()
})

/** Every section, on a desktop and on a phone: nothing for axe, nothing wider than the window. */
async function expectSound(page: Page): Promise<void> {
  for (const size of [DESKTOP, PHONE]) {
    await page.setViewportSize(size)
    for (const path of SECTIONS) {
      await page.goto(path)
      expect.soft(await axeFindings(page), `${path} at ${size.width}`).toEqual([])
      expect.soft(await overflow(page), `${path} at ${size.width}`).toBe(0)
    }
  }
}
