import { type Page, request } from '@playwright/test'
import { axeFindings, overflow, untranslated } from './support/accessibility.ts'
import { complaintsOf } from './support/complaints.ts'
import { fillAccount, type Newcomer, passwordOf, registerQuickly } from './support/people.ts'
import { DESKTOP, type Look, paint, PHONE, wear } from './support/screens.ts'
import { shoot, WANTS_SHOTS } from './support/shots.ts'
import type { StationProcess } from '../test/support/station-process.ts'
import { expect, testOnNewStation } from './support/station.ts'

const OWNER: Newcomer = { username: 'vera', displayName: 'Вера Хозяйка' }
const MEMBER: Newcomer = {
  username: 'konstantin',
  displayName: `Константин ${'Преображенский'.repeat(4)}`,
}
const SECTIONS = [
  '/admin',
  '/admin/people',
  '/admin/people?q=nobody',
  '/admin/invitations',
  '/admin/content',
  '/admin/settings',
  '/admin/security',
  '/admin/privacy',
  '/admin/privacy/consents',
  '/admin/privacy/documents/privacy',
  '/admin/events',
  '/admin/backups',
  '/admin/mailbox',
]
const LOOKS: readonly Look[] = [
  { size: PHONE, theme: 'light', locale: 'ru' },
  { size: DESKTOP, theme: 'light', locale: 'en' },
]

/** A station that nobody has set up: its first owner is the one of this test. */
const test = testOnNewStation()

test('an owner changes a role, blocks, unblocks, and renames the station', async ({
  page,
  browser,
  station,
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
  const personPath = new URL(page.url()).pathname

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

  await fillDesks(station)
  await expectSound(page, station.url, [personPath, '/admin/content?state=decided'])
  expect(complaints).toEqual([])
  await member.close()
})

/** Something to decide, to read and to see on each desk. */
async function fillDesks({ url }: StationProcess): Promise<void> {
  const reader = await request.newContext({ baseURL: url, extraHTTPHeaders: { origin: url } })
  const post = async (path: string, data: object): Promise<void> => {
    const answer = await reader.post(path, { data })
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true)
  }
  await post('/api/v1/auth/register', {
    username: 'reader',
    displayName: 'Читатель',
    email: 'reader@example.org',
    password: passwordOf({ username: 'reader', displayName: '' }),
    consent: true,
  })
  const found = await reader.get(`/api/v1/users/${MEMBER.username}`)
  const { id } = (await found.json()) as { id: string }
  await post('/api/v1/reports', {
    subject: `user/${id}`,
    path: `/user/${MEMBER.username}`,
    reason: 'spam',
    text: `Продаёт объективы в комментариях, ${'очень'.repeat(20)} настойчиво`,
  })
  await post('/api/v1/auth/forgot', { email: 'reader@example.org' })
  await reader.dispose()
}

/** Every section, on a phone and on a desktop, light and dark: nothing for axe, nothing too wide. */
async function expectSound(page: Page, origin: string, more: readonly string[]): Promise<void> {
  for (const look of LOOKS) {
    await wear(page, origin, look)
    for (const path of [...SECTIONS, ...more]) {
      const where = `${path} at ${look.size.width}`
      await page.goto(path)
      await expect.soft(page.locator('html'), where).toHaveAttribute('lang', look.locale)
      expect.soft(await untranslated(page), where).toEqual([])
      expect.soft(await overflow(page), where).toBe(0)
      expect.soft(await axeFindings(page), where).toEqual([])
      if (WANTS_SHOTS) await shoot(page, pictureOf(path, look))
      await paint(page, 'dark')
      expect.soft(await axeFindings(page, 'color-contrast'), `${where}, dark`).toEqual([])
    }
  }
}

function pictureOf(path: string, { size, locale }: Look): string {
  const name = path.replace(/^\//, '').replaceAll(/[^a-z]+/gu, '-')
  return `${name}-${size === PHONE ? 'phone' : 'desktop'}-${locale}`
}
