import { readFile } from 'node:fs/promises'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import type { StationProcess } from '../test/support/station-process.ts'
import { axeFindings, overflow, untranslated } from './support/accessibility.ts'
import { complaintsOf } from './support/complaints.ts'
import { type Newcomer, passwordOf, registerQuickly, signInQuickly } from './support/people.ts'
import { DESKTOP, FOUR_LOOKS, paint, PHONE, wear } from './support/screens.ts'
import { shoot, WANTS_SHOTS } from './support/shots.ts'
import { expect, test } from './support/station.ts'

const ADA: Newcomer = { username: 'ada', displayName: 'Ада' }
const ALICE: Newcomer = { username: 'alice', displayName: 'Алиса Селезнёва' }
const BOB: Newcomer = { username: 'bob', displayName: '=HYPERLINK("http://evil.example")' }
const CAROL: Newcomer = {
  username: 'carol',
  displayName: `Каролина ${'Преображенская'.repeat(4)}`,
}
const DAVE: Newcomer = { username: 'dave', displayName: 'Дейв' }
const OTHERS: readonly Newcomer[] = [
  { username: 'erin', displayName: 'Эрин' },
  { username: 'frank', displayName: 'Фрэнк' },
]

/** An admin at the table of people. */
async function comeAsAdmin(context: BrowserContext, station: StationProcess): Promise<void> {
  const account = ['--email', 'ada@example.org', '--password', passwordOf(ADA)]
  await station.quark('user:create', ADA.username, '--role', 'admin', ...account).catch(() => '')
  await signInQuickly(context, station.url, ADA.username, passwordOf(ADA))
}

async function inhabit(browser: Browser, url: string, people: readonly Newcomer[]): Promise<void> {
  for (const newcomer of people) {
    const context = await browser.newContext()
    await registerQuickly(context, url, newcomer)
    await context.close()
  }
}

const tick = (page: Page, { username }: Newcomer) =>
  page.locator('tr', { hasText: `@${username}` }).locator('input[name="people"]')

test('an admin orders the table, blocks two people at once, and takes the table along', async ({
  page,
  browser,
  station,
}) => {
  test.setTimeout(240_000)
  const complaints = await complaintsOf(page)
  await inhabit(browser, station.url, [ALICE, BOB, CAROL, DAVE])
  await comeAsAdmin(page.context(), station)
  await wear(page, station.url, { size: DESKTOP, theme: 'light', locale: 'en' })

  /* Dave is here: his page keeps a socket. */
  const elsewhere = await browser.newContext({ baseURL: station.url })
  await signInQuickly(elsewhere, station.url, DAVE.username, passwordOf(DAVE))
  const open = await elsewhere.newPage()
  await open.goto('/chats')
  await page.goto('/admin/people')
  await expect(async () => {
    await page.goto('/admin/people?seen=now')
    await expect(page.locator('tbody tr', { hasText: '@dave' })).toHaveCount(1, { timeout: 1_000 })
  }).toPass()
  await expect(page.locator('tr', { hasText: '@dave' }).locator('.presence-here')).toHaveCount(1)
  await expect(page.locator('tr', { hasText: '@alice' })).toHaveCount(0)
  await elsewhere.close()

  await page.goto('/admin/people')
  await page.getByRole('link', { name: 'Person' }).click()
  await expect(page.locator('.people-who a').first()).toContainText('@ada')
  await page.getByRole('link', { name: 'Person' }).click()
  await expect(page.locator('th[aria-sort="descending"]')).toHaveText('Person')

  await page.locator('.column-chooser summary').press('Enter')
  await lookAt(page, 'people-columns')
  await page.getByLabel('Messages', { exact: true }).press('Space')
  await page.getByLabel('Here since').press('Space')
  await page.getByRole('button', { name: 'Show', exact: true }).press('Enter')
  await expect(page.locator('thead th')).toHaveText([
    'Person',
    'Role',
    'State',
    'Posts',
    'Storage',
    'Here since',
    'Seen',
  ])
  await expect(page).toHaveURL('/admin/people?sort=name&order=desc')

  const bar = page.locator('.selection-bar')
  await expect(bar).toBeHidden()
  await tick(page, BOB).check()
  await expect(bar).toContainText('Selected: 1')
  await page.getByLabel('Select everybody on this page').check()
  await expect(bar).toContainText('Selected: 4')
  await expect(tick(page, ADA)).toHaveCount(0)
  await page.getByRole('button', { name: 'Clear the selection' }).click()
  await expect(bar).toBeHidden()
  await tick(page, BOB).check()
  await tick(page, CAROL).check()
  await expect(bar).toContainText('Selected: 2')
  await lookAt(page, 'people-selected')
  await bar.getByRole('button', { name: 'Block', exact: true }).click()

  await expect(page.locator('h2').first()).toHaveText('Block 2 people?')
  await lookAt(page, 'people-question')
  await page.locator('[name="reason"]').fill('A test of patience')
  await page.getByRole('button', { name: 'Block 2 people' }).click()
  await expect(page.locator('.notice-good')).toHaveText('2 people are blocked')
  await lookAt(page, 'people-answer')
  await page.locator('.back-link').click()
  await expect(page.locator('tbody .state-bad')).toHaveCount(2)

  await page.getByRole('link', { name: 'Download the table of people' }).click()
  await lookAt(page, 'people-export')
  const downloaded = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download' }).click()
  const file = await downloaded
  expect(file.suggestedFilename()).toBe('people.csv')
  const text = await readFile(await file.path(), 'utf8')
  expect(text).toContain(`"'=HYPERLINK(""http://evil.example"")","bob"`)
  expect(text.trimEnd().split('\r\n')).toHaveLength(6)
  expect(complaints).toEqual([])
})

test('without a script the bar appears with a tick, and people are signed out', async ({
  browser,
  station,
}) => {
  test.setTimeout(120_000)
  await inhabit(browser, station.url, OTHERS)
  const context = await browser.newContext({ baseURL: station.url, javaScriptEnabled: false })
  await comeAsAdmin(context, station)
  const page = await context.newPage()
  await wear(page, station.url, { size: PHONE, theme: 'light', locale: 'en' })
  await page.goto('/admin/people')
  await page.locator('.people-order summary').click()
  await page.getByRole('link', { name: 'by user name, A to Z' }).click()
  await expect(page.locator('.people-who a').first()).toContainText('@ada')
  await expect(page.locator('.selection-bar')).toBeHidden()
  for (const person of OTHERS) await tick(page, person).check()
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await page.getByRole('button', { name: 'Sign 2 people out everywhere' }).click()
  await expect(page.locator('.notice-good')).toHaveText('2 people are signed out everywhere')
  await expect(page.locator('.person-lines li')).toHaveCount(2)
  await page.locator('.back-link').click()
  await expect(page).toHaveURL('/admin/people?sort=name&order=asc')
  await context.close()
})

/** The page as it stands, in all four looks: nothing for axe, nothing too wide. */
async function lookAt(page: Page, name: string): Promise<void> {
  for (const { size, theme, flavour } of FOUR_LOOKS) {
    const where = `${name} at ${size.width}, ${theme}`
    await page.setViewportSize(size)
    await paint(page, theme, flavour ?? 'up')
    expect.soft(await untranslated(page), where).toEqual([])
    expect.soft(await overflow(page), where).toBe(0)
    expect.soft(await axeFindings(page), where).toEqual([])
    const kind = size === PHONE ? 'phone' : 'desktop'
    if (WANTS_SHOTS) await shoot(page, `${name}-${kind}-${theme}`)
  }
  await page.setViewportSize(DESKTOP)
}
