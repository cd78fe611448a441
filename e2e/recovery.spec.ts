import type { Page } from '@playwright/test'
import { MailServer } from '../test/support/mail-server.ts'
import { startStationProcess } from '../test/support/station-process.ts'
import { axeFindings, overflow, untranslated } from './support/accessibility.ts'
import { complaintsOf } from './support/complaints.ts'
import { fillAccount, passwordOf } from './support/people.ts'
import { DESKTOP, PHONE } from './support/screens.ts'
import { expect, test } from './support/station.ts'

const NEW = 'another walk along the shore'

for (const javaScriptEnabled of [true, false]) {
  const way = javaScriptEnabled ? 'with scripts' : 'without a script'

  test(`an account is confirmed by mail and found again by mail ${way}`, async ({ browser }) => {
    test.setTimeout(180_000)
    await using server = await MailServer.open()
    const station = await startStationProcess({ env: { SMTP_URL: server.url } })
    try {
      const locale = javaScriptEnabled ? 'ru' : 'en'
      const viewport = javaScriptEnabled ? PHONE : DESKTOP
      const context = { javaScriptEnabled, baseURL: station.url, locale, viewport }
      const page = await browser.newPage(context)
      const complaints = await complaintsOf(page)
      const zoya = { username: 'zoya', displayName: 'Зоя Ладожская' }

      await page.goto('/auth/register')
      await fillAccount(page, zoya)
      await expect(page.locator('h1')).toHaveText(/Проверьте почту|Check your mail/)
      await sound(page)
      await page.goto(await linkFor(server, 'zoya@example.org'))
      await expect(page).toHaveURL('/auth/confirm')
      await expect(page.locator('main')).toContainText('@zoya')
      await sound(page)
      await page.locator('main button.button-primary').click()
      await expect(page).toHaveURL('/auth/done/confirmed')
      await sound(page)

      await page.goto('/auth/login')
      await page.getByRole('link', { name: /Забыли пароль|Forgot/ }).click()
      await sound(page)
      await page.locator('[name="email"]').fill('zoya@example.org')
      await page.locator('main button.button-primary').click()
      await page.goto(await linkFor(server, 'zoya@example.org', 2))
      await expect(page).toHaveURL('/auth/reset')
      await sound(page)
      await page.locator('[name="password"]').fill(NEW)
      await page.locator('main button.button-primary').click()
      await expect(page).toHaveURL('/auth/done/reset')
      await page.goBack()
      await page.reload()
      await expect(page.locator('h1')).toHaveText(/больше не действует|does nothing any more/)

      await page.goto('/auth/login')
      await signIn(page, passwordOf(zoya))
      await expect(page.getByRole('alert')).toBeVisible()
      await signIn(page, NEW)
      await expect(page).toHaveURL('/')
      await page.goto('/settings/password')
      await sound(page)
      await page.goto('/settings/email')
      await sound(page)
      expect(complaints).toEqual([])
    } finally {
      await station.stop()
    }
  })
}

async function signIn(page: Page, password: string): Promise<void> {
  await page.locator('[name="login"]').fill('zoya')
  await page.locator('[name="password"]').fill(password)
  await page.locator('main button.button-primary').click()
}

/** Nothing that axe finds, that is wider than the window, or that nobody translated. */
async function sound(page: Page): Promise<void> {
  expect(await untranslated(page)).toEqual([])
  expect(await overflow(page)).toBe(0)
  if (await page.evaluate(() => document.documentElement.lang === 'ru')) {
    expect(await axeFindings(page)).toEqual([])
  }
}

/** The path of the link in the newest of so many letters. */
async function linkFor(server: MailServer, address: string, letters = 1): Promise<string> {
  const received = (): MailServer['received'] =>
    server.received.filter(({ recipients }) => recipients.includes(address))
  await expect.poll(() => received().length, { timeout: 30_000 }).toBe(letters)
  const [path] = /\/auth\/\w+\?token=[\w-]{43}/.exec(received().at(-1)?.parsed.text ?? '') ?? []
  if (path === undefined) throw new Error('No link stands in the letter')
  return path
}
