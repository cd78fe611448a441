import type { Page } from '@playwright/test'
import { axeFindings, overflow, unseenFocus } from './support/accessibility.ts'
import {
  ask,
  bubble,
  expect,
  newGroup,
  newTalker,
  openChat,
  say,
  type Talker,
  test,
} from './support/chats.ts'
import { FOUR_LOOKS, wear } from './support/screens.ts'
import { shoot, WANTS_SHOTS } from './support/shots.ts'

const LONG = 'Рентгеноэлектрокардиографического'.repeat(4)
for (const look of FOUR_LOOKS) {
  const name = `${look.size.width}-${look.theme}-${look.locale}`
  test(`the messenger is sound: ${name}`, async ({ browser, station }) => {
    const alice = await newTalker(browser, station.url, 'Алиса')
    const bob = await newTalker(browser, station.url, LONG.slice(0, 80))
    const { page } = alice
    await wear(page, station.url, look)
    await page.goto(`${station.url}/chats`)
    await expect(page.locator('.list-empty')).toBeVisible()
    await expectSound(page, `empty-${name}`)

    const chat = await talk(alice, bob)
    await expect(page.locator('.row')).toHaveCount(2)
    await expectSound(page, `list-${name}`)
    await openChat(alice, chat)
    await expect(bubble(alice, 'the last words')).toBeVisible()
    await expectSound(page, `chat-${name}`)
    expect(await unseenFocus(page, 12)).toEqual([])

    await bubble(alice, 'the last words').locator('.bubble').click({ button: 'right' })
    await expect(page.getByRole('menu')).toBeVisible()
    await expectSound(page, `menu-${name}`)
    await page.keyboard.press('Escape')
    await page.locator('.head-who').click()
    await expect(page.locator('.details-name')).toBeVisible()
    await expect(page.locator('.person')).toHaveCount(2)
    await expectSound(page, `details-${name}`)
    expect([...alice.complaints, ...bob.complaints]).toEqual([])
  })
}

test('everything can be done without a mouse', async ({ alice, bob, station }) => {
  const chat = await talk(alice, bob)
  const { page } = alice
  await page.goto(`${station.url}/chats`)
  await expect(page.locator('.row')).toHaveCount(2)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox')).toBeFocused()
  await page.keyboard.type('boat')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`${chat}$`))
  await page.locator('#composer').focus()
  await page.keyboard.type('by the keyboard')
  await page.keyboard.press('Enter')
  const own = bubble(alice, 'by the keyboard')
  /* While it is still on its way: the focus goes over to the message that has arrived. */
  await own.focus()
  await expect(own.locator('.talk-tick')).toHaveText('sent')
  await expect(own).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowDown')
  await expect(own).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Reply' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('.composer-context')).toContainText('by the keyboard')
  await page.keyboard.press('Escape')
  await expect(page.locator('.composer-context')).toHaveCount(0)
  await own.focus()
  await page.keyboard.press(' ')
  await expect(page.locator('.selection')).toContainText('1 message selected')
  await page.keyboard.press('Escape')
  await expect(page.locator('.selection')).toHaveCount(0)
  await page.keyboard.press('Alt+ArrowDown')
  await expect(page).not.toHaveURL(new RegExp(`${chat}$`))
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/\/chats$/)
})

async function talk(alice: Talker, bob: Talker): Promise<string> {
  const chat = await newGroup(alice, 'Boat and film', [bob])
  const first = await say(bob, chat, `**bold**, _italic_, \`code\`, ||hidden|| and ${LONG}`)
  await say(alice, chat, 'an answer', { reply: { seq: first.seq } })
  await say(bob, chat, '> quoted\nand https://example.org/a/long/address #tag')
  await say(bob, chat, '```ts\nconst water = await lake.freeze()\n```')
  await ask(alice, 'msg.react', { chat, seq: first.seq, emoji: '🔥' })
  await ask(alice, 'msg.pin', { chat, seq: first.seq, pinned: true })
  await say(bob, chat, 'the last words')
  const { chat: own } = await ask<{ chat: { id: string } }>(bob, 'chats.open', {
    username: alice.username,
  })
  await say(bob, own.id, 'hello')
  return chat
}

async function expectSound(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((each) => each.finished.catch(() => undefined))),
  )
  if (WANTS_SHOTS) await shoot(page, `chats-${name}`)
  expect.soft(await overflow(page), name).toBeLessThanOrEqual(0)
  expect.soft(await axeFindings(page), name).toEqual([])
}
