import { axeFindings } from './support/accessibility.ts'
import { expect, test } from './support/chats.ts'
import { PHONE } from './support/screens.ts'
import { shoot, WANTS_SHOTS } from './support/shots.ts'

test('an address is proposed from the name, and looked up while it is typed', async ({
  page,
  station,
  alice,
}) => {
  await page.goto(`${station.url}/auth/register`)
  const name = page.locator('[name="displayName"]')
  const address = page.locator('[name="username"]')
  const free = page.locator('.username-free')
  const offers = page.locator('.suggestions button')
  await name.fill('Ярослава Лунина')
  await expect(address).toHaveValue('yaroslava')
  await expect(free).toHaveText('free')

  await address.fill(alice.username)
  await expect(page.locator('.username .field-help')).toHaveText('This address is taken.')
  await expect(offers).toHaveCount(2)
  await expect(free).toBeEmpty()
  if (WANTS_SHOTS) await shoot(page, 'registration-taken')
  expect(await axeFindings(page)).toEqual([])
  const offered = (await offers.first().textContent()) ?? ''
  await offers.first().click()
  await expect(address).toHaveValue(offered)
  await expect(free).toHaveText('free')
  await expect(offers).toHaveCount(0)

  /* The first letter is Cyrillic, and looks like none. */
  await address.fill('аnna')
  await expect(page.locator('.username .field-help')).toContainText('Only Latin letters')
  /* What somebody has typed is theirs. */
  await name.fill('Вера')
  await expect(address).toHaveValue('аnna')
  await address.fill('')
  await name.fill('Вера Лунина')
  await expect(address).toHaveValue('vera')
})

test('what a form lacks is said under each field in the language of the page, and nothing is lost', async ({
  browser,
  station,
}) => {
  const context = await browser.newContext({ locale: 'ru', viewport: PHONE })
  const page = await context.newPage()
  await page.goto(`${station.url}/auth/register`)
  const send = page.locator('main .button-primary')
  await send.click()
  const lacks = page.locator('.field-error')
  await expect(lacks).toHaveText([
    ...Array.from({ length: 4 }, () => 'Здесь пока пусто.'),
    'Отметьте согласие, чтобы продолжить.',
  ])
  const name = page.locator('[name="displayName"]')
  await expect(name).toBeFocused()
  await expect(name).toHaveAttribute('aria-invalid', 'true')
  expect(await axeFindings(page)).toEqual([])
  await name.fill('Ярослава')
  await expect(lacks).toHaveCount(4)
  await page.locator('[name="username"]').fill(`r${Date.now().toString(36)}`)
  await page.locator('[name="email"]').fill('nowhere')
  await page.locator('[name="password"]').fill('коротко')
  await send.click()
  await expect(lacks).toHaveText([
    'Похоже, в адресе почты опечатка.',
    'Коротко: нужно не меньше 8 знаков.',
    'Отметьте согласие, чтобы продолжить.',
  ])
  if (WANTS_SHOTS) await shoot(page, 'registration-lacks')
  await expect(page.locator('[name="email"]')).toBeFocused()
  await expect(page.locator('[name="password"]')).toHaveValue('коротко')
  await page.locator('[name="email"]').fill(`r${Date.now()}@example.org`)
  await page.locator('[name="password"]').fill('маяк весло утро')
  await page.locator('[name="consent"]').check()
  await expect(lacks).toHaveCount(0)
  await send.click()
  await expect(page).toHaveURL(/\/user\/r/)
  await context.close()
})

test('hours are those of where the browser is, from the first day', async ({
  browser,
  station,
}) => {
  const context = await browser.newContext({ locale: 'en', timezoneId: 'America/New_York' })
  const page = await context.newPage()
  await page.goto(`${station.url}/auth/register`)
  await page.locator('[name="displayName"]').fill('Nora')
  const username = `n${Date.now().toString(36)}`
  await page.locator('[name="username"]').fill(username)
  await page.locator('[name="email"]').fill(`${username}@example.org`)
  await page.locator('[name="password"]').fill('walks along the shore')
  await page.locator('[name="consent"]').check()
  await page.locator('main .button-primary').click()
  await expect(page).toHaveURL(/\/user\/n/)
  await page.goto(`${station.url}/settings`)
  await expect(page.locator('[name="timeZone"]')).toHaveValue('America/New_York')
  await context.close()
})
