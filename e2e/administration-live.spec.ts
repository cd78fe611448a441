import { readFile } from 'node:fs/promises'
import { axeFindings, overflow, untranslated } from './support/accessibility.ts'
import { complaintsOf } from './support/complaints.ts'
import { type Newcomer, passwordOf, registerQuickly, signInQuickly } from './support/people.ts'
import { DESKTOP, FOUR_LOOKS, paint, PHONE, wear } from './support/screens.ts'
import { shoot, WANTS_SHOTS } from './support/shots.ts'
import { expect, test } from './support/station.ts'

const ADA: Newcomer = { username: 'ada', displayName: 'Ада' }
const ALICE: Newcomer = { username: 'alice', displayName: 'Алиса' }
/** The page asks again after so long; its clock is moved on, so that nobody waits. */
const TURN_MS = 15_000
/** The station itself counts messages and posts once a minute. */
const COUNTED_MS = 90_000

test('what another person does appears on the overview that is open', async ({
  page,
  browser,
  station,
}) => {
  test.setTimeout(180_000)
  const { url } = station
  const complaints = await complaintsOf(page)
  const account = ['--email', 'ada@example.org', '--password', passwordOf(ADA)]
  await station.quark('user:create', ADA.username, '--role', 'admin', ...account)
  await signInQuickly(page.context(), url, ADA.username, passwordOf(ADA))
  await wear(page, url, { size: DESKTOP, theme: 'light', locale: 'en' })
  await page.clock.install()
  await page.goto('/admin?period=day')
  await page.evaluate(() => Object.assign(window, { isTheSamePage: true }))
  const figure = (name: string) => page.locator('.figure', { hasText: name }).locator('p').first()
  const written = page.locator('.activity .chart-line').first()
  await expect(figure('People in 24 hours')).toHaveText('1')
  const flat = await written.getAttribute('d')

  const context = await browser.newContext({ baseURL: url })
  await registerQuickly(context, url, ALICE)
  await page.clock.runFor(TURN_MS)
  await expect(figure('People in 24 hours')).toHaveText('2')

  const draft = { title: 'Fog', content: { markdown: 'Over the lake.' }, status: 'published' }
  const headers = { origin: url }
  const answer = await context.request.post('/api/v1/posts', { headers, data: draft })
  expect(answer.status(), await answer.text()).toBe(201)
  await expect(async () => {
    await page.clock.runFor(TURN_MS)
    await expect(figure('Posts in 24 hours')).toHaveText('1', { timeout: 1_000 })
  }).toPass({ timeout: COUNTED_MS })
  await expect(written).not.toHaveAttribute('d', flat ?? '')
  await expect(page.locator('.activity .chart-dot').last()).toHaveAttribute('d', /^M760 \d+h0$/)
  expect(await page.evaluate(() => 'isTheSamePage' in window)).toBe(true)

  await page.getByRole('button', { name: /^What it means: Activity/ }).click()
  await expect(page.locator('#hint-activity')).toBeVisible()
  await expect(page.locator('#hint-activity')).toContainText('Hours are in UTC')
  await page.clock.runFor(TURN_MS)
  await expect(page.locator('#hint-activity')).toBeVisible()
  for (const { size, theme, flavour } of FOUR_LOOKS) {
    const where = `the overview at ${size.width}, ${theme}`
    await page.setViewportSize(size)
    await paint(page, theme, flavour ?? 'up')
    expect.soft(await untranslated(page), where).toEqual([])
    expect.soft(await overflow(page), where).toBe(0)
    expect.soft(await axeFindings(page), where).toEqual([])
    const kind = size === PHONE ? 'phone' : 'desktop'
    if (WANTS_SHOTS) await shoot(page, `board-hint-${kind}-${theme}`)
  }
  await page.setViewportSize(DESKTOP)
  await page.keyboard.press('Escape')
  await expect(page.locator('#hint-activity')).toBeHidden()

  const downloaded = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download the numbers as a table' }).click()
  const file = await downloaded
  expect(file.suggestedFilename()).toBe('figures-day.csv')
  const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n')
  expect(lines[0]).toContain('"Time, UTC","Messages","Posts","People"')
  expect(lines).toHaveLength(25)
  /* The hour of the post; another one may have begun since. */
  expect(lines.filter((line) => /^"20\d\d-\d\d-\d\d \d\d:00",0,1,2,/.test(line))).toHaveLength(1)
  expect(complaints).toEqual([])
  await context.close()
})
