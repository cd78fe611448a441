import { axeFindings, overflow } from './support/accessibility.ts'
import { ask, bubble, choose, expect, onPage, openChat, say, test } from './support/chats.ts'
import { passwordOf, signInQuickly } from './support/people.ts'
import { paint, PHONE } from './support/screens.ts'

const MODERATOR = { username: 'mira', displayName: 'mira' }

test('a message is reported, read by a moderator, and gone for both when they delete it', async ({
  alice,
  bob,
  browser,
  station,
}) => {
  const { username } = MODERATOR
  const account = ['--email', `${username}@example.org`, '--password', passwordOf(MODERATOR)]
  await station.quark('user:create', username, '--role', 'moderator', ...account)
  const context = await browser.newContext({ baseURL: station.url, locale: 'en' })
  await signInQuickly(context, station.url, username, passwordOf(MODERATOR))
  const mona = await onPage(context, station.url, username)

  const { chat } = await ask<{ chat: { id: string } }>(alice, 'chats.open', {
    username: bob.username,
  })
  for (const text of ['A good word', 'Nonsense']) await say(alice, chat.id, text)
  await openChat(alice, chat.id)
  await bubble(alice, 'Nonsense').locator('.bubble').click({ button: 'right' })
  await expect(alice.page.getByRole('menuitem', { name: 'Select' })).toBeVisible()
  await expect(alice.page.getByRole('menuitem', { name: 'Report' })).toHaveCount(0)
  await alice.page.keyboard.press('Escape')

  await openChat(bob, chat.id)
  await choose(bob, 'Nonsense', /Report/)
  await expect(bob.page).toHaveURL(/\/report\?about=message%2F/)
  await bob.page.getByLabel('Insults or harassment').check()
  await bob.page.getByRole('button', { name: 'Send to the moderators' }).click()
  await expect(bob.page.locator('h1')).toHaveText('Thank you, the report has arrived')
  await bob.page.getByRole('link', { name: 'Back' }).click()
  await expect(bubble(bob, 'Nonsense')).toBeVisible()

  await mona.page.goto('/admin/content')
  const report = mona.page.locator('.report')
  await expect(report).toContainText('Message')
  await expect(report).toContainText('Alice')
  await expect(report).toContainText('Nonsense')
  await expect(mona.page.locator('body')).not.toContainText('A good word')
  for (const theme of ['light', 'dark'] as const) {
    await paint(mona.page, theme)
    expect.soft(await axeFindings(mona.page), theme).toEqual([])
  }
  await mona.page.setViewportSize(PHONE)
  expect.soft(await overflow(mona.page)).toBe(0)
  await report.getByRole('button', { name: 'Delete' }).click()
  await expect(report).toHaveCount(0)

  /* For ten seconds it can be taken back. */
  for (const { page } of [alice, bob]) {
    await expect(page.locator('.talk', { hasText: 'Nonsense' })).toHaveCount(0, { timeout: 20_000 })
    await expect(page.locator('.talk', { hasText: 'A good word' })).toHaveCount(1)
  }
  for (const { complaints } of [alice, bob, mona]) expect(complaints).toEqual([])
  await context.close()
})
