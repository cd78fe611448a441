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
} from './support/chats.ts'
import { passwordOf } from './support/people.ts'
import { FOUR_LOOKS, wear } from './support/screens.ts'
import { shoot, WANTS_SHOTS } from './support/shots.ts'

/** Makes a link in the details of a chat. @returns its path. */
async function makeLink(
  { page }: Talker,
  { span, limit, asks }: { span: string; limit: string; asks: boolean },
): Promise<string> {
  const fold = page.locator('.details-fold', { hasText: 'Invitation links' })
  if ((await fold.getAttribute('open')) === null) await fold.locator('summary').click()
  await page.getByLabel('How long').selectOption(span)
  await page.getByLabel('How many people').selectOption(limit)
  await page.getByRole('switch', { name: 'Ask for approval' }).setChecked(asks)
  const rows = page.locator('.invites li')
  const before = await rows.count()
  await page.getByRole('button', { name: 'Create a link' }).click()
  await expect(rows).toHaveCount(before + 1)
  const shown = (await rows.first().locator('.invite-path').textContent()) ?? ''
  return shown.slice(shown.indexOf('/join/'))
}

test('a link made in the details lets one person in, and then nobody', async ({
  alice,
  bob,
  boat: chat,
  browser,
}) => {
  await say(alice, chat, 'all aboard')
  await openChat(alice, chat)
  const path = await makeLink(alice, { span: 'An hour', limit: '1 person', asks: false })
  const row = alice.page.locator('.invites li').first()
  await expect(row).toContainText('0 of 1 · until')
  const carol = await newTalker(browser, alice.url, 'Carol')

  /* In a message it leads on in the same tab, where it is only looked at. */
  const { page } = bob
  await say(alice, chat, `Come: ${alice.url}${path}`)
  await openChat(bob, chat)
  await bubble(bob, 'Come:').getByRole('link').click()
  await expect(page).toHaveURL(new RegExp(`/chats/${chat}$`))

  await carol.page.goto(carol.url + path)
  await expect(carol.page.getByRole('heading', { name: 'Boat' })).toBeVisible()
  await expect(carol.page.getByText('Alice invites you to a group')).toBeVisible()
  expect(await axeFindings(carol.page)).toEqual([])
  await carol.page.getByRole('button', { name: 'Join the group' }).click()
  await expect(carol.page).toHaveURL(new RegExp(`/chats/${chat}$`))
  await expect(carol.page.locator('.service-line', { hasText: 'Carol' })).toBeVisible()
  const dora = await newTalker(browser, alice.url, 'Dora')
  await dora.page.goto(dora.url + path)
  await expect(dora.page.getByRole('heading', { name: /used up/ })).toBeVisible()
  await expect(row).toContainText('1 of 1')

  await row.getByRole('button', { name: 'Revoke the link' }).click()
  await alice.page.getByRole('button', { name: 'Cancel' }).click()
  await expect(row).toBeVisible()
  await row.getByRole('button', { name: 'Revoke the link' }).click()
  await alice.page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(alice.page.locator('.invites li')).toHaveCount(0)
  expect([...alice.complaints, ...bob.complaints, ...carol.complaints]).toEqual([])
})

test('who asks to come in is seen at once in the details, and let in or not', async ({
  alice,
  boat: chat,
  browser,
}) => {
  await openChat(alice, chat)
  const path = await makeLink(alice, { span: 'A week', limit: 'Any number', asks: true })
  const guests = [
    await newTalker(browser, alice.url, 'Carol'),
    await newTalker(browser, alice.url, 'Dora'),
  ]
  for (const { page, url } of guests) {
    await page.goto(url + path)
    await page.getByRole('button', { name: 'Ask to join' }).click()
    await expect(page.getByText('Your request was sent')).toBeVisible()
    await expect(page).toHaveURL(url + path)
  }
  await openChat(alice, chat)
  const asking = alice.page.getByRole('region', { name: '2 requests to join' })
  await expect(asking).toBeVisible()
  expect(await axeFindings(alice.page)).toEqual([])
  await asking.getByRole('button', { name: 'Accept Carol' }).click()
  const left = alice.page.getByRole('region', { name: '1 request to join' })
  await left.getByRole('button', { name: 'Refuse Dora' }).focus()
  await alice.page.keyboard.press('Enter')
  await expect(left).toHaveCount(0)
  await expect(alice.page.locator('.toast')).toHaveText('The request of Dora was refused')
  await expect(alice.page.getByRole('group', { name: 'Invitations and requests' })).toBeFocused()
  const [carol, dora] = guests
  await carol?.page.reload()
  await expect(carol?.page ?? alice.page).toHaveURL(new RegExp(`/chats/${chat}$`))
  await dora?.page.reload()
  await expect(dora?.page.getByRole('button', { name: 'Ask to join' }) ?? left).toBeVisible()
})

test('a stranger without a script makes an account on the way and comes in', async ({
  alice,
  boat: chat,
  browser,
}) => {
  await openChat(alice, chat)
  const path = await makeLink(alice, { span: 'Without end', limit: '10 people', asks: false })
  const context = await browser.newContext({ locale: 'en', javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(alice.url + path)
  await page.getByRole('link', { name: 'Sign in', exact: true }).last().click()
  await page.getByRole('main').getByRole('link', { name: 'Create' }).click()
  const newcomer = { username: `${alice.username}new`, displayName: 'Eve' }
  await page.locator('[name="displayName"]').fill(newcomer.displayName)
  await page.locator('[name="username"]').fill(newcomer.username)
  await page.locator('[name="email"]').fill(`${newcomer.username}@example.org`)
  await page.locator('[name="password"]').fill(passwordOf(newcomer))
  await page.locator('[name="consent"]').check()
  await page.locator('main button.button-primary').click()
  await expect(page).toHaveURL(alice.url + path)
  await page.getByRole('button', { name: 'Join the group' }).click()
  await expect(page).toHaveURL(new RegExp(`/chats/${chat}$`))
  await context.close()
  await expect(alice.page.locator('.service-line', { hasText: 'Eve' })).toBeVisible()
})

const LONG = 'Рентгеноэлектрокардиографического'.repeat(3)

for (const look of FOUR_LOOKS) {
  const name = `${look.size.width}-${look.theme}-${look.locale}`
  test(`the door of a chat is sound: ${name}`, async ({ alice, bob, boat: chat, browser }) => {
    const { url } = alice
    await ask(alice, 'chats.update', { chat, title: LONG, about: `${LONG}\nКаждое воскресенье` })
    const link = (wish: object) =>
      ask<{ path: string; token: string }>(alice, 'invites.create', { chat, ...wish })
    const open = await link({})
    const asks = await link({ approval: true })
    const stranger = await browser.newContext({ locale: 'en' })
    const page = await stranger.newPage()
    const carol = await newTalker(browser, url, 'Carol')
    await wear(page, url, look)
    await wear(carol.page, url, look)
    const sound = async (of: typeof page, part: string): Promise<void> => {
      if (WANTS_SHOTS) await shoot(of, `door-${part}-${name}`)
      expect.soft(await overflow(of), part).toBeLessThanOrEqual(0)
      expect.soft(await axeFindings(of), part).toEqual([])
    }
    await page.goto(url + asks.path)
    await sound(page, 'stranger')
    await page.goto(`${url}/join/nothing-at-all`)
    await sound(page, 'gone')
    await carol.page.goto(url + open.path)
    await sound(carol.page, 'open')
    await carol.page.goto(url + asks.path)
    await carol.page.locator('.door button').click()
    await sound(carol.page, 'waits')
    expect(bob.complaints).toEqual([])
    await stranger.close()
  })
}
