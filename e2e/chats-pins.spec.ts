import { ask, bubble, expect, openChat, say, test } from './support/chats.ts'

const BETWEEN = 70

test('all that is pinned is listed, gone to, and unpinned by who may', async ({
  alice,
  bob,
  boat: chat,
}) => {
  const pins: number[] = []
  for (const text of ['Where the keys hang', 'When the ferry goes', 'Who brings the tea']) {
    pins.push((await say(alice, chat, text)).seq)
    for (let n = 1; n <= BETWEEN; n++) await say(alice, chat, `${text}, ${n}`)
  }
  for (const seq of pins) await ask(alice, 'msg.pin', { chat, seq, pinned: true })

  await openChat(bob, chat)
  await bob.page.getByRole('button', { name: 'All pinned: 3' }).click()
  const his = bob.page.getByRole('dialog', { name: 'Pinned messages' })
  await expect(his.locator('.row-summary')).toHaveText([
    'Who brings the tea',
    'When the ferry goes',
    'Where the keys hang',
  ])
  await expect(his.getByRole('button', { name: /^Unpin/ })).toHaveCount(0)
  await his.getByRole('button', { name: /Where the keys hang/ }).click()
  await expect(his).toHaveCount(0)
  await expect(bob.page.locator(`.talk[data-seq="${pins[0]}"]`)).toBeInViewport()
  await bob.page.getByRole('button', { name: 'To the newest messages' }).click()
  await bob.page.getByRole('button', { name: 'Alice pinned “When the ferry goes”' }).click()
  await expect(bob.page.locator(`.talk[data-seq="${pins[1]}"]`)).toBeInViewport()

  await openChat(alice, chat)
  await alice.page.getByRole('button', { name: 'All pinned: 3' }).click()
  const hers = alice.page.getByRole('dialog', { name: 'Pinned messages' })
  await hers.getByRole('button', { name: 'Unpin: When the ferry goes' }).click()
  await expect(hers.locator('.row-summary')).toHaveCount(2)
  await alice.page.keyboard.press('Escape')
  await expect(hers).toHaveCount(0)
  await expect(bob.page.getByRole('button', { name: 'All pinned: 2' })).toBeVisible()
  await alice.page.getByRole('button', { name: 'All pinned: 2' }).click()
  for (const text of ['Who brings the tea', 'Where the keys hang']) {
    await hers.getByRole('button', { name: `Unpin: ${text}` }).click()
  }
  await expect(hers.getByText('Nothing is pinned any more.')).toBeVisible()
  await alice.page.keyboard.press('Escape')
  await expect(bob.page.locator('.pins')).toHaveCount(0)
  await expect(bubble(alice, 'Who brings the tea, 70')).toBeInViewport()
  expect([...alice.complaints, ...bob.complaints]).toEqual([])
})

test('a pin that one has hidden from oneself is neither shown nor counted', async ({
  alice,
  bob,
  boat: chat,
}) => {
  const pins: number[] = []
  for (const text of ['Where the keys hang', 'When the ferry goes', 'Who brings the tea']) {
    pins.push((await say(alice, chat, text)).seq)
  }
  for (const seq of pins) await ask(alice, 'msg.pin', { chat, seq, pinned: true })
  const [, second = 0, third = 0] = pins
  await ask(bob, 'msg.delete', { chat, seqs: [third], for: 'me' })
  await openChat(bob, chat)
  const bar = bob.page.locator('.pins')
  await expect(bar).toContainText('When the ferry goes')
  await expect(bob.page.getByRole('button', { name: 'All pinned: 2' })).toBeVisible()
  await ask(bob, 'msg.delete', { chat, seqs: [second], for: 'me' })
  await expect(bar).toContainText('Where the keys hang')
  await expect(bob.page.getByRole('button', { name: /^All pinned/ })).toHaveCount(0)
  expect(bob.complaints).toEqual([])
})
