import type { Page } from '@playwright/test'
import { expect, test } from './support/station.ts'

const PASSWORD = 'длинная фраза из четырёх слов'

async function register(page: Page, username: string, displayName: string): Promise<void> {
  await page.goto('/auth/register')
  await page.fill('[name=displayName]', displayName)
  await page.fill('[name=username]', username)
  await page.fill('[name=email]', `${username}@example.org`)
  await page.fill('[name=password]', PASSWORD)
  await page.check('[name=consent]')
  await page.getByRole('main').locator('form button:not([type=button])').last().click()
  await expect(page).toHaveURL(`/user/${username}`)
}

async function write(page: Page, title: string, markdown: string): Promise<void> {
  await page.goto('/write/new')
  await page.fill('[name=title]', title)
  await page.fill('[name=markdown]', markdown)
}

/** The sheet lies behind a summary; its main button says what will happen. */
async function publish(page: Page): Promise<void> {
  const button = page.locator('button[name=action][value=publish]').last()
  if (!(await button.isVisible()))
    await page.locator('summary').filter({ visible: true }).first().click()
  await button.click()
}

test('the set-up link makes the owner, once', async ({ browser, station }) => {
  const context = await browser.newContext({ baseURL: station.url, locale: 'en' })
  const page = await context.newPage()
  const link = /\/setup\?token=\S+/.exec(station.output())?.[0] ?? ''
  await page.goto(link)
  await page.fill('[name=displayName]', 'Olga Owner')
  await page.fill('[name=username]', 'olga-owner')
  await page.fill('[name=email]', 'owner@example.org')
  await page.fill('[name=password]', PASSWORD)
  const consent = page.locator('[name=consent]')
  if ((await consent.count()) > 0) await consent.check()
  await page.getByRole('main').locator('form button:not([type=button])').last().click()
  await expect(page).toHaveURL('/')
  expect((await page.goto(link))?.status()).toBe(404)
  await context.close()
})

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with a script' : 'without any script'

  test(`a person writes and publishes, a stranger reads, ${how}`, async ({ browser, station }) => {
    const username = javaScriptEnabled ? 'sofia' : 'pavel'
    const author = await browser.newContext({
      baseURL: station.url,
      locale: 'ru',
      javaScriptEnabled,
      viewport: { width: 390, height: 844 },
    })
    const page = await author.newPage()
    await register(page, username, 'Софья Гранина')
    await write(
      page,
      'Привет, мир! Ещё щука',
      'Это **первая** запись.\n\n## Раздел\n\nИ ещё немного.',
    )
    await publish(page)
    const address = `/user/${username}/blog/privet-mir-eshchyo-shchuka`
    await expect.poll(async () => (await page.request.get(address)).status()).toBe(200)

    const stranger = await browser.newContext({ baseURL: station.url, locale: 'en' })
    const reader = await stranger.newPage()
    const scripts: string[] = []
    reader.on('request', (request) => {
      if (request.resourceType() === 'script') scripts.push(request.url())
    })
    await reader.goto(address)
    await expect(reader.getByRole('heading', { level: 1 })).toHaveText('Привет, мир! Ещё щука')
    await expect(reader.locator('strong').filter({ hasText: 'первая' })).toBeVisible()
    expect(scripts).toEqual([])
    expect((await reader.goto('/write'))?.url()).toContain('/auth/login')
    await author.close()
    await stranger.close()
  })
}

test('what is typed is kept by itself, and others do not see it', async ({ browser, station }) => {
  const context = await browser.newContext({ baseURL: station.url, locale: 'ru' })
  const page = await context.newPage()
  await register(page, 'marina', 'Марина Сойту')
  await write(page, 'Черновик о маяке', 'Ночью слышно, как остывает железо.')
  await expect(page).toHaveURL(/\/write\/[0-9a-f-]{36}$/, { timeout: 15_000 })
  const address = page.url()
  await page.reload()
  await expect(page.locator('[name=markdown]')).toHaveValue(/остывает железо/)

  const other = await browser.newContext({ baseURL: station.url })
  const stranger = await other.newPage()
  await stranger.goto(address)
  await expect(stranger).toHaveURL(/\/auth\/login/)
  await register(stranger, 'boris', 'Boris')
  expect((await stranger.goto(address))?.status()).toBe(404)
  await context.close()
  await other.close()
})

test('a second tab that is behind loses no word', async ({ browser, station }) => {
  const context = await browser.newContext({ baseURL: station.url, locale: 'en' })
  const first = await context.newPage()
  await register(first, 'carol', 'Carol')
  await write(first, 'Two tabs', 'The paragraph both change.')
  await expect(first).toHaveURL(/\/write\/[0-9a-f-]{36}$/, { timeout: 15_000 })
  const second = await context.newPage()
  await second.goto(first.url())
  await first.fill('[name=markdown]', 'The paragraph both change, says the first.')
  await first.keyboard.press('Control+S')
  const id = first.url().split('/').at(-1) ?? ''
  const stored = async (): Promise<string> =>
    JSON.stringify(await (await context.request.get(`/api/v1/posts/${id}?format=markdown`)).json())
  await expect.poll(stored).toContain('says the first')
  await second.fill('[name=markdown]', 'The paragraph both change, says the second.')
  await second.keyboard.press('Control+S')
  await expect(second.getByText('Another version').first()).toBeVisible({ timeout: 15_000 })
  expect(await stored()).toContain('says the first')
  await expect(second.locator('[name=markdown]')).toHaveValue(/says the second/)
  await context.close()
})
