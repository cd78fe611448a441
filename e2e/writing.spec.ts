import type { APIRequestContext, Page } from '@playwright/test'
import { complaintsOf } from './support/complaints.ts'
import { registerQuickly } from './support/people.ts'
import { expect, test } from './support/station.ts'

test.beforeEach(async ({ context, station }, { workerIndex, testId }) => {
  const username = `w${workerIndex}-${testId.slice(-12)}`
  await registerQuickly(context, station.url, { username, displayName: 'Writer' })
})

test('what is typed is saved by itself, and a reload keeps it', async ({ page }) => {
  const complaints = await complaintsOf(page)
  await page.goto('/write/new')
  await write(page, 'Fog', 'The first line.')
  await expect(page).toHaveURL(/\/write\/[0-9a-f-]{36}$/)
  await expectState(page, 'saved')
  await page.reload()
  await expectText(page, 'Fog', 'The first line.')
  await expectState(page, 'saved')

  await text(page).fill('The second line.')
  await page.keyboard.press('Control+s')
  await expectState(page, 'saved')
  await expect.poll(() => stored(page)).toContain('The second line.')
  expect(complaints).toEqual([])
})

test('text typed a moment before the page goes away comes back', async ({ page }) => {
  await page.goto('/write/new')
  await write(page, 'Fog', 'Saved.')
  await expectState(page, 'saved')
  await text(page).fill('Saved. And the very last words.')
  await page.reload()
  await expectText(page, 'Fog', 'Saved. And the very last words.')
  await expectState(page, 'saved')
  await expect.poll(() => stored(page)).toContain('the very last words')
})

test('without a network the text is kept here and sent later', async ({ context, page }) => {
  await page.goto('/write/new')
  await write(page, 'Ice', 'On the shore.')
  await expectState(page, 'saved')

  await context.setOffline(true)
  await text(page).fill('On the ice.')
  await expectState(page, 'offline')
  await expect(page.locator('[data-when="offline"]')).toHaveText(/Offline, kept here/)
  expect(await page.evaluate(() => JSON.stringify(localStorage))).toContain('On the ice.')

  await context.setOffline(false)
  await expectState(page, 'saved')
  await expect.poll(() => stored(page)).toContain('On the ice.')
})

test('an answer lost at the first save leaves one draft, also after a reload', async ({ page }) => {
  await page.goto('/write/new')
  let reached = 0
  await page.route('**/api/v1/posts', async (route) => {
    await route.fetch()
    reached += 1
    await route.abort('connectionreset')
  })
  await write(page, 'Once', 'Only once.')
  await expectState(page, 'offline')
  await text(page).fill('Only once, and more.')
  await expect.poll(() => reached).toBeGreaterThan(1)
  await page.unroute('**/api/v1/posts')
  await page.reload()
  await expectText(page, 'Once', 'Only once, and more.')
  await expect(page).toHaveURL(/\/write\/[0-9a-f-]{36}$/)
  await expectState(page, 'saved')
  expect(await stored(page)).toContain('Only once, and more.')
  await page.goto('/write')
  await expect(page.locator('.own-row')).toHaveCount(1)
})

test('two tabs on one paragraph: both texts stay, and the person chooses', async ({
  context,
  page,
}) => {
  await page.goto('/write/new')
  await write(page, 'Two', 'Common ground.')
  await expectState(page, 'saved')
  const other = await context.newPage()
  await other.goto(page.url())
  await text(other).fill('Words of the other tab.')
  await expectState(other, 'saved')

  await text(page).fill('Words of this tab.')
  await expectState(page, 'conflict')
  await expect(text(page)).toHaveValue('Words of this tab.')
  expect(await stored(page)).toContain('Words of the other tab.')

  await page.locator('[data-when="conflict"]').click()
  await expect(page.locator('.version-text')).toContainText([
    'Words of this tab.',
    'Words of the other tab.',
  ])
  await page.getByRole('button', { name: 'Keep mine' }).click()
  await expectText(page, 'Two', 'Words of this tab.')
  expect(await stored(page)).toContain('Words of this tab.')
})

test('two tabs on different paragraphs are joined', async ({ context, page }) => {
  await page.goto('/write/new')
  await write(page, 'Two', 'First.\n\nSecond.')
  await expectState(page, 'saved')
  const other = await context.newPage()
  await other.goto(page.url())
  await text(other).fill('First.\n\nSecond, by the other tab.')
  await expectState(other, 'saved')
  await text(page).fill('First, by this tab.\n\nSecond.')
  await expect(text(page)).toHaveValue(/First, by this tab\.\n\nSecond, by the other tab\./)
  await expectState(page, 'saved')
})

test('nothing that was saved is lost when the station is killed', async ({ page, station }) => {
  await page.goto('/write/new')
  await write(page, 'Storm', 'Saved before the storm.')
  await expectState(page, 'saved')
  await station.crashAndRestart()
  expect(await stored(page)).toContain('Saved before the storm.')

  await text(page).fill('Saved before the storm. Typed in the storm.')
  await station.crashAndRestart()
  await expectState(page, 'saved')
  expect(await stored(page)).toContain('Typed in the storm.')

  await page.reload()
  await expectText(page, 'Storm', 'Saved before the storm. Typed in the storm.')
})

async function write(page: Page, title: string, markdown: string): Promise<void> {
  await page.locator('[name="title"]').fill(title)
  await text(page).fill(markdown)
}

function text(page: Page): ReturnType<Page['locator']> {
  return page.locator('[name="markdown"]')
}

/** The pill that is drawn, and no other; retries after a failure take a few seconds. */
async function expectState(page: Page, state: string): Promise<void> {
  await expect(page.locator('[data-pills]')).toHaveAttribute('data-pills', state, {
    timeout: 15_000,
  })
  await expect(page.locator('[data-pills] > :visible')).toHaveCount(1)
  await expect(page.locator(`[data-when="${state}"]`)).toBeVisible()
}

async function expectText(page: Page, title: string, markdown: string): Promise<void> {
  await expect(page.locator('[name="title"]')).toHaveValue(title)
  await expect(text(page)).toHaveValue(new RegExp(`^${markdown}\\s*$`))
}

/** The Markdown that the station has of the post on this page. */
async function stored(page: Page): Promise<string> {
  const request: APIRequestContext = page.request
  const { pathname, origin } = new URL(page.url())
  const id = pathname.split('/').at(-1)
  const answer = await request.get(`${origin}/api/v1/posts/${id}?format=markdown`)
  const { content } = (await answer.json()) as { content: { markdown: string } }
  return content.markdown
}
