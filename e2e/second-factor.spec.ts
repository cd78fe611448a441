import type { Page } from '@playwright/test'
import { Authenticator } from '../test/support/authenticator.ts'
import { axeFindings, overflow, untranslated } from './support/accessibility.ts'
import { complaintsOf } from './support/complaints.ts'
import { passwordOf, registerQuickly } from './support/people.ts'
import { DESKTOP, PHONE } from './support/screens.ts'
import { shoot, WANTS_SHOTS } from './support/shots.ts'
import { expect, test } from './support/station.ts'

for (const javaScriptEnabled of [true, false]) {
  const way = javaScriptEnabled ? 'with scripts' : 'without a script'

  test(`codes are turned on, asked for, and replaced by one of paper ${way}`, async ({
    browser,
    station,
  }) => {
    test.setTimeout(120_000)
    const locale = javaScriptEnabled ? 'ru' : 'en'
    const viewport = javaScriptEnabled ? PHONE : DESKTOP
    const context = { javaScriptEnabled, baseURL: station.url, locale, viewport }
    const page = await browser.newPage(context)
    const complaints = await complaintsOf(page)
    const person = javaScriptEnabled
      ? { username: 'anna-codes', displayName: 'Анна Белова' }
      : { username: 'emily-codes', displayName: 'Emily Stone' }
    await registerQuickly(page.context(), station.url, person)
    await page.goto('/settings')
    await looked(page, 'settings-sessions')
    await page.locator('#security a').click()
    await expect(page).toHaveURL('/settings/second-factor')
    await looked(page, 'factor-setup')

    const app = new Authenticator((await page.locator('.factor-secret code').textContent()) ?? '')
    await give(page, app.wrongCode(new Date()), javaScriptEnabled)
    await expect(page.getByRole('alert')).toBeVisible()
    await looked(page, 'factor-setup-wrong')
    await give(page, app.code(new Date()), javaScriptEnabled)
    await expect(page.locator('.recovery-slip')).toBeVisible()
    const codes = await page.locator('.recovery-slip code').allTextContents()
    expect(codes).toHaveLength(10)
    await looked(page, 'factor-codes')
    await page.locator('.recovery-actions a').click()
    await expect(page.locator('#security')).toContainText('10')
    await page.locator('#security a').click()
    await looked(page, 'factor-on')
    await signOut(page)

    await signIn(page, person)
    await expect(page).toHaveURL('/auth/code')
    await looked(page, 'auth-code')
    await give(page, app.wrongCode(new Date()), javaScriptEnabled)
    await expect(page.getByRole('alert')).toBeVisible()
    await looked(page, 'auth-code-wrong')
    await page.locator('[name="trust"]').check()
    await give(page, app.code(new Date(), 1), javaScriptEnabled)
    await expect(page).toHaveURL('/')
    await signOut(page)
    await signIn(page, person)
    await expect(page).toHaveURL('/')

    const stranger = await browser.newPage(context)
    await signIn(stranger, person)
    await stranger.locator('.auth-way').click()
    await expect(stranger).toHaveURL('/auth/recovery')
    await looked(stranger, 'auth-recovery')
    await stranger.locator('[name="code"]').fill(codes[0] ?? '')
    await stranger.locator('main button.button-primary').click()
    await expect(stranger).toHaveURL('/')
    await page.goto('/settings')
    await expect(page.locator('#security')).toContainText('9')
    await expect(page.locator('#sessions li')).toHaveCount(2)
    await looked(page, 'settings-sessions-two')
    await page.locator('#sessions .card-head button').click()
    await expect(page.locator('#sessions li')).toHaveCount(1)
    await stranger.goto('/settings')
    await expect(stranger).toHaveURL(/\/auth\/login/)
    await stranger.context().close()
    await page.context().close()
    expect(complaints).toEqual([])
  })
}

/** Types the six digits; the script sends them with the last one. */
async function give(page: Page, code: string, isSentByItself: boolean): Promise<void> {
  const field = page.locator('[name="code"]')
  await field.focus()
  await page.keyboard.type(code)
  if (!isSentByItself) await page.locator('main form:has([name="code"]) .button-primary').click()
  await page.waitForLoadState()
}

async function signIn(page: Page, person: Parameters<typeof passwordOf>[0]): Promise<void> {
  await page.goto('/auth/login')
  await page.locator('[name="login"]').fill(person.username)
  await page.locator('[name="password"]').fill(passwordOf(person))
  await page.locator('main button.button-primary').click()
}

async function signOut(page: Page): Promise<void> {
  await page.goto('/settings')
  await page.locator('#account form[action="/auth/logout"] button').click()
  await expect(page).toHaveURL('/')
}

/** Sound for every reader; a picture in each look where pictures are asked for. */
async function looked(page: Page, name: string): Promise<void> {
  const language = await page.evaluate(() => document.documentElement.lang)
  expect(await untranslated(page)).toEqual([])
  expect(await overflow(page)).toBe(0)
  if (language === 'ru') expect(await axeFindings(page)).toEqual([])
  if (!WANTS_SHOTS) return
  const before = page.viewportSize() ?? PHONE
  for (const [size, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme })
      await shoot(page, `${name}-${size}-${colorScheme}-${language}`)
    }
  }
  await page.setViewportSize(before)
  await page.emulateMedia({ colorScheme: null })
}
