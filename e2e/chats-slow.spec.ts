import type { BrowserContext } from '@playwright/test'
import { ask, bubble, expect, openChat, otherDevice, test, write } from './support/chats.ts'

/** Long enough that nothing here has to hurry. */
const SLOW_S = 3_600
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

test('slow mode counts down where one sends, keeps what is typed, and lets one go on when it ends', async ({
  alice,
  bob,
  boat: chat,
}) => {
  await ask(alice, 'chats.update', { chat, slowModeS: SLOW_S })
  await Promise.all([openChat(alice, chat), openChat(bob, chat)])
  await write(bob, 'one an hour')
  await expect(bubble(alice, 'one an hour')).toBeVisible()

  const send = bob.page.getByRole('button', { name: 'Send', exact: true })
  await expect(send).toHaveText(/^(1:00:00|59:\d\d)$/)
  await expect(send).toHaveAccessibleDescription(
    /^Slow mode: the next message in 3,(600|5\d\d) seconds$/,
  )
  await write(bob, 'too soon')
  await expect(send).toBeDisabled()
  /* It can be pressed all the same, and nothing happens. */
  await send.click({ force: true })
  await expect(bob.page.locator('#composer')).toHaveValue('too soon')
  await expect(bob.page.locator('.talk', { hasText: 'too soon' })).toHaveCount(0)

  await write(alice, 'the owner')
  await write(alice, 'does not wait')
  await expect(bubble(bob, 'does not wait')).toBeVisible()

  await ask(alice, 'chats.update', { chat, slowModeS: 0 })
  await expect(send).toHaveAccessibleDescription('')
  await send.click()
  await expect(bubble(alice, 'too soon')).toBeVisible()
  await expect(bob.page.locator('#composer')).toHaveValue('')
  expect([...alice.complaints, ...bob.complaints]).toEqual([])
})

test('slow mode counts down in every tab and on every device of who has written', async ({
  alice,
  bob,
  boat: chat,
  browser,
}) => {
  await ask(alice, 'chats.update', { chat, slowModeS: SLOW_S })
  await openChat(bob, chat)
  const second = { ...bob, page: await bob.context.newPage() }
  const phone = await otherDevice(browser, bob)
  await Promise.all([openChat(second, chat), openChat(phone, chat)])
  await write(bob, 'one an hour')
  for (const { page } of [bob, second, phone]) {
    await expect(page.getByRole('button', { name: 'Send', exact: true })).toHaveText(
      /^(1:00:00|59:\d\d)$/,
    )
  }
  expect([...alice.complaints, ...bob.complaints, ...phone.complaints]).toEqual([])
})

test('devices whose clocks are wrong keep to the time of the station', async ({
  alice,
  bob: late,
  boat: chat,
  browser,
}) => {
  const early = await otherDevice(browser, late)
  await setClock(late.context, -3 * DAY_MS)
  await setClock(early.context, 2 * HOUR_MS)
  await ask(alice, 'chats.update', { chat, slowModeS: SLOW_S })
  await Promise.all([openChat(late, chat), openChat(early, chat)])
  await write(late, 'one an hour')
  for (const { page } of [late, early]) {
    await expect(page.getByRole('button', { name: 'Send', exact: true })).toHaveText(
      /^(1:00:00|59:\d\d)$/,
    )
    await expect(page.locator('.day-name')).toHaveText('Today')
  }

  await ask(alice, 'chats.update', { chat, slowModeS: 1 })
  for (const each of [late, early]) {
    await expect(each.page.locator('.send-slow')).toHaveCount(0)
    await write(each, 'a second is over')
    await expect(bubble(each, 'a second is over').locator('.talk-tick')).toHaveText('sent')
    await expect(each.page.locator('.send-slow')).toHaveCount(0)
  }

  await late.page.locator('.details-action').first().click()
  await late.page.getByRole('button', { name: 'For an hour' }).click()
  for (const { page } of [late, early]) {
    await expect(page.locator(`.row[data-chat="${chat}"] .row-muted`)).toBeVisible()
  }
  const { chat: kept } = await ask<{ chat: { me: { mutedUntil: string } } }>(early, 'chats.get', {
    chat,
  })
  const leftMs = Date.parse(kept.me.mutedUntil) - Date.now()
  expect(Math.abs(leftMs - HOUR_MS)).toBeLessThan(2 * 60_000)
  await expect(late.page.locator('.talk')).toHaveCount(3)
  expect([...late.complaints, ...early.complaints]).toEqual([])
})

/** Sets the clock of a device wrong by so much, for every page it opens. */
async function setClock(context: BrowserContext, byMs: number): Promise<void> {
  await context.addInitScript((by) => {
    const { now } = Date
    window.Date = class extends Date {
      constructor(...at: [] | [number | string]) {
        if (at.length === 0) super(now() + by)
        else super(at[0])
      }
      static override now(): number {
        return now() + by
      }
    } as DateConstructor
  }, byMs)
}
