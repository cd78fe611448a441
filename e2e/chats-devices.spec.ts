import type { Page } from '@playwright/test'
import { Cable } from './support/cable.ts'
import {
  ask,
  bubble,
  expect,
  newGroup,
  openChat,
  otherDevice,
  say,
  type Talker,
  test,
  write,
} from './support/chats.ts'
import { lookAway, noticesOf } from './support/notices.ts'
import { PHONE } from './support/screens.ts'

/** High enough that few of them are in sight at once. */
const LINES = '\nand so on'.repeat(11)
const MESSAGES = 30

declare global {
  interface Window {
    /** What the row of the chat has counted, each time it changed. */
    quarkCounts?: number[]
  }
}

test('two devices read on without going back, and neither loses its draft', async ({
  alice: phone,
  bob,
  boat: chat,
  browser,
}) => {
  const pier = await newGroup(phone, 'Pier', [bob])
  const own = await say(phone, chat, 'my own words')
  for (let number = 1; number <= MESSAGES; number++) {
    await say(bob, chat, `number ${number}.${LINES}`)
  }
  const laptop = await otherDevice(browser, phone)
  const told = await noticesOf(laptop, 'granted')
  const cable = await Cable.of(laptop.context)
  await phone.page.setViewportSize(PHONE)
  for (const { page, url } of [phone, laptop]) {
    await page.goto(`${url}/chats`)
    await expect(countIn(page, chat)).toHaveText(/^30/)
    await page.evaluate(watchCount, chat)
  }

  await laptop.page.locator(`.row[data-chat="${chat}"] .row-link`).click()
  await readTo(laptop, own.seq + 17)
  for (const { page } of [phone, laptop]) await expect(countIn(page, chat)).toHaveText(/^13/)
  await cable.pull()

  await phone.page.locator(`.row[data-chat="${pier}"] .row-link`).click()
  for (const text of ['first', 'second']) await send(phone, `${text} on the pier`)
  await say(bob, pier, 'is there ice?')
  await expect.poll(() => readOf(phone, pier)).toMatchObject({ unread: 0 })
  await phone.page.goBack()
  await phone.page.locator(`.row[data-chat="${chat}"] .row-link`).click()
  await readTo(phone, own.seq + 25)
  await expect(countIn(phone.page, chat)).toHaveText(/^5/)
  await ask(phone, 'msg.edit', { chat, seq: own.seq, text: 'my better words' })
  await phone.page.locator('#composer').fill('Words of the phone')
  await expect.poll(() => draftOf(phone, chat)).toBe('Words of the phone')

  await expect(countIn(laptop.page, chat)).toHaveText(/^13/)
  await laptop.page.locator('#composer').fill('Words of the laptop')
  await readTo(laptop, own.seq + 20)
  await expect(countIn(laptop.page, chat)).toHaveText(/^10/)
  expect(await readOf(phone, chat)).toEqual({ readSeq: own.seq + 25, unread: 5 })
  await laptop.page.evaluate(lookAway)
  await cable.plugIn()

  const offer = laptop.page.locator('.composer-offer')
  await expect(offer).toContainText('Words of the phone', { timeout: 20_000 })
  await expect(laptop.page.locator('#composer')).toHaveValue('Words of the laptop')
  for (const { page } of [phone, laptop]) await expect(countIn(page, chat)).toHaveText(/^5/)
  await expect(laptop.page.locator(`.row[data-chat="${pier}"] .row-summary`)).toContainText(
    'is there ice?',
  )
  /* What the phone has read meanwhile is no news; what comes now is. */
  await say(bob, pier, 'and now?')
  await expect.poll(() => told).toEqual(['Pier'])

  await laptop.page.getByRole('button', { name: 'Keep mine' }).click()
  await expect(offer).toHaveCount(0)
  await expect(laptop.page.locator('#composer')).toHaveValue('Words of the laptop')
  await expect.poll(() => draftOf(phone, chat)).toBe('Words of the laptop')
  await expect(phone.page.locator('.composer-offer')).toContainText('Words of the laptop')
  await expect(phone.page.locator('#composer')).toHaveValue('Words of the phone')
  await phone.page.getByRole('button', { name: 'Take it' }).click()
  await expect(phone.page.locator('#composer')).toHaveValue('Words of the laptop')

  expect(await readOf(laptop, chat)).toEqual({ readSeq: own.seq + 25, unread: 5 })
  for (const { page } of [phone, laptop]) {
    const counts = (await page.evaluate(() => window.quarkCounts)) ?? []
    expect(counts).toEqual(counts.toSorted((a, b) => b - a))
    expect([counts[0], counts.at(-1)]).toEqual([30, 5])
  }
  for (const each of [phone, laptop]) {
    await openChat(each, pier)
    await expect(each.page.locator('.talk', { hasText: 'on the pier' })).toHaveCount(2)
    await openChat(each, chat)
    await each.page.locator('.wall-scroll').press('Home')
    await expect(bubble(each, 'my better words')).toBeAttached()
  }
  /* While the cable was out, the browser has complained of nothing else. */
  const others = laptop.complaints.filter((text) => !/ERR_FAILED/.test(text))
  expect([...phone.complaints, ...others]).toEqual([])
})

async function send(talker: Talker, text: string): Promise<void> {
  await write(talker, text)
  await expect(bubble(talker, text).locator('.talk-tick')).toHaveText('sent')
}

function countIn(page: Page, chat: string) {
  return page.locator(`.row[data-chat="${chat}"] .count`)
}

/** Scrolls until this message is the lowest in sight. */
async function readTo({ page }: Talker, seq: number): Promise<void> {
  await expect(page.locator('.wall[data-loaded="true"]')).toBeVisible()
  await expect(async () => {
    const rest = await page.evaluate((wanted) => {
      const wall = document.querySelector('.wall-scroll')
      const edge = wall?.getBoundingClientRect().bottom ?? Number.NaN
      const all = [...document.querySelectorAll<HTMLElement>('.talk')]
      const last = all.findLast((talk) => Number(talk.dataset['seq']) <= wanted)
      const by = (last?.getBoundingClientRect().bottom ?? Number.NaN) - edge
      wall?.scrollBy({ top: by, behavior: 'instant' })
      return last?.dataset['seq'] === String(wanted) ? Math.abs(by) : Number.NaN
    }, seq)
    expect(rest).toBeLessThan(2)
  }).toPass()
}

async function readOf(talker: Talker, chat: string): Promise<object> {
  const answer = await ask<{ chat: { me: { readSeq: number; unread: number } } }>(
    talker,
    'chats.get',
    { chat },
  )
  const { readSeq, unread } = answer.chat.me
  return { readSeq, unread }
}

async function draftOf(talker: Talker, chat: string): Promise<string | undefined> {
  const answer = await ask<{ chat: { me: { draft: { text: string } | null } } }>(
    talker,
    'chats.get',
    { chat },
  )
  return answer.chat.me.draft?.text
}

function watchCount(chat: string): void {
  const counts: number[] = []
  window.quarkCounts = counts
  const look = (): void => {
    const row = document.querySelector(`.row[data-chat="${chat}"]`)
    if (!row) return
    const count = Number(row.querySelector('.count [aria-hidden]')?.textContent ?? 0)
    if (counts.at(-1) !== count) counts.push(count)
  }
  look()
  const whole = { subtree: true, childList: true, characterData: true }
  new MutationObserver(look).observe(document.body, whole)
}
