import type { Page } from '@playwright/test'
import { axeFindings, overflow } from './support/accessibility.ts'
import { complaintsOf } from './support/complaints.ts'
import { registerQuickly } from './support/people.ts'
import { DESKTOP, PHONE, wear } from './support/screens.ts'
import { WANTS_SHOTS } from './support/shots.ts'
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
    data: {
      title: 'Тихий час на Вуоксе',
      content: { markdown: 'Вода.' },
      tags: ['Вуокса'],
      status: 'published',
    },
  })
  expect(post.status(), await post.text()).toBe(201)
  await wear(page, station.url, { size: DESKTOP, theme: 'light', locale: 'ru' })

  await page.goto('/')
  await ready(page)
  await page.keyboard.press('Control+k')
  const field = page.getByRole('combobox', { name: 'Страницы, чаты, люди, записи' })
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
  await expect(page.getByRole('option', { selected: true })).toHaveText('Новая запись «тихий ча»')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('option', { selected: true })).toHaveText('Искать «тихий ча» везде')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/search\?q=/)
  await expect(page.locator('.hit-title')).toContainText('Тихий час на Вуоксе')
  expect(await axeFindings(page)).toEqual([])
  expect(complaints).toEqual([])
  await other.close()
})

test('completes names, and leads to chats, tags, and what can be done with a row', async ({
  page,
  browser,
  station,
}) => {
  const complaints = await complaintsOf(page)
  const other = await browser.newContext()
  const friend = { username: `gleb${process.pid}`, displayName: 'Глеб Морозов' }
  await registerQuickly(other, station.url, friend)
  await registerQuickly(page.context(), station.url, {
    username: `zoya${process.pid}`,
    displayName: 'Зоя',
  })
  const post = async (path: string, data: object): Promise<void> => {
    const headers = { origin: station.url }
    const answer = await page.context().request.post(`${station.url}${path}`, { headers, data })
    expect(answer.status(), await answer.text()).toBe(201)
  }
  const words = { content: { markdown: 'Вода.' }, tags: ['Ладога'], status: 'published' }
  await post('/api/v1/posts', { title: 'Шторм', ...words })
  await post('/api/v1/chats', { type: 'group', title: 'Лодка и плёнка' })
  await wear(page, station.url, { size: DESKTOP, theme: 'light', locale: 'ru' })
  const field = page.getByRole('combobox')
  const open = async (typed: string): Promise<void> => {
    await page.goto('/')
    await ready(page)
    await page.keyboard.press('Control+k')
    await field.fill(typed)
  }

  await open('глеб м')
  await expect(page.locator('.palette-ghost')).toHaveText('глеб морозов', { ignoreCase: true })
  await page.keyboard.press('ArrowRight')
  await expect(field).toHaveValue('глеб морозов')
  const people = page.getByRole('group', { name: 'Чаты и люди' })
  await expect(people.getByRole('option', { selected: true })).toContainText('Глеб Морозов')
  await page.keyboard.press('Tab')
  const acts = page.getByRole('group', { name: 'Действия: Глеб Морозов' })
  await expect(acts.getByRole('option', { selected: true })).toHaveText('Открыть')
  expect(await axeFindings(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(people.getByRole('option', { selected: true })).toContainText('Глеб Морозов')
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowDown')
  await expect(acts.getByRole('option', { selected: true })).toHaveText('Написать')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/chats\//)

  await open('#ладо')
  const tags = page.getByRole('group', { name: 'Метки' })
  await expect(tags.getByRole('option', { selected: true })).toContainText('Ладога')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/blog\/tag\/ladoga$/)

  await open('лодк')
  await expect(page.getByRole('option', { selected: true })).toContainText('Лодка и плёнка')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/chats\/[0-9a-f-]{36}$/)
  await open('ничего такого')
  await page.keyboard.press('Control+Enter')
  await expect(page).toHaveURL(/\/search\?q=.*type=messages$/)
  expect(complaints).toEqual([])
  await other.close()
})

test('what was typed becomes a post, a finger finds the actions, and a dot says who is here', async ({
  page,
  browser,
  station,
}) => {
  const headers = { origin: station.url }
  const other = await browser.newContext()
  const [friend, me] = [`oleg${process.pid}`, `inga${process.pid}`]
  await registerQuickly(other, station.url, { username: friend, displayName: 'Олег Рябов' })
  await registerQuickly(page.context(), station.url, { username: me, displayName: 'Инга' })
  const phone = await browser.newContext({
    hasTouch: true,
    isMobile: true,
    viewport: PHONE,
    storageState: await page.context().storageState(),
  })
  const hand = await phone.newPage()
  await wear(hand, station.url, { size: PHONE, theme: 'light', locale: 'ru' })
  const open = async (typed: string): Promise<void> => {
    await hand.goto('/')
    await expect(hand.locator('.phone-find a[aria-haspopup]')).toBeVisible()
    await hand.locator('.phone-find').tap()
    await hand.getByRole('combobox').fill(typed)
  }
  await open('Рябов')
  const row = hand.getByRole('option', { name: /Олег Рябов/ })
  await expect(row).toBeVisible()
  await expect(row).not.toContainText('в сети')
  const here = await other.newPage()
  await here.goto(`${station.url}/chats`)
  await expect(here.locator('.chat-list, .list-empty, .chats').first()).toBeVisible()
  await expect(async () => {
    await open('Рябов')
    await expect(row).toContainText('в сети', { timeout: 2_000 })
  }).toPass()
  expect(await axeFindings(hand)).toEqual([])
  if (WANTS_SHOTS) await hand.screenshot({ path: 'reports/screens/palette-phone-here.png' })
  await row.locator('.palette-more').tap()
  await expect(hand.getByRole('group', { name: 'Действия: Олег Рябов' })).toBeVisible()
  if (WANTS_SHOTS) await hand.screenshot({ path: 'reports/screens/palette-phone-acts.png' })
  await hand.getByRole('option', { name: 'Назад' }).tap()
  await expect(row).toBeVisible()

  /* Who keeps it to themselves has no dot. */
  const kept = await other.request.post(`${station.url}/api/v1/rt/presence.show`, {
    headers,
    data: { lastSeen: 'nobody' },
  })
  expect(kept.ok()).toBe(true)
  await open('Рябов')
  await expect(row).toBeVisible()
  await expect(row).not.toContainText('в сети')

  await open('Туман <i> & "иней"')
  await hand.getByRole('option', { name: /^Новая запись/ }).tap()
  await expect(hand).toHaveURL(/\/write\/new\?title=/)
  await expect(hand.locator('[name="title"]')).toHaveValue('Туман <i> & "иней"')
  await phone.close()
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
