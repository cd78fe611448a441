import type { Page } from '@playwright/test'
import { axeFindings, overflow, unseenFocus, untranslated } from './support/accessibility.ts'
import { type At, SCENES, sayUnread, troubleOnTheWay } from './support/chat-scenes.ts'
import {
  ask,
  bubble,
  expect,
  newGroup,
  newTalker,
  openChat,
  otherDevice,
  say,
  type Talker,
  test as base,
} from './support/chats.ts'
import { FOUR_LOOKS, paint, wear } from './support/screens.ts'
import { shoot, WANTS_SHOTS } from './support/shots.ts'
import { setStage, type Stage } from './support/stage.ts'

const test = base.extend<object, { readonly stage: Stage }>({
  stage: [
    async ({ browser, station }, use) => use(await setStage(browser, station.url)),
    { scope: 'worker', timeout: 90_000 },
  ],
})

/** Pictures are taken of all four; otherwise each size is looked at once, in both themes. */
const LOOKS = WANTS_SHOTS ? FOUR_LOOKS : FOUR_LOOKS.filter(({ theme }) => theme === 'light')

for (const look of LOOKS) {
  const name = `${look.size.width}-${look.theme}-${look.locale}`
  test(`the messenger is sound: ${name}`, async ({ browser, stage }) => {
    test.setTimeout(480_000)
    await sayUnread(stage)
    const me = await otherDevice(browser, stage.alice)
    const { page } = me
    await troubleOnTheWay(page)
    await wear(page, me.url, look)
    const at: At = { stage, me, page }
    for (const scene of SCENES) {
      await test.step(scene.name, () => scene.go(at))
      await expectSound(page, `${scene.name}-${name}`)
    }
    expect(me.complaints.filter((each) => !isStaged(each))).toEqual([])
  })

  test(`the messenger is sound for who comes new: ${name}`, async ({ browser, stage }) => {
    const me = await newTalker(browser, stage.alice.url, 'Дора')
    const { page, url } = me
    await wear(page, url, look)
    await page.goto(`${url}/chats`)
    await expect(page.locator('.list-empty')).toBeVisible()
    await expectSound(page, `none-${name}`)
    await page.goto(url + stage.joinPath)
    await expectSound(page, `join-${name}`)
    await page.goto(`${url}/channel/${stage.slug}`)
    await expectSound(page, `public-${name}`)
    await openChat(me, stage.chats.channel)
    await expect(page.locator('.foot-note .button')).toBeVisible()
    await expectSound(page, `outside-${name}`)
    expect(await unseenFocus(page, 12)).toEqual([])
    expect(me.complaints).toEqual([])
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
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Shift+Tab')
  await expect(own).toBeFocused()
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

/** The last scene looks for a chat that is not there, and one has its message refused on the way. */
function isStaged(complaint: string): boolean {
  return complaint.includes('/nothing-here') || /\b403\b.*\/rt\/msg\.send$/.test(complaint)
}

async function talk(alice: Talker, bob: Talker): Promise<string> {
  const chat = await newGroup(alice, 'Boat and film', [bob])
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
    Promise.all(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
        .map((each) => each.finished.catch(() => undefined)),
    ),
  )
  await expect.soft.poll(() => overflow(page), name).toBeLessThanOrEqual(0)
  expect.soft(await untranslated(page), name).toEqual([])
  expect.soft(await axeFindings(page), name).toEqual([])
  if (WANTS_SHOTS) {
    await shoot(page, `chats-${name}`)
    return
  }
  await paint(page, 'dark')
  expect.soft(await axeFindings(page, 'color-contrast'), `${name}: dark`).toEqual([])
  await paint(page, 'light')
}
