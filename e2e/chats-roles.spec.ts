import { axeFindings, overflow } from './support/accessibility.ts'
import {
  ask,
  bubble,
  expect,
  newTalker,
  openChat,
  say,
  type Talker,
  test,
  write,
} from './support/chats.ts'
import { FOUR_LOOKS, PHONE, wear } from './support/screens.ts'
import { shoot, WANTS_SHOTS } from './support/shots.ts'

/** A channel of the first one that the others read. */
async function newChannel(owner: Talker, ...readers: readonly Talker[]): Promise<string> {
  const order = { type: 'channel', title: 'Lake news', slug: `lake-${owner.username}` }
  const { chat } = await ask<{ chat: { id: string } }>(owner, 'chats.create', order)
  for (const reader of readers) await ask(reader, 'chats.join', { chat: chat.id })
  return chat.id
}

/** Opens what may be done with somebody, and presses it. */
async function lead({ page }: Talker, name: string, what: string): Promise<void> {
  const menu = page.getByRole('button', { name: `Actions: ${name}` })
  if ((await menu.getAttribute('aria-expanded')) === 'false') await menu.click()
  await page.getByRole('button', { name: what, exact: true }).click()
}

const roleOf = ({ page }: Talker, name: string) =>
  page.locator('.person', { hasText: name }).locator('.person-role')

test('a channel gets an admin with fewer rights, and then another owner', async ({
  alice,
  bob,
  browser,
}) => {
  const carol = await newTalker(browser, alice.url, 'Carol')
  const chat = await newChannel(alice, bob, carol)
  await openChat(alice, chat)
  const { page } = alice
  await expect(page.getByRole('region', { name: '3 subscribers' })).toBeVisible()
  await lead(alice, 'Bob', 'Make admin…')
  const dialog = page.getByRole('dialog', { name: 'New admin: Bob' })
  await expect(dialog.getByRole('switch')).toHaveCount(8)
  await expect(dialog.getByRole('switch', { name: 'Appoint admins' })).not.toBeChecked()
  expect(await axeFindings(page)).toEqual([])
  for (const right of ['Remove and ban people', 'Invite people and decide on requests']) {
    /* By the keyboard, as whoever has no mouse. */
    await dialog.getByRole('switch', { name: right }).focus()
    await page.keyboard.press('Space')
  }
  await dialog.getByRole('button', { name: 'Appoint' }).click()
  await expect(roleOf(alice, 'Bob')).toHaveText('admin')

  await openChat(bob, chat)
  await write(bob, 'News by Bob')
  await expect(bob.page.getByRole('region', { name: '3 subscribers' })).toBeVisible()
  await expect(bob.page.getByRole('button', { name: /^Actions:/ })).toHaveCount(0)
  await expect(bob.page.getByText('Invitation links')).toHaveCount(0)
  await openChat(carol, chat)
  await expect(bubble(carol, 'News by Bob')).toBeVisible()
  await expect(carol.page.getByRole('region', { name: '3 subscribers' })).toHaveCount(0)

  await lead(alice, 'Bob', 'Make owner…')
  const sure = page.getByRole('dialog', { name: 'Hand over to Bob?' })
  await expect(sure).toContainText('only Bob can give the place back')
  await sure.getByRole('button', { name: 'Hand over' }).click()
  await expect(roleOf(alice, 'Bob')).toHaveText('owner')
  await expect(roleOf(alice, 'Alice')).toHaveText('admin')
  await expect(page.getByRole('button', { name: 'Actions: Bob' })).toHaveCount(0)
  await lead(bob, 'Alice', 'Dismiss as admin')
  await bob.page.getByRole('dialog').getByRole('button', { name: 'Dismiss' }).click()
  await expect(roleOf(bob, 'Alice')).toHaveCount(0)
  await expect(page.getByRole('region', { name: '3 subscribers' })).toHaveCount(0)
  expect([...alice.complaints, ...bob.complaints, ...carol.complaints]).toEqual([])
})

test('somebody is removed, banned, found among the banned and let back', async ({
  alice,
  bob,
  boat: chat,
}) => {
  const { page } = alice
  const { token } = await ask<{ token: string }>(alice, 'invites.create', { chat })
  await openChat(alice, chat)
  await lead(alice, 'Bob', 'Remove…')
  await page
    .getByRole('dialog', { name: 'Remove Bob?' })
    .getByRole('button', { name: 'Cancel' })
    .click()
  await expect(page.getByRole('button', { name: 'Actions: Bob' })).toBeVisible()
  await lead(alice, 'Bob', 'Remove…')
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Actions: Bob' })).toHaveCount(0)
  await ask(bob, 'invites.join', { token })
  await expect(page.getByRole('button', { name: 'Actions: Bob' })).toBeVisible()
  const banned = page.locator('.details-fold', { hasText: 'Banned' })
  await banned.locator('summary').click()
  await expect(banned).toContainText('Nobody is banned here.')
  await lead(alice, 'Bob', 'Ban…')
  await page.getByRole('dialog').getByRole('button', { name: 'Ban', exact: true }).click()
  await expect(banned.locator('.person')).toHaveText(/Bob/)
  expect(await axeFindings(page)).toEqual([])
  await bob.page.goto(`${bob.url}/join/${token}`)
  await expect(bob.page.getByRole('heading', { name: 'You cannot join this chat' })).toBeVisible()
  await banned.getByRole('button', { name: 'Lift the ban: Bob' }).click()
  await expect(banned).toContainText('Nobody is banned here.')
  await bob.page.reload()
  await bob.page.getByRole('button', { name: 'Join the group' }).click()
  await expect(bob.page).toHaveURL(new RegExp(`/chats/${chat}$`))
  expect(alice.complaints).toEqual([])
})

test('somebody is found by name among many', async ({ alice, boat: chat, browser }) => {
  for (let number = 1; number <= 8; number++) {
    const guest = await newTalker(browser, alice.url, `Guest ${number}`)
    await ask(alice, 'members.add', { chat, usernames: [guest.username] })
    await guest.context.close()
  }
  await openChat(alice, chat)
  const people = alice.page.getByRole('region', { name: '10 members' })
  await expect(people.locator('.person')).toHaveCount(10)
  await people.getByRole('searchbox', { name: 'Find somebody here' }).fill('guest 7')
  await expect(people.locator('.person')).toHaveText([/Guest 7/])
  await people.getByRole('searchbox').fill('nobody at all')
  await expect(people).toContainText('Nothing was found')
})

const LONG = 'Рентгеноэлектрокардиографический'.repeat(2)

for (const look of FOUR_LOOKS) {
  const name = `${look.size.width}-${look.theme}-${look.locale}`
  test(`people, rights and links are sound: ${name}`, async ({ alice, bob, browser }) => {
    const carol = await newTalker(browser, alice.url, LONG)
    const dora = await newTalker(browser, alice.url, 'Dora')
    const chat = await newChannel(alice, bob, carol)
    const { token } = await ask<{ token: string }>(alice, 'invites.create', {
      chat,
      approval: true,
    })
    await ask(dora, 'invites.join', { token })
    await say(alice, chat, 'Fog')
    const { page } = alice
    await wear(page, alice.url, look)
    await openChat(alice, chat)
    if (look.size === PHONE) await page.locator('.head-who').click()
    const people = page.locator('.details-people')
    await expect(people.locator('.person')).toHaveCount(3)
    await page.locator('.details-fold summary').first().click()
    await expect(page.locator('.invites li')).toHaveCount(1)
    await sound('links')
    await people.locator('.person .tool').last().click()
    await people.locator('.person-tools').scrollIntoViewIfNeeded()
    await sound('people')
    await people.locator('.person-tools .pop-item').first().click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await sound('rights')
    await page.keyboard.press('Escape')
    await people.locator('.person-tools .pop-item').nth(1).click()
    await sound('owner')

    async function sound(part: string): Promise<void> {
      await page.evaluate(() =>
        Promise.all(document.getAnimations().map((each) => each.finished.catch(() => undefined))),
      )
      if (WANTS_SHOTS) await shoot(page, `roles-${part}-${name}`)
      expect.soft(await overflow(page), part).toBeLessThanOrEqual(0)
      expect.soft(await axeFindings(page), part).toEqual([])
    }
  })
}
