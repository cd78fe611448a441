import { readFileSync } from 'node:fs'
import { startStationProcess } from '../test/support/station-process.ts'
import { axeFindings, overflow, untranslated } from './support/accessibility.ts'
import { fillAccount, passwordOf } from './support/people.ts'
import { FOUR_LOOKS, PHONE, wear } from './support/screens.ts'
import { shoot, WANTS_SHOTS } from './support/shots.ts'
import { expect, test } from './support/station.ts'

const MARIE = { username: 'marie-leaves', displayName: 'Мария' }

test('a person reads the texts, takes their data along, and leaves', async ({ page }) => {
  await page.goto('/auth/register')
  await expect(page.locator('[name="consent"]')).not.toBeChecked()
  await fillAccount(page, MARIE)
  await expect(page).toHaveURL(/\/user\/marie-leaves/)

  await page.goto('/settings')
  await page.locator('#my-consents-card a[href^="/legal/consent"]').click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()

  await page.goto('/settings')
  await page.locator('form[action="/settings/data"] button').click()
  await expect(page).toHaveURL(/\/settings\/data$/)
  const link = page.locator('a[href^="/api/v1/me/export/"]')
  await expect(link).toBeVisible({ timeout: 30_000 })
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  expect(download.suggestedFilename()).toMatch(/^quark-.*\.zip$/)
  expect(
    readFileSync(await download.path())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK')

  await page.goto('/settings/deletion')
  await page.locator('[name="address"]').fill(`${MARIE.username}@example.org`)
  await page.locator('[name="password"]').fill(passwordOf(MARIE))
  await page.locator('form[action="/settings/deletion"] button').click()
  await expect(page.getByRole('heading', { name: 'The account will be deleted' })).toBeVisible()
  await page.waitForLoadState('networkidle')
  await expect(page.locator('.session-ended')).toHaveCount(0)
  await page.getByRole('link', { name: 'Sign in and stay' }).click()
  await expect(page).toHaveURL(/\/auth\/login/)
  await page.locator('[name="login"]').fill(MARIE.username)
  await page.locator('[name="password"]').fill(passwordOf(MARIE))
  await page.locator('main .button-primary').click()
  await page.goto('/notifications')
  await expect(page.locator('.note', { hasText: 'is cancelled' })).toBeVisible()
})

test('a text that has changed is shown and asked about, in every look', async ({ page }) => {
  const station = await startStationProcess()
  try {
    const { url } = station
    const [, setupPath = ''] = /(\/setup\?token=\S+)/.exec(station.output()) ?? []
    await page.goto(url + setupPath)
    await fillAccount(page, { username: 'the-owner', displayName: 'Ольга' })
    await expect(page.locator('.rail-me')).toBeVisible()
    for (const document of ['consent', 'privacy']) {
      const { title, body, version } = (await (
        await page.request.get(`${url}/api/v1/legal/${document}`)
      ).json()) as { title: string; body: string; version: number }
      const words = { title, body: `${body}\n\nA new rule.` }
      const answer = await page.request.put(`${url}/api/v1/admin/privacy/documents/${document}`, {
        headers: { origin: url },
        data: { baseVersion: version, texts: { ru: words, en: words }, asksAgain: true },
      })
      expect(answer.status(), await answer.text()).toBe(200)
    }
    for (const look of FOUR_LOOKS) {
      await wear(page, url, look)
      await page.goto(`${url}/settings`)
      await expect(page).toHaveURL(/\/consent\?return=%2Fsettings$/)
      await expect(page.getByRole('checkbox')).toHaveCount(2)
      expect(await axeFindings(page)).toEqual([])
      expect(await overflow(page)).toBe(0)
      expect(await untranslated(page)).toEqual([])
      const size = look.size === PHONE ? 'phone' : 'desktop'
      if (WANTS_SHOTS) await shoot(page, `consent-asked-${size}-${look.theme}-${look.locale}`)
    }
    for (let left = 2; left > 0; left--) {
      await page.getByRole('checkbox').first().check()
      await page.locator('form:has([name="agree"]) button').first().click()
    }
    await expect(page).toHaveURL(/\/settings$/)
    await page.goto(`${url}/consent`)
    await expect(page).toHaveURL(`${url}/`)
  } finally {
    await station.stop()
  }
})
