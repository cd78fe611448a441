import { pictureOf } from '../test/support/pictures.ts'
import { complaintsOf } from './support/complaints.ts'
import { registerQuickly } from './support/people.ts'
import { shoot, WANTS_SHOTS } from './support/shots.ts'
import { expect, test } from './support/station.ts'

/** The first picture waits for the image library to be loaded. */
const SLOW = { timeout: 30_000 }

test.beforeEach(async ({ context, station }, { workerIndex, testId }) => {
  const username = `w${workerIndex}-${testId.slice(-12)}`
  await registerQuickly(context, station.url, { username, displayName: 'Writer' })
})

test('a chosen picture asks what it shows and stands in the text', async ({ page }) => {
  const complaints = await complaintsOf(page)
  await page.goto('/write/new')
  await page.locator('[name="title"]').fill('Boat')
  const text = page.locator('[name="markdown"]')
  await text.fill('Above.')
  await page.locator('[data-picture-file]').setInputFiles({
    name: 'boat.png',
    mimeType: 'image/png',
    buffer: await pictureOf('png', { width: 800, height: 500 }),
  })
  await expect(page.locator('[data-picture-alt]')).toBeFocused()
  await page.keyboard.type('A boat [at dawn]')
  if (WANTS_SHOTS) await shoot(page, 'state-write-picture')
  await page.keyboard.press('Enter')
  await expect(text).toHaveValue(
    /^Above\.\n\n!\[A boat \\\[at dawn\\\]\]\(\/media\/[0-9a-f-]{36}\)/,
    SLOW,
  )
  await expect(page.locator('[data-picture]')).toBeHidden()
  await expect(text).toBeFocused()
  await expect(page.locator('[data-pills]')).toHaveAttribute('data-pills', 'saved')
  await page.reload()
  await expect(text).toHaveValue(/A boat/)
  await page.locator('button[value="preview"]').click()
  await expect(page.locator('.write-preview img')).toHaveAttribute('alt', 'A boat [at dawn]')
  expect(complaints).toEqual([])
})

test('a pasted picture that cannot be sent says why, and the text stays', async ({ page }) => {
  await page.goto('/write/new')
  const text = page.locator('[name="markdown"]')
  await text.fill('Kept.')
  await page.route('**/api/v1/blog/pictures', (route) => route.abort('connectionreset'))
  const base64 = (await pictureOf('png')).toString('base64')
  await text.evaluate((field, bytes) => {
    const data = new DataTransfer()
    const content = Uint8Array.from(atob(bytes), (char) => char.charCodeAt(0))
    data.items.add(new File([content], 'pasted.png', { type: 'image/png' }))
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, cancelable: true }))
  }, base64)
  await page.locator('[data-picture-insert]').click()
  await expect(page.locator('[data-upload-problem]')).toContainText('cannot be reached')
  await expect(text).toHaveValue('Kept.')
  await page.unroute('**/api/v1/blog/pictures')
  await page.locator('[data-picture-insert]').click()
  await expect(text).toHaveValue(/^Kept\.\n\n!\[\]\(\/media\//, SLOW)
})
