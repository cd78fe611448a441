import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import { expect, test as base } from '@playwright/test'
import { type StationProcess, startStationProcess } from '../test/support/station-process.ts'

/** Every kind of page on a station that is full of people, as people see it. */
const test = base.extend<object, { readonly full: StationProcess }>({
  full: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the needs of a fixture from this pattern
    async ({}, use) => {
      const station = await startStationProcess({ demo: true })
      await use(station)
      await station.stop()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
})

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const FLAVOURS = ['up', 'down', 'charm', 'strange', 'top', 'bottom']
const POST = '/user/anna/blog/god-tumana'
const PUBLIC = [
  '/',
  '/posts',
  '/user/anna',
  '/user/anna/blog',
  '/user/anna/blog?view=cards',
  POST,
  '/auth/register',
  '/auth/login',
  '/nobody/here',
  '/api/docs',
]
const OWN = ['/', '/write', '/write/new', '/settings', '/user/dora', '/user/dora/blog', POST]

interface Look {
  readonly locale: 'ru' | 'en'
  readonly width: 390 | 1440
  readonly colorScheme: 'light' | 'dark'
}

const LOOKS: readonly Look[] = [
  { locale: 'ru', width: 390, colorScheme: 'light' },
  { locale: 'en', width: 1440, colorScheme: 'light' },
  { locale: 'ru', width: 1440, colorScheme: 'dark' },
  { locale: 'en', width: 390, colorScheme: 'dark' },
]

function seenAs(browser: Browser, full: StationProcess, look: Look): Promise<BrowserContext> {
  const { locale, width, colorScheme } = look
  const viewport = { width, height: width === 390 ? 844 : 900 }
  return browser.newContext({ baseURL: full.url, locale, viewport, colorScheme, bypassCSP: true })
}

/** What is wrong with a page: complaints of the browser, of axe, of our own rules. */
async function faults(page: Page, path: string, { locale, width }: Look): Promise<string[]> {
  const found: string[] = []
  const note = (text: string): void => void found.push(`${path}: ${text}`)
  const hear = (message: { type(): string; text(): string }): void => {
    const isMissing = /status of 404/.test(message.text())
    if (message.type() === 'error' && !isMissing) note(message.text())
  }
  page.on('console', hear)
  await page.goto(path)
  const lang = await page.locator('html').getAttribute('lang')
  if (lang !== locale) note(`lang is ${lang}`)
  const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth)
  if (scrollWidth > width) note(`${scrollWidth} px wide`)
  const keys = /\b(?:blog|landing|shell|auth|settings|profile|error)\.[a-z]+[A-Za-z.]*\b/g
  const shown = await page.locator('body').innerText()
  if (path !== '/api/docs') for (const key of shown.match(keys) ?? []) note(`shows ${key}`)
  await page.evaluate(AXE)
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    const { violations: all } = await axe.run()
    return all.map(({ id, nodes }) => `${id} ${nodes[0]?.html.slice(0, 160)}`)
  })
  for (const violation of violations) note(`axe ${violation}`)
  page.off('console', hear)
  return found
}

for (const look of LOOKS) {
  const name = `${look.locale}, ${look.width} px, ${look.colorScheme}`

  test(`pages for everyone are in order: ${name}`, async ({ browser, full }) => {
    test.setTimeout(120_000)
    const context = await seenAs(browser, full, look)
    const page = await context.newPage()
    const all: string[] = []
    for (const path of PUBLIC) all.push(...(await faults(page, path, look)))
    expect(all).toEqual([])
    await context.close()
  })
}

for (const look of LOOKS.slice(0, 2)) {
  test(`one’s own pages are in order: ${look.locale}, ${look.width} px`, async ({
    browser,
    full,
  }) => {
    test.setTimeout(120_000)
    const context = await seenAs(browser, full, look)
    const page = await context.newPage()
    const login = {
      username: 'dora',
      email: 'dora@example.org',
      password: 'dora has a long password',
    }
    const made = await page.request.post('/api/v1/auth/register', {
      data: { ...login, consent: true },
    })
    if (made.status() === 409) {
      await page.request.post('/api/v1/auth/login', {
        data: { login: 'dora', password: login.password },
      })
    }
    await context.clearCookies({ name: 'quark-locale' })
    const all: string[] = []
    for (const path of OWN) all.push(...(await faults(page, path, look)))
    expect(all).toEqual([])
    await context.close()
  })
}

test('home and a post are in order in every flavour and theme', async ({ browser, full }) => {
  test.setTimeout(180_000)
  const all: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    const look: Look = { locale: 'ru', width: 1440, colorScheme }
    const context = await seenAs(browser, full, look)
    const page = await context.newPage()
    for (const flavour of FLAVOURS) {
      await context.addCookies([{ name: 'quark-flavour', value: flavour, url: full.url }])
      for (const path of ['/', POST]) all.push(...(await faults(page, path, look)))
    }
    await context.close()
  }
  expect(all).toEqual([])
})

test('under its own policy no page is refused anything', async ({ browser, full }) => {
  const context = await browser.newContext({ baseURL: full.url })
  const page = await context.newPage()
  const refused: string[] = []
  await page.exposeFunction('refused', (what: string) => refused.push(what))
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      const { refused: tell } = globalThis as unknown as { refused: (what: string) => void }
      tell(`${location.pathname} ${event.violatedDirective} ${event.blockedURI}`)
    })
  })
  for (const path of PUBLIC) await page.goto(path)
  expect(refused).toEqual([])
  await context.close()
})

test('a reader’s page is light and brings no script', async ({ full }) => {
  for (const path of ['/', '/user/anna/blog', POST]) {
    const html = await (await fetch(full.url + path)).text()
    const [, sheet = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(html) ?? []
    const css = await fetch(full.url + sheet, { headers: { 'accept-encoding': 'identity' } })
    const weight = gzipSync(html).byteLength + gzipSync(await css.text()).byteLength
    expect(weight).toBeLessThan(50 * 1024)
    expect(html).not.toMatch(/<script(?! type="application\/ld\+json")/)
  }
})
