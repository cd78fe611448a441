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

/** More than two pages of a history, so that what is far is not loaded. */
const BETWEEN = 120

test('unread mentions are walked to wherever they are, and fewer with each that is seen', async ({
  alice,
  bob,
  boat: chat,
}) => {
  test.setTimeout(120_000)
  const { page } = alice
  const own = await say(alice, chat, 'When do we sail?')
  const pause = async (name: string): Promise<void> => {
    for (let n = 1; n <= BETWEEN; n++) await say(bob, chat, `${name} ${n}`)
  }
  await pause('fog')
  await say(bob, chat, `far away, @${alice.username}`)
  await pause('ice')
  await say(bob, chat, 'at seven', { reply: { seq: own.seq } })
  await pause('rain')
  const { seq: last } = await say(bob, chat, `the last one, @${alice.username}`)

  await openChat(alice, chat)
  const next = page.getByRole('button', { name: /^To the next mention/ })
  await expect(next).toHaveAccessibleName('To the next mention, 3 left')
  await expect(bubble(alice, 'far away')).toHaveCount(0)
  await next.focus()
  /* It is pointed out for a moment only: looked for before the press. */
  const pointedOut = page.waitForSelector('.talk-flash:has-text("far away")')
  await page.keyboard.press('Enter')
  await pointedOut
  await expect(bubble(alice, 'far away')).toBeInViewport()
  await expect(next).toHaveAccessibleName('To the next mention, 2 left')

  await page.keyboard.press('Enter')
  await expect(bubble(alice, 'at seven')).toBeInViewport()
  await expect(next).toHaveAccessibleName('To the next mention, 1 left')

  /* Deleted before it is seen: there is nothing left to go to. */
  await ask(bob, 'msg.delete', { chat, seqs: [last], for: 'all' })
  await expect(next).toHaveCount(0)
  await expect(page.locator('.wall-scroll')).toBeFocused()

  await page.goto(`${alice.url}/chats`)
  await say(bob, chat, `back again, @${alice.username}`)
  await expect(page.locator('.row', { hasText: 'Boat' }).getByText('@')).toBeVisible()
  await openChat(alice, chat)
  await next.click()
  await expect(bubble(alice, 'back again')).toBeInViewport()
  await expect(next).toHaveCount(0)
  expect([...alice.complaints, ...bob.complaints]).toEqual([])
})

/** What notifications of this person's pages say, while nobody looks at them. */
async function shownTo({ context }: Talker): Promise<readonly string[]> {
  const shown: string[] = []
  await context.exposeFunction('hearNotification', (words: string) => shown.push(words))
  await context.addInitScript(() => {
    const world = window as unknown as { hearNotification(words: string): void }
    function Shown(_title: string, { body }: { body: string }): EventTarget {
      world.hearNotification(body)
      return Object.assign(new EventTarget(), { close: () => undefined })
    }
    Object.assign(Shown, { permission: 'granted' })
    Object.defineProperty(window, 'Notification', { value: Shown })
    document.hasFocus = () => false
  })
  return shown
}

test('a chat is heard, a muted one when somebody calls, unless one keeps them away', async ({
  alice,
  bob,
  boat: chat,
  browser,
  station,
}) => {
  const carol = await newTalker(browser, station.url, 'Carol')
  await ask(alice, 'members.add', { chat, usernames: [carol.username] })
  const shown = await shownTo(alice)
  await ask(alice, 'chats.mute', { chat, forS: 3_600 })
  const headers = { origin: alice.url }
  const block = `${alice.url}/api/v1/users/${bob.username}/block`
  expect((await alice.context.request.put(block, { headers, data: {} })).status()).toBeLessThan(300)
  await openChat(alice, chat)
  await alice.page.goto(`${alice.url}/chats`)
  await expect(alice.page.locator('.chats[data-ready]')).toBeVisible()
  await say(bob, chat, `Bob calls @${alice.username}`)
  await say(carol, chat, 'Carol speaks')
  await say(carol, chat, `Carol calls @${alice.username}`)
  await expect.poll(() => shown).toEqual([`Carol: Carol calls @${alice.username}`])
  await ask(alice, 'chats.mute', { chat, until: null })
  await say(bob, chat, 'Bob speaks up')
  await say(carol, chat, 'Carol speaks up')
  await expect.poll(() => shown.slice(1)).toEqual(['Carol: Carol speaks up'])
  expect(alice.complaints).toEqual([])
})
