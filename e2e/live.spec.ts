import { passwordOf } from './support/people.ts'
import { expect, newTalker, otherDevice, test } from './support/chats.ts'

const BELL = '.rail a[href="/notifications"] .badge'

test('the bell rings on every open page, and is still everywhere once it was read', async ({
  browser,
  alice,
  bob,
  station,
}) => {
  const { page, context } = alice
  const second = await context.newPage()
  await page.goto(`${station.url}/settings`)
  await second.goto(station.url)
  const phone = await otherDevice(browser, alice)
  await phone.page.goto(station.url)
  /* That somebody has signed in on another device is told. */
  for (const each of [page, second, phone.page]) await expect(each.locator(BELL)).toHaveText('1')
  const asked = { headers: { origin: station.url } }
  const follow = `${station.url}/api/v1/users/${alice.username}/follow`
  expect((await bob.context.request.put(follow, asked)).ok()).toBe(true)
  for (const each of [page, second, phone.page]) await expect(each.locator(BELL)).toHaveText('2')
  await phone.page.goto(`${station.url}/notifications`)
  await phone.page.getByRole('button', { name: /^Mark all/ }).click()
  for (const each of [page, second]) await expect(each.locator(BELL)).toHaveCount(0)
  expect([...alice.complaints, ...phone.complaints]).toEqual([])
})

test('what happens while a page is on its way stands on it a moment later', async ({
  browser,
  alice,
  bob,
  station,
}) => {
  const carol = await newTalker(browser, station.url, 'Carol')
  const asked = { headers: { origin: station.url } }
  const follow = `${station.url}/api/v1/users/${alice.username}/follow`
  /* The first of the pages holds the socket, the second hears from it. */
  for (const [name, { context }] of Object.entries({ Bob: bob, Carol: carol })) {
    const page = await alice.context.newPage()
    const followed = Promise.withResolvers<void>()
    await page.route('**/realtime-live*', async (route) => {
      await followed.promise
      await route.continue()
    })
    await page.goto(`${station.url}/notifications`, { waitUntil: 'commit' })
    await expect(page.locator('#notifications-panel')).toBeVisible()
    expect((await context.request.put(follow, asked)).ok()).toBe(true)
    await expect
      .poll(async () => (await alice.context.request.get(`${station.url}/notifications`)).text())
      .toContain(name)
    await expect(page.locator('main')).not.toContainText(name)
    followed.resolve()
    await expect(page.locator('main')).toContainText(name)
  }
})

test('a session that is ended elsewhere covers its open pages, and what was typed comes back', async ({
  browser,
  alice,
  station,
}) => {
  const { page, context } = alice
  const writing = await context.newPage()
  await writing.goto(`${station.url}/write`)
  await page.goto(`${station.url}/settings`)
  const field = page.locator('textarea').first()
  await field.fill('typed and not yet saved')
  const phone = await otherDevice(browser, alice)
  await phone.page.goto(`${station.url}/settings`)
  await expect(page.locator('.session-ended')).toHaveCount(0)
  const asked = { headers: { origin: station.url } }
  const listed = await phone.context.request.get(`${station.url}/api/v1/me/sessions`)
  const { items } = (await listed.json()) as { items: { id: string; current: boolean }[] }
  for (const { id, current } of items) {
    if (!current)
      await phone.context.request.delete(`${station.url}/api/v1/me/sessions/${id}`, asked)
  }
  for (const each of [page, writing]) {
    await expect(each.locator('.session-ended')).toBeVisible({ timeout: 2_000 })
  }
  await page.keyboard.press('Escape')
  await expect(page.locator('.session-ended')).toBeVisible()
  const [login] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('link', { name: 'Sign in' }).click(),
  ])
  await login.locator('[name="login"]').fill(alice.username)
  await login
    .locator('[name="password"]')
    .fill(passwordOf({ username: alice.username, displayName: '' }))
  await login.locator('main button.button-primary').click()
  await login.waitForURL((url) => !url.pathname.startsWith('/auth'))
  await expect(page.locator('.session-ended')).toHaveCount(0)
  await expect(field).toHaveValue('typed and not yet saved')
})

test('somebody else who signs in sees nothing of what lay open', async ({
  browser,
  alice,
  station,
}) => {
  const other = await newTalker(browser, station.url, 'Carol')
  const { page, context } = alice
  await page.goto(`${station.url}/settings`)
  const saving = page.waitForResponse(
    (answer) => answer.url().endsWith('/api/v1/me') && answer.request().method() === 'PATCH',
  )
  await context.addCookies(await other.context.cookies())
  await page.locator('textarea').first().fill('private words')
  await (await context.newPage()).goto(station.url)
  const isSeen = (): Promise<boolean> =>
    page.evaluate(() => {
      const field = document.querySelector('textarea')
      const isCovered = document.querySelector('dialog.session-ended[open]') !== null
      return field?.value === 'private words' && !isCovered
    })
  /* While the page gives way to the other's, nothing can be asked of it. */
  await expect.poll(() => isSeen().catch(() => true)).toBe(false)
  expect((await saving).status()).toBe(401)
  expect(await isSeen().catch(() => false)).toBe(false)
  const me = await other.context.request.get(`${station.url}/api/v1/me`)
  expect(((await me.json()) as { bio: string }).bio).toBe('')
})
