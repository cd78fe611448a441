import type { Browser, Page } from '@playwright/test'
import { complaintsOf } from './support/complaints.ts'
import { fillAccount, type Newcomer, passwordOf, registerQuickly } from './support/people.ts'
import { DESKTOP, PHONE } from './support/screens.ts'
import { expect, test } from './support/station.ts'

const TEXT = `Утром лёд был **тонкий**, как стекло.

## Что слышно

1. Звон
2. Шаги

> Лёд поёт, если слушать.
`

test('the one-time link makes a stranger the owner, and nobody else afterwards', async ({
  browser,
  page,
  station,
}) => {
  const complaints = await complaintsOf(page)
  /* Each start writes another. */
  const link =
    station
      .output()
      .match(/\S+\/setup\?token=\S+/g)
      ?.at(-1) ?? ''
  await page.goto(link)
  await fillAccount(page, { username: 'vera', displayName: 'Vera Onegina' })
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Vera Onegina')
  expect(complaints).toEqual([])

  const late = await visitor(browser)
  expect((await late.goto(link))?.status()).toBe(404)
  await expect(late.locator('form[action="/setup"]')).toHaveCount(0)
  await late.context().close()
})

for (const javaScriptEnabled of [true, false]) {
  const way = javaScriptEnabled ? 'with scripts' : 'without a script'
  const zoya: Newcomer = {
    username: javaScriptEnabled ? 'zoya' : 'zoya-plain',
    displayName: 'Зоя Ладожская',
  }
  const blog = `/user/${zoya.username}/blog`

  test(`a post goes from the keyboard to its readers ${way}`, async ({ browser, station }) => {
    const context = { javaScriptEnabled, baseURL: station.url }
    const writer = await browser.newPage({ ...context, viewport: PHONE, locale: 'ru' })
    const reader = await browser.newPage({ ...context, viewport: DESKTOP, locale: 'en' })
    const complaints = [await complaintsOf(writer), await complaintsOf(reader)]

    await writer.goto('/auth/register')
    await fillAccount(writer, zoya)
    await expect(writer).toHaveURL(`/user/${zoya.username}`)
    await expect(writer.getByRole('heading', { level: 1 })).toHaveText(zoya.displayName)

    await writer.goto('/write/new')
    await writer.locator('[name="title"]').fill('Первый лёд')
    await writer.locator('[name="markdown"]').fill(TEXT)
    await openSheet(writer)
    await writer.locator('[name="tags"]').fill('озеро, зима')
    await writer.getByRole('button', { name: 'Опубликовать сейчас' }).click()
    await expect(writer).toHaveURL(`${blog}/pervyy-lyod`)

    const loaded = scriptsOf(reader)
    await reader.goto(blog)
    await reader.getByRole('link', { name: 'Первый лёд' }).click()
    await expect(reader).toHaveURL(`${blog}/pervyy-lyod`)
    await expect(reader.locator('html')).toHaveAttribute('lang', 'en')
    await expect(reader.getByRole('heading', { level: 1 })).toHaveText('Первый лёд')
    await expect(reader.getByRole('heading', { level: 2, name: 'Что слышно' })).toBeVisible()
    await expect(reader.locator('.post-body strong')).toHaveText('тонкий')
    await expect(reader.locator('.post-body blockquote')).toContainText('Лёд поёт')
    await expect(reader.locator('script:not([type="application/ld+json"])')).toHaveCount(0)
    expect(loaded).toEqual([])

    await writer.getByRole('link', { name: 'Изменить' }).click()
    await expect(writer.locator('[name="markdown"]')).toHaveValue(/Лёд поёт/)
    await writer.locator('[name="markdown"]').fill('Лёд растаял к обеду.')
    await openSheet(writer)
    await writer.getByRole('button', { name: 'Обновить запись' }).click()
    await expect(writer).toHaveURL(`${blog}/pervyy-lyod`)
    await reader.reload()
    await expect(reader.locator('.post-body')).toHaveText('Лёд растаял к обеду.')

    await writer.getByRole('link', { name: 'Изменить' }).click()
    await openSheet(writer)
    await writer.getByRole('button', { name: 'Снять с публикации' }).click()
    await expect(writer.locator('.write-name')).toHaveText('Черновик')
    expect((await reader.reload())?.status()).toBe(404)
    await reader.goto(blog)
    await expect(reader.getByRole('link', { name: 'Первый лёд' })).toHaveCount(0)

    expect(complaints).toEqual([[], []])
    await writer.context().close()
    await reader.context().close()
  })
}

test('a draft is a page for its author and nothing for everyone else', async ({
  browser,
  context,
  page,
  station,
}) => {
  await registerQuickly(context, station.url, { username: 'vlas', displayName: 'Влас' })
  const answer = await context.request.post('/api/v1/posts', {
    headers: { origin: station.url },
    data: { title: 'Тайна', slug: 'secret', content: { markdown: 'Пока никому.' } },
  })
  const { id } = (await answer.json()) as { id: string }
  const path = '/user/vlas/blog/secret'
  expect((await page.goto(path))?.status()).toBe(200)

  const other = await visitor(browser)
  await other.goto(`${station.url}/write/${id}`)
  await expect(other).toHaveURL(/\/auth\/login\?/)
  for (const who of ['a stranger', 'another resident']) {
    if (who === 'another resident') {
      const tess: Newcomer = { username: 'tess', displayName: 'Tess' }
      await registerQuickly(other.context(), station.url, tess)
    }
    expect((await other.goto(station.url + path))?.status(), who).toBe(404)
    const shown = await other.request.get(`${station.url}/api/v1/posts/${id}`)
    expect(shown.status(), who).toBe(404)
    expect(await shown.text(), who).not.toContain('Пока никому')
  }
  const edited = await other.goto(`${station.url}/write/${id}`)
  expect(edited?.status()).toBe(404)
  await other.context().close()
})

test('a refused registration keeps what was typed and offers free addresses', async ({
  browser,
  station,
}) => {
  const page = await browser.newPage({ javaScriptEnabled: false, baseURL: station.url })
  const inga: Newcomer = { username: 'admin', displayName: 'Inga' }
  await page.goto('/auth/register')
  await fillAccount(page, inga)
  await expect(page.locator('[name="username"]')).toHaveAttribute('aria-invalid', 'true')
  await expect(page.locator('[name="displayName"]')).toHaveValue('Inga')
  await expect(page.locator('[name="username"]')).toHaveValue('admin')
  await expect(page.locator('[name="email"]')).toHaveValue('admin@example.org')
  await expect(page.locator('[name="password"]')).toHaveValue('')

  const free = page.locator('.suggestions button').first()
  const username = await free.innerText()
  await page.locator('[name="password"]').fill(passwordOf(inga))
  await page.locator('[name="consent"]').check()
  await free.click()
  await expect(page).toHaveURL(`/user/${username}`)
  await page.context().close()
})

async function openSheet(page: Page): Promise<void> {
  await page.locator('.sheet-summary').click()
  await expect(page.locator('.sheet-panel')).toBeVisible()
}

/** Addresses of the scripts that the page fetches from now on. */
function scriptsOf(page: Page): string[] {
  const scripts: string[] = []
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.push(request.url())
  })
  return scripts
}

function visitor(browser: Browser): Promise<Page> {
  return browser.newPage({ locale: 'en' })
}
