import { axeFindings, overflow } from './support/accessibility.ts'
import { ask, bubble, expect, openChat, say, test } from './support/chats.ts'
import { DESKTOP, paint, PHONE, wear } from './support/screens.ts'

test('who has reacted and who has read stand behind a chip and in the menu', async ({
  alice,
  bob,
  boat,
  station,
}) => {
  const { page } = alice
  const { seq } = await say(alice, boat, 'Fog again')
  await ask(bob, 'chats.read', { chat: boat, seq })
  await ask(bob, 'msg.react', { chat: boat, seq, emoji: '🔥' })
  await ask(alice, 'msg.react', { chat: boat, seq, emoji: '👏' })
  await openChat(alice, boat)
  const chip = bubble(alice, 'Fog again').locator('.reaction', { hasText: '🔥' })
  await chip.click({ button: 'right' })
  const who = page.getByRole('dialog', { name: 'Who has reacted' })
  await expect(who.getByRole('listitem')).toHaveText([/Bob.*🔥/s])
  await expect(who.getByRole('tab', { selected: true })).toHaveText(/🔥/)
  await expect(chip).toHaveAttribute('aria-pressed', 'false')

  /* By keys: to the left is everybody, and round the other end who has read it. */
  await who.getByRole('tab', { selected: true }).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(who.getByRole('tab', { name: 'All, 2' })).toBeFocused()
  await expect(who.getByRole('listitem')).toHaveCount(2)
  await page.keyboard.press('ArrowLeft')
  const read = page.getByRole('dialog', { name: 'Who has read it' })
  await expect(read.getByRole('listitem')).toHaveText([/Bob/])
  await page.keyboard.press('Escape')
  await expect(read).toHaveCount(0)

  for (const size of [DESKTOP, PHONE]) {
    await wear(page, station.url, { size, theme: 'light', locale: 'en' })
    await openChat(alice, boat)
    await bubble(alice, 'Fog again').locator('.bubble-text').click({ button: 'right' })
    await page.getByRole('menuitem', { name: '2 reactions' }).click()
    await expect(who.getByRole('listitem')).toHaveCount(2)
    for (const theme of ['light', 'dark'] as const) {
      await paint(page, theme)
      expect.soft(await axeFindings(page), `${theme} at ${size.width}`).toEqual([])
    }
    expect.soft(await overflow(page), `at ${size.width}`).toBe(0)
  }
  await who.getByRole('button', { name: /Bob/ }).click()
  await expect(page.locator('.head')).toContainText('Bob')

  await openChat(bob, boat)
  await bubble(bob, 'Fog again').locator('.bubble-text').click({ button: 'right' })
  await expect(bob.page.getByRole('menuitem', { name: '2 reactions' })).toBeVisible()
  await expect(bob.page.getByRole('menuitem', { name: 'Who has read it' })).toHaveCount(0)
  for (const { complaints } of [alice, bob]) expect(complaints).toEqual([])
})

test('subscribers of a channel are not told who has reacted', async ({ alice, bob }) => {
  const { chat } = await ask<{ chat: { id: string } }>(alice, 'chats.create', {
    type: 'channel',
    title: 'News',
    members: [bob.username],
  })
  const { seq } = await say(alice, chat.id, 'Fog again')
  await ask(alice, 'msg.react', { chat: chat.id, seq, emoji: '🔥' })
  await openChat(bob, chat.id)
  await bubble(bob, 'Fog again').locator('.reaction').click({ button: 'right' })
  await expect(bob.page.getByRole('menuitem', { name: 'Forward' })).toBeVisible()
  await expect(bob.page.getByRole('menuitem', { name: /reaction/ })).toHaveCount(0)
  expect(bob.complaints).toEqual([])
})
