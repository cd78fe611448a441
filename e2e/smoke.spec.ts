import { expect, test } from './support/station.ts'

test('a stranger opens a fresh station and reaches the registration', async ({ page }) => {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))

  const home = await page.goto('/')
  expect(home?.status()).toBe(200)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()

  await page.goto('/auth/register')
  await expect(page.getByRole('main')).toBeVisible()
  await expect(page.locator('input[name="username"]')).toBeVisible()
  expect(complaints).toEqual([])
})

test('an address that leads nowhere is a page with a way back', async ({ page }) => {
  const missing = await page.goto('/nobody/here')
  expect(missing?.status()).toBe(404)
  await expect(page.locator('a[href="/"]').first()).toBeVisible()
})

test('the station tells that it is healthy', async ({ request }) => {
  const health = await request.get('/health')
  expect(health.status()).toBe(200)
  expect(await health.json()).toMatchObject({ status: 'ok' })
})
