import { photo } from '../test/support/pictures.ts'
import { bubble, expect, openChat, say, type Talker, test } from './support/chats.ts'

const BETWEEN = 90

/** Sends pictures past the page, with a caption. */
async function show(
  who: Talker,
  chat: string,
  caption: string,
  seeds: readonly number[],
): Promise<void> {
  const mediaIds: string[] = []
  for (const seed of seeds) {
    const buffer = await photo({ width: 320, height: 240, seed })
    const answer = await who.context.request.post(`${who.url}/api/v1/chats/${chat}/media`, {
      headers: { origin: who.url },
      multipart: { file: { name: `${seed}.jpg`, mimeType: 'image/jpeg', buffer } },
    })
    expect(answer.status()).toBe(201)
    mediaIds.push(((await answer.json()) as { id: string }).id)
  }
  await say(who, chat, caption, { mediaIds })
}

test('all pictures of a chat are walked from any of them, also those that are not loaded', async ({
  alice,
  bob,
  boat: chat,
}) => {
  test.setTimeout(120_000)
  await show(bob, chat, 'The first morning', [1])
  for (let n = 1; n <= BETWEEN; n++) await say(bob, chat, `fog ${n}`)
  await show(alice, chat, 'Two lakes with a **bold** shore', [2, 3])
  await show(bob, chat, '', [4])
  await say(alice, chat, 'none here')

  const { page } = alice
  await openChat(alice, chat)
  await bubble(alice, 'Two lakes').locator('.album-tile').nth(1).click()
  const viewer = page.locator('dialog.viewer')
  await expect(viewer).toHaveAccessibleName('Picture 3 of 4')
  await expect(viewer.locator('.viewer-caption')).toHaveText('Two lakes with a bold shore')
  await expect(viewer.locator('.viewer-who strong')).toHaveText('Alice')
  await expect(viewer.getByRole('link', { name: 'Download' })).toHaveAttribute('download', /.*/)

  await page.keyboard.press('ArrowRight')
  await expect(viewer).toHaveAccessibleName('Picture 4 of 4')
  await expect(viewer.locator('.viewer-caption')).toHaveCount(0)
  await expect(viewer.locator('.viewer-who strong')).toHaveText('Bob')
  await expect(viewer.getByRole('button', { name: 'Next picture' })).toHaveCount(0)
  for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowLeft')
  await expect(viewer).toHaveAccessibleName('Picture 1 of 4')
  await expect(viewer.locator('.viewer-caption')).toHaveText('The first morning')
  await expect(bubble(alice, 'The first morning')).toHaveCount(0)

  await viewer.getByRole('button', { name: 'Go to the message' }).click()
  await expect(viewer).toHaveCount(0)
  const first = bubble(alice, 'The first morning')
  await expect(first).toBeInViewport()

  await first.locator('.album-tile').click()
  await expect(viewer).toHaveAccessibleName('Picture 1 of 4')
  await page.goBack()
  await expect(viewer).toHaveCount(0)
  await expect(page).toHaveURL(new RegExp(`/chats/${chat}`))
  await first.locator('.album-tile').click()
  await expect(viewer).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(viewer).toHaveCount(0)
  await expect(first).toBeInViewport()

  await page.locator('.shared-grid button').first().click()
  await expect(viewer).toHaveAccessibleName('Picture 4 of 4')
  /* Pulled to the right: the one before comes. */
  await page.mouse.move(600, 450)
  await page.mouse.down()
  await page.mouse.move(800, 455, { steps: 5 })
  await page.mouse.up()
  await expect(viewer).toHaveAccessibleName('Picture 3 of 4')
  expect([...alice.complaints, ...bob.complaints]).toEqual([])
})
