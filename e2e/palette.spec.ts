import type { Page } from '@playwright/test'
import { axeFindings, overflow } from './support/accessibility.ts'
import { complaintsOf } from './support/complaints.ts'
import { registerQuickly } from './support/people.ts'
import { DESKTOP, PHONE, wear } from './support/screens.ts'
import { expect, test } from './support/station.ts'

const HERE = { username: `lida${process.pid}`, displayName: 'Лидия Озёрная' }
const OTHER = { username: `timur${process.pid}`, displayName: 'Тимур Ахметов' }

/** Its keys are heard once the script runs. */
async function ready(page: Page): Promise<void> {
  await expect(page.locator('.rail a[href="/search"][aria-haspopup]')).toBeVisible()
}

test('by keys alone to a page, a person and a post; the reader of the screen is told which', async ({
  page,
  browser,
  station,
}) => {
  const complaints = await complaintsOf(page)
  const other = await browser.newContext()
  await registerQuickly(other, station.url, OTHER)
  await registerQuickly(page.context(), station.url, HERE)
  const post = await page.context().request.post(`${station.url}/api/v1/posts`, {
    headers: { origin: station.url },
    data: { title: 'Тихий час на Вуоксе', content: { markdown: 'Вода.' }, status: 'published' },
  })
  expect(post.status(), await post.text()).toBe(201)
  await wear(page, station.url, { size: DESKTOP, theme: 'light', locale: 'ru' })

  await page.goto('/')
  await ready(page)
  await page.keyboard.press('Control+k')
  const field = page.getByRole('combobox', { name: 'Страницы, люди, записи' })
  await expect(field).toBeFocused()
  await expect(page.getByRole('option', { name: 'Настройки' })).toBeVisible()
  await field.fill('yfcn')
  await expect(page.getByRole('option', { selected: true })).toHaveText('Настройки')
  const chosen = await field.getAttribute('aria-activedescendant')
  await expect(page.locator(`#${chosen}`)).toHaveText('Настройки')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/settings$/)

  await ready(page)
  await page.keyboard.press('Control+k')
  await field.fill('@тимур')
  await expect(page.getByRole('option', { name: /Тимур Ахметов/ }).first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/user/${OTHER.username}$`))

  await ready(page)
  await page.keyboard.press('Control+k')
  await field.fill('тихого')
  await field.fill('тихий ча')
  const group = page.getByRole('group', { name: 'Мои записи' })
  await expect(group.getByRole('option', { name: /Тихий час на Вуоксе/ })).toBeVisible()
  expect(await axeFindings(page)).toEqual([])
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('option', { selected: true })).toHaveText('Искать «тихий ча» везде')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/search\?q=/)
  await expect(page.locator('.hit-title')).toContainText('Тихий час на Вуоксе')
  expect(await axeFindings(page)).toEqual([])
  expect(complaints).toEqual([])
  await other.close()
})

test('on a phone by the glass; without a script it is a page', async ({
  page,
  browser,
  station,
}) => {
  await registerQuickly(page.context(), station.url, {
    username: `olga${process.pid}`,
    displayName: 'Ольга',
  })
  await wear(page, station.url, { size: PHONE, theme: 'dark', locale: 'en' })
  await page.goto('/')
  await expect(page.locator('.phone-find a[aria-haspopup]')).toBeVisible()
  await page.locator('.phone-find').click()
  await expect(page.getByRole('combobox')).toBeFocused()
  expect(await overflow(page)).toBe(0)
  await page.getByRole('button', { name: /^Close/ }).click()
  await expect(page.getByRole('combobox')).toBeHidden()

  const state = await page.context().storageState()
  const plain = await browser.newContext({ storageState: state, javaScriptEnabled: false })
  const bare = await plain.newPage()
  await bare.goto(`${station.url}/palette`)
  await expect(bare.locator('.palette-row', { hasText: 'Settings' })).toBeVisible()
  await plain.close()
})
