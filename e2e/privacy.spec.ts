import { readFileSync } from 'node:fs'
import { fillAccount, passwordOf } from './support/people.ts'
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
  await expect(page.locator('a[href="/auth/login"]').first()).toBeVisible()
  await page.goto('/settings')
  await expect(page).toHaveURL(/\/auth\/login/)
})
