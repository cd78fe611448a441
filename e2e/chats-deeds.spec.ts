import { photo } from '../test/support/pictures.ts'
import { Cable } from './support/cable.ts'
import {
  ask,
  bubble,
  choose,
  expect,
  openChat,
  otherDevice,
  say,
  type Talker,
  test,
  write,
} from './support/chats.ts'

const LIMIT = 4_096

/** The row of a chat in the list. */
function rowOf({ page }: Talker, chat: string) {
  return page.locator(`.row[data-chat="${chat}"]`)
}

async function chooseInRow(talker: Talker, chat: string, item: string | RegExp): Promise<void> {
  await rowOf(talker, chat).click({ button: 'right' })
  await talker.page.getByRole('menuitem', { name: item }).click()
}

/** Files that come as a drop or a paste, with what a browser says of them. */
async function bring(
  { page }: Talker,
  where: string,
  event: 'drop' | 'paste',
  files: readonly { readonly name: string; readonly base64: string }[],
): Promise<void> {
  await page.locator(where).evaluate(
    (element, { kind, given }) => {
      const data = new DataTransfer()
      for (const { name, base64 } of given) {
        const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
        data.items.add(new File([bytes], name, { type: 'image/jpeg' }))
      }
      const init = { bubbles: true, cancelable: true, dataTransfer: data, clipboardData: data }
      if (kind === 'drop') element.dispatchEvent(new DragEvent('dragover', init))
      const Kind = kind === 'drop' ? DragEvent : ClipboardEvent
      element.dispatchEvent(new Kind(kind, init))
    },
    { kind: event, given: files },
  )
}

/** Both before the browser draws again. */
function pressTwice(field: HTMLElement, key: KeyboardEventInit): void {
  for (let time = 1; time <= 2; time++) {
    field.dispatchEvent(new KeyboardEvent('keydown', { ...key, bubbles: true }))
  }
}

async function pictures(count: number): Promise<{ name: string; base64: string }[]> {
  const all = Array.from({ length: count }, async (_each, index) => ({
    name: `lake-${index}.jpg`,
    base64: (await photo({ width: 600, height: 400, seed: index })).toString('base64'),
  }))
  return Promise.all(all)
}

test('a name is offered and completed, and Enter sends where nobody is called so', async ({
  alice,
  bob,
  boat,
}) => {
  await Promise.all([openChat(alice, boat), openChat(bob, boat)])
  const composer = alice.page.locator('#composer')
  await composer.pressSequentially('hello @nobody')
  await composer.press('Enter')
  await expect(bubble(bob, 'hello @nobody')).toBeVisible()
  await composer.pressSequentially(`and @${bob.username.slice(0, 3)}`)
  await expect(alice.page.getByRole('option', { name: 'Bob' })).toBeVisible()
  await composer.press('Enter')
  await expect(composer).toHaveValue(`and @${bob.username} `)
  await composer.press('Enter')
  await expect(bubble(bob, `and @${bob.username}`)).toBeVisible()
  await expect(composer).toHaveValue('')
  expect([...alice.complaints, ...bob.complaints]).toEqual([])
})

test('a change that cannot be saved stays in the field until it can', async ({ alice, boat }) => {
  const { page, context } = alice
  const cable = await Cable.of(context)
  await openChat(alice, boat)
  await write(alice, 'fog on the lake')
  await expect(bubble(alice, 'fog').locator('.talk-tick')).toHaveText('sent')
  await page.locator('#composer').press('ArrowUp')
  await expect(page.locator('#composer')).toHaveValue('fog on the lake')
  await cable.pull()
  await write(alice, 'fog on the bay')
  await expect(page.locator('#composer')).toHaveValue('fog on the bay')
  await cable.plugIn()
  await expect(async () => {
    await page.locator('#composer').press('Enter')
    await expect(bubble(alice, 'fog on the bay')).toContainText('edited', { timeout: 1_000 })
  }).toPass({ timeout: 20_000 })
  await expect(page.locator('#composer')).toHaveValue('')
})

test('a change that was begun waits in its chat, and its words outlive the message', async ({
  alice,
  bob,
  boat,
  station,
}) => {
  const { page } = alice
  await say(bob, boat, 'hello')
  const { seq } = await say(alice, boat, 'fog on the lake')
  await openChat(alice, boat)
  const [composer, context] = [page.locator('#composer'), page.locator('.composer-context')]
  /** The caret is put behind the words a moment after them; who fills in the field selects all of it. */
  const change = async (from: string, to: string): Promise<void> => {
    await choose(alice, from, /^Edit/)
    await expect(composer).toHaveValue(from)
    await expect(async () => {
      await composer.fill(to)
      await expect(composer).toHaveValue(to, { timeout: 500 })
    }).toPass()
  }
  await composer.fill('begun')
  await change('fog on the lake', 'fog on the bay')
  await page.keyboard.press('Escape')
  await expect(composer).toHaveValue('begun')
  await change('fog on the lake', 'fog on the bay')
  await page.goto(`${station.url}/chats/@${bob.username}`)
  await expect(composer).toHaveValue('')
  await rowOf(alice, boat).click()
  await expect(composer).toHaveValue('fog on the bay')
  await expect(context).toContainText('fog on the lake')
  await choose(alice, 'hello', /^Reply/)
  await expect(composer).toHaveValue('begun')
  await page.keyboard.press('Escape')
  await expect(context).toHaveCount(0)
  await choose(alice, 'fog on the lake', /^Edit/)
  await expect(composer).toHaveValue('fog on the bay')
  await composer.press('Enter')
  await expect(bubble(alice, 'fog on the bay')).toContainText('edited')
  await expect(composer).toHaveValue('begun')

  await say(alice, boat, 'rain')
  await change('fog on the bay', 'ice')
  await choose(alice, 'rain', /^Edit/)
  await expect(composer).toHaveValue('rain')
  await choose(alice, 'fog on the bay', /^Edit/)
  await expect(composer).toHaveValue('ice')
  const deletion = { chat: boat, seqs: [seq], for: 'all' }
  await ask(alice, 'msg.delete', deletion)
  await expect(composer).toHaveValue('begun\n\nice')
  await expect(context).toHaveCount(0)
})

test('what somebody else has said is deleted for oneself alone', async ({
  alice,
  bob,
  station,
}) => {
  await alice.page.goto(`${station.url}/chats/@${bob.username}`)
  await write(alice, 'said by Alice')
  await bob.page.goto(`${station.url}/chats/@${alice.username}`)
  await choose(bob, 'said by Alice', /^Delete message/)
  const dialog = bob.page.getByRole('dialog')
  await expect(dialog).toContainText('It will disappear for you alone.')
  await expect(dialog.getByRole('checkbox')).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(bubble(bob, 'said by Alice')).toHaveCount(0)
  await expect(bubble(alice, 'said by Alice')).toBeVisible()
})

test('the list tells of a draft, which keeps what it answers, and its length is counted as the station counts', async ({
  alice,
  bob,
  boat,
  browser,
}) => {
  const { page } = alice
  await say(bob, boat, 'hello')
  await Promise.all([openChat(alice, boat), openChat(bob, boat)])
  await page.locator('#composer').fill(`**${'a'.repeat(LIMIT + 1)}**`)
  await expect(page.locator('.composer-left')).toHaveText('-1')
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeDisabled()
  await page.locator('#composer').fill(`**${'a'.repeat(LIMIT)}**`)
  await page.keyboard.press('Enter')
  await expect(bubble(alice, 'aaaa').locator('.talk-tick')).toHaveText('sent')
  await choose(alice, 'hello', /^Reply/)
  await page.locator('#composer').fill('begun')
  await page.goto(`${alice.url}/chats`)
  await expect(rowOf(alice, boat).locator('.row-summary')).toHaveText('Draft: begun')
  await expect(rowOf(alice, boat).locator('.row-ticks')).toHaveCount(0)

  const tablet = await otherDevice(browser, alice)
  const answered = tablet.page.locator('.composer-context')
  await expect(async () => {
    await openChat(tablet, boat)
    await expect(answered).toContainText('hello', { timeout: 2_000 })
  }).toPass()
  await expect(tablet.page.locator('#composer')).toHaveValue('begun')
  await openChat(alice, boat)
  await page.locator('#composer').press('End')
  await page.locator('#composer').pressSequentially(' here')
  await page.keyboard.press('Enter')
  await expect(bubble(bob, 'begun here').locator('.answer')).toContainText('hello')
})

test('a group is made, and its row is pinned, muted, marked unread and archived', async ({
  alice,
  bob,
}) => {
  const { page, url } = alice
  await page.goto(`${url}/chats`)
  await page.locator('.list-head').getByRole('button', { name: 'Start a new chat' }).click()
  await page.getByRole('button', { name: 'New group' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Title').fill('Shore')
  await dialog.getByLabel('Name or @username').fill(bob.username)
  await dialog.getByRole('button', { name: `@${bob.username}` }).click()
  await dialog.getByRole('button', { name: 'Create the group' }).click()
  await expect(page.locator('.head-words strong')).toHaveText('Shore')
  const chat = page.url().split('/').at(-1) ?? ''
  await bob.page.goto(`${url}/chats`)
  await expect(rowOf(bob, chat)).toContainText('Shore')

  await chooseInRow(bob, chat, 'Pin chat')
  await chooseInRow(bob, chat, 'Mark as unread')
  await expect(rowOf(bob, chat)).toContainText('marked as unread')
  await chooseInRow(bob, chat, 'Mute')
  await bob.page.getByRole('button', { name: 'For an hour' }).click()
  await expect(rowOf(bob, chat).locator('.row-muted')).toBeVisible()
  await chooseInRow(bob, chat, 'Unpin chat')
  await chooseInRow(bob, chat, 'Archive')
  await expect(rowOf(bob, chat)).toHaveCount(0)
  await bob.page.locator('.archive-row').click()
  await chooseInRow(bob, chat, 'Take out of the archive')
  await bob.page.getByRole('button', { name: 'Back' }).first().click()
  await expect(rowOf(bob, chat)).toBeVisible()
  await bob.page.reload()
  await expect(rowOf(bob, chat).locator('.row-muted')).toBeVisible()
  await ask(bob, 'chats.mute', { chat, until: new Date(Date.now() + 3_000).toISOString() })
  await expect(rowOf(bob, chat).locator('.row-muted')).toHaveCount(0)
  expect([...alice.complaints, ...bob.complaints]).toEqual([])
})

test('new messages make a sound until that is turned off, for the whole browser', async ({
  alice,
  bob,
  boat,
}) => {
  const { page } = alice
  await page.addInitScript(() => {
    const rung = { count: 0 }
    Object.assign(window, { rung })
    window.OscillatorNode = class extends OscillatorNode {
      override start(when?: number): void {
        rung.count++
        super.start(when)
      }
    }
  })
  await openChat(alice, boat)
  const rung = (): Promise<number> =>
    page.evaluate(() => (window as unknown as { rung: { count: number } }).rung.count)
  const menu = page.locator('.list-head').getByRole('button', { name: 'Start a new chat' })
  await menu.click()
  const { chat: other } = await ask<{ chat: { id: string } }>(bob, 'chats.open', {
    username: alice.username,
  })
  await say(bob, other.id, 'listen')
  await expect.poll(rung).toBe(2)
  await page.getByRole('button', { name: 'Sound of new messages' }).click()
  await page.keyboard.press('Escape')
  await page.reload()
  await menu.click()
  await expect(page.getByRole('button', { name: 'Sound of new messages' })).toHaveAttribute(
    'aria-pressed',
    'false',
  )
  await say(bob, other.id, 'and now')
  await expect(rowOf(alice, other.id).locator('.count')).toHaveText(/^2/)
  await page.waitForTimeout(1_000)
  expect(await rung()).toBe(0)
})

test('an album is dropped, a picture pasted, and both are walked through', async ({
  alice,
  bob,
  boat,
}) => {
  await Promise.all([openChat(alice, boat), openChat(bob, boat)])
  const { page } = alice
  await bring(alice, '.wall', 'drop', await pictures(1))
  await page.getByPlaceholder('Caption').fill('Two\nlakes')
  await page.keyboard.press('Escape')
  await expect(page.locator('#composer')).toHaveValue('Two\nlakes')
  await bring(alice, '.wall', 'drop', await pictures(3))
  await expect(page.getByPlaceholder('Caption')).toHaveValue('Two\nlakes')
  await page.getByPlaceholder('Caption').fill('Three lakes')
  await expect(page.locator('.dialog-foot button')).toBeEnabled()
  await page.getByPlaceholder('Caption').press('Enter')
  await expect(page.locator('#composer')).toHaveValue('')
  const album = bubble(bob, 'Three lakes')
  await expect(album.locator('.album-tile')).toHaveCount(3)
  await bring(alice, '#composer', 'paste', await pictures(1))
  await page.getByPlaceholder('Caption').fill('And one')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(bubble(bob, 'And one').locator('.album-tile')).toHaveCount(1)

  await album.locator('.album-tile').nth(1).click()
  const viewer = bob.page.locator('dialog.viewer')
  const shown = viewer.locator('img').first()
  await expect(shown).toHaveJSProperty('complete', true)
  const second = await shown.getAttribute('src')
  await bob.page.keyboard.press('ArrowRight')
  await expect.poll(() => shown.getAttribute('src')).not.toBe(second)
  await bob.page.keyboard.press('ArrowLeft')
  await expect.poll(() => shown.getAttribute('src')).toBe(second)
  await bob.page.keyboard.press('Escape')
  await expect(viewer).toHaveCount(0)
  await expect(album.locator('.album-tile').nth(1)).toBeFocused()
  expect([...alice.complaints, ...bob.complaints]).toEqual([])
})

test('files are dropped only where one may send them', async ({ alice, bob, boat }) => {
  const members = { send: true, media: false, invite: true, pin: false, changeInfo: false }
  await ask(alice, 'chats.update', { chat: boat, permissions: members })
  await openChat(bob, boat)
  await bring(bob, '.wall', 'drop', await pictures(1))
  await bring(bob, '#composer', 'paste', await pictures(1))
  await expect(bob.page.getByRole('dialog')).toHaveCount(0)
})

test('words are marked, hidden, quoted, forwarded, and an emoji is found by its name', async ({
  alice,
  bob,
  boat,
}) => {
  await Promise.all([openChat(alice, boat), openChat(bob, boat)])
  const { page } = alice
  const composer = page.locator('#composer')
  await page.getByRole('button', { name: 'Formatting' }).click()
  await composer.fill('the end is sad')
  await composer.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(11, 14))
  await page.getByRole('button', { name: 'Spoiler' }).click()
  await expect(composer).toHaveValue('the end is ||sad||')
  await composer.press('Control+z')
  await expect(composer).toHaveValue('the end is sad')
  await composer.press('Control+Shift+z')
  await expect(composer).toHaveValue('the end is ||sad||')
  await composer.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(13, 16))
  for (const text of ['the end is ||**sad**||', 'the end is ||sad||']) {
    await composer.press('Control+b')
    await expect(composer).toHaveValue(text)
  }
  await composer.evaluate(pressTwice, { key: 'b', code: 'KeyB', ctrlKey: true })
  await expect(composer).toHaveValue('the end is ||sad||')
  await composer.press('Enter')
  const hidden = bubble(bob, 'the end is').getByRole('button', { name: /Hidden text/ })
  await hidden.click()
  await expect(hidden).toHaveCount(0)

  await page.getByRole('button', { name: 'Emoji', exact: true }).click()
  await page.getByLabel('Search emoji').fill('огонь')
  await expect(page.locator('.emoji-grid button').first()).toHaveText('🔥')
  await page.getByLabel('Search emoji').fill('fire')
  await expect(page.locator('.emoji-grid button').first()).toHaveText('🔥')
  await page.getByLabel('Search emoji').press('Enter')
  await expect(composer).toHaveValue('🔥')
  await composer.press('Enter')
  await expect(bubble(bob, '🔥')).toBeVisible()

  await say(alice, boat, 'first light and long shadows')
  const words = bubble(bob, 'first light')
  await words.locator('.bubble-text').evaluate((element) => {
    const node = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode()
    if (node) getSelection()?.setBaseAndExtent(node, 0, node, 'first light'.length)
  })
  await words.locator('.bubble-text').dispatchEvent('contextmenu')
  await bob.page.getByRole('menuitem', { name: /^Reply/ }).click()
  await bob.page.locator('#composer').fill('how early?')
  await bob.page.reload()
  await expect(bob.page.locator('.composer-context span')).toHaveText('first light')
  await bob.page.locator('#composer').press('Enter')
  await expect(bubble(alice, 'how early?').locator('.answer')).toContainText(/first light$/)

  await choose(bob, 'long shadows', /^Forward/)
  await bob.page.getByRole('combobox', { name: 'Whom to forward to' }).fill('Boat')
  await bob.page.keyboard.press('Enter')
  await expect(bubble(alice, 'long shadows').locator('.bubble-forward')).toContainText('Alice')

  for (const text of ['first', 'second', 'third']) await say(alice, boat, `${text} of three`)
  await choose(bob, 'third of three', /^Select/)
  await bubble(bob, 'first of three')
    .locator('.bubble')
    .click({ modifiers: ['Shift'] })
  await expect(bob.page.locator('.selection')).toContainText('3 messages selected')
  await bob.page.locator('.selection').getByRole('button', { name: 'Forward' }).click()
  await bob.page.getByRole('combobox', { name: 'Whom to forward to' }).fill('Boat')
  await bob.page.keyboard.press('Enter')
  const passedOn = alice.page.locator('.talk', { hasText: 'of three' })
  await expect(passedOn).toContainText(
    ['first', 'second', 'third', 'first', 'second', 'third'].map((text) => `${text} of three`),
  )
  expect([...alice.complaints, ...bob.complaints]).toEqual([])
})
