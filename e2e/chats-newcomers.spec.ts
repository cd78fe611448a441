import { axeFindings, overflow, untranslated } from './support/accessibility.ts'
import {
  ask,
  bubble,
  expect,
  newTalker,
  openChat,
  otherDevice,
  removeMember,
  say,
  type Talker,
  test,
} from './support/chats.ts'
import { keptText } from './support/kept-text.ts'
import { FOUR_LOOKS, wear } from './support/screens.ts'
import { shoot } from './support/shots.ts'

const NOTE = {
  en: 'Earlier messages are hidden from new members',
  ru: 'Более ранние сообщения скрыты',
}
const FIELD = { en: 'Chat history for new members', ru: 'История чата для новых участников' }
const MARK = 'lighthouse'

/** Sets in the group's own form what newcomers see. */
async function choose(owner: Talker, chat: string, what: 'Visible' | 'Hidden'): Promise<void> {
  const { page } = owner
  await openChat(owner, chat)
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Edit' })
  await dialog.getByLabel(FIELD.en).selectOption({ label: what })
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toHaveCount(0)
}

test('somebody who is added again sees the history as the group has it, on every device', async ({
  alice,
  bob,
  boat: chat,
  browser,
}) => {
  test.setTimeout(120_000)
  const before = await say(alice, chat, `the ${MARK} at noon`)
  await ask(alice, 'msg.pin', { chat, seq: before.seq, pinned: true })
  const phone = await otherDevice(browser, bob)
  for (const device of [bob, phone]) {
    await openChat(device, chat)
    await expect(bubble(device, MARK)).toBeVisible()
    await expect(device.page.locator('.pins')).toBeVisible()
  }
  await removeMember(alice, chat, bob)
  await choose(alice, chat, 'Hidden')
  await ask(alice, 'members.add', { chat, usernames: [bob.username] })
  await say(alice, chat, 'see what I said', { reply: { seq: before.seq } })
  for (const device of [bob, phone]) {
    const { page } = device
    await openChat(device, chat)
    await expect(page.locator('.wall-start')).toHaveText(NOTE.en)
    await expect(bubble(device, 'see what I said').locator('.answer')).toHaveText(
      'An earlier message',
    )
    await expect(page.locator('.pins')).toHaveCount(0)
    await ask(alice, 'msg.edit', { chat, seq: before.seq, text: `another ${MARK}` })
    await say(alice, chat, 'and then')
    await expect(bubble(device, 'and then')).toBeVisible()
    await expect(page.getByText(MARK)).toHaveCount(0)
    expect(await page.evaluate(keptText)).not.toContain(MARK)
  }

  await choose(alice, chat, 'Visible')
  await expect(bob.page.locator('.wall-start')).toBeVisible()
  await expect(bob.page.getByText(MARK)).toHaveCount(0)
  await removeMember(alice, chat, bob)
  await ask(alice, 'members.add', { chat, usernames: [bob.username] })
  for (const device of [bob, phone]) {
    await openChat(device, chat)
    await expect(bubble(device, `another ${MARK}`)).toBeVisible()
    await expect(device.page.locator('.wall-start')).toHaveCount(0)
    await expect(device.page.locator('.pins')).toContainText(MARK)
  }
  expect([...alice.complaints, ...bob.complaints, ...phone.complaints]).toEqual([])
})

for (const look of FOUR_LOOKS) {
  const name = `${look.size.width}-${look.theme}-${look.locale}`
  test(`the setting and its note are sound: ${name}`, async ({ alice, browser, boat: chat }) => {
    const carol = await newTalker(browser, alice.url, 'Carol')
    const before = await say(alice, chat, `the ${MARK} at noon`)
    await ask(alice, 'chats.update', { chat, historyHidden: true })
    await ask(alice, 'members.add', { chat, usernames: [carol.username] })
    await say(alice, chat, 'see what I said', { reply: { seq: before.seq } })
    for (const { page, url } of [alice, carol]) await wear(page, url, look)
    await openChat(carol, chat)
    await expect(carol.page.locator('.wall-start')).toContainText(NOTE[look.locale])
    await shoot(carol.page, `newcomer-${name}`)
    const { page } = alice
    await openChat(alice, chat)
    if (look.size.width < 600) await page.locator('.head-who').click()
    await page.getByRole('button', { name: /^(Edit|Изменить)$/ }).click()
    const field = page.getByLabel(FIELD[look.locale])
    await field.scrollIntoViewIfNeeded()
    await expect(field).toHaveValue('hidden')
    await shoot(page, `newcomers-setting-${name}`)
    for (const each of [page, carol.page]) {
      expect(await axeFindings(each)).toEqual([])
      expect(await overflow(each)).toBe(0)
      expect(await untranslated(each)).toEqual([])
    }
    expect([...alice.complaints, ...carol.complaints]).toEqual([])
  })
}
