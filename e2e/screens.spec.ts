import type { Browser, Page } from '@playwright/test'
import { axeFindings, overflow, unseenFocus, untranslated } from './support/accessibility.ts'
import { complaintsOf } from './support/complaints.ts'
import { type DemoStation, expect, test, type Visitor } from './support/demo.ts'
import {
  DESKTOP,
  type Look,
  paint,
  PHONE,
  POST,
  type Screen,
  screensOf,
  wear,
} from './support/screens.ts'
import { pageWeight } from './support/weight.ts'

const FLAVOURS = ['up', 'down', 'charm', 'strange', 'top', 'bottom'] as const
const LOOKS: readonly Look[] = [
  { size: PHONE, theme: 'light', locale: 'ru' },
  { size: DESKTOP, theme: 'light', locale: 'en' },
]
const TAB_STOPS = 8
const MAX_BYTES = 50 * 1024

const NOT_FOR_READERS = /^(?:register|login|setup|forgot|reset-spent|invitation-gone|api-docs)$/

/** Pages whose scripts make signing in easier; all others bring readers none. */
const SCRIPTED = /^(?:register|login|setup|forgot|reset-spent|invitation-gone)$/

for (const look of LOOKS) {
  const title = `every page is sound at ${look.size.width} pixels, light and dark, in ${look.locale}`
  test(title, async ({ browser, demo }) => {
    test.setTimeout(240_000)
    const pages = new Map<Visitor, Watched>()
    for (const screen of screensOf(demo)) {
      const { visitor, name, path, status = 200 } = screen
      const { page, complaints } =
        pages.get(visitor) ?? (await entered(browser, demo, visitor, look))
      pages.set(visitor, { page, complaints })
      const answer = await page.goto(demo.station.url + path)
      expect.soft(answer?.status(), name).toBe(status)
      await expectSound(page, screen, look)
      expect.soft(complaints.splice(0), name).toEqual([])
    }
    for (const { page } of pages.values()) await page.context().close()
  })
}

test('home and a post have enough contrast in all flavours, light and dark', async ({
  browser,
  demo,
}) => {
  const { url } = demo.station
  const page = await browser.newPage()
  for (const flavour of FLAVOURS) {
    await wear(page, url, { size: DESKTOP, theme: 'light', locale: 'ru', flavour })
    await page.goto(url)
    await expect.soft(page.locator('html')).toHaveAttribute('data-flavour', flavour)
    await expectContrast(page, flavour)
    // A post wears its author's flavour, so the others are put on it here.
    await page.goto(url + POST)
    await expectContrast(page, flavour)
  }
  await page.context().close()
})

test('a page for readers weighs at most 50 KB with its style sheet', async ({ demo }) => {
  for (const { name, visitor, path } of screensOf(demo)) {
    if (visitor !== 'stranger' || NOT_FOR_READERS.test(name)) continue
    expect.soft(await pageWeight(demo.station.url + path), name).toBeLessThanOrEqual(MAX_BYTES)
  }
})

async function expectContrast(page: Page, flavour: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await paint(page, theme, flavour)
    const found = await axeFindings(page, 'color-contrast')
    expect.soft(found, `${page.url()} in ${flavour}, ${theme}`).toEqual([])
  }
}

interface Watched {
  readonly page: Page
  readonly complaints: string[]
}

async function entered(
  browser: Browser,
  demo: DemoStation,
  visitor: Visitor,
  look: Look,
): Promise<Watched> {
  const page = await browser.newPage({ storageState: demo.sessions[visitor] })
  await wear(page, demo.station.url, look)
  return { page, complaints: await complaintsOf(page) }
}

async function expectSound(page: Page, { name, visitor }: Screen, look: Look): Promise<void> {
  await expect.soft(page.locator('html'), name).toHaveAttribute('lang', look.locale)
  expect.soft(await untranslated(page), `${name}: texts`).toEqual([])
  expect.soft(await overflow(page), `${name}: wider than its window`).toBe(0)
  expect.soft(await axeFindings(page), `${name}: light`).toEqual([])
  if (look.size === DESKTOP) {
    expect.soft(await unseenFocus(page, TAB_STOPS), `${name}: focus`).toEqual([])
  }
  if (visitor === 'stranger' && !SCRIPTED.test(name)) {
    const scripts = page.locator('script:not([type="application/ld+json"])')
    await expect.soft(scripts, `${name}: scripts`).toHaveCount(0)
  }
  await paint(page, 'dark')
  expect.soft(await axeFindings(page, 'color-contrast'), `${name}: dark`).toEqual([])
}
