import type { Page } from '@playwright/test'
import { test, type Visitor } from './support/demo.ts'
import { DESKTOP, type Look, PHONE, screensOf, wear } from './support/screens.ts'
import { shoot, WANTS_SHOTS } from './support/shots.ts'

const LOOKS: Readonly<Record<string, Look>> = {
  'phone-light-ru': { size: PHONE, theme: 'light', locale: 'ru' },
  'phone-dark-en': { size: PHONE, theme: 'dark', locale: 'en' },
  'desktop-light-en': { size: DESKTOP, theme: 'light', locale: 'en' },
  'desktop-dark-ru': { size: DESKTOP, theme: 'dark', locale: 'ru' },
}

test.skip(!WANTS_SHOTS, 'QUARK_TEST_SHOTS=1 writes pictures of every page to reports/screens/')

for (const [looks, look] of Object.entries(LOOKS)) {
  test(`every page as a picture: ${looks}`, { tag: '@shots' }, async ({ browser, demo }) => {
    test.setTimeout(300_000)
    for (const { name, visitor, path } of screensOf(demo)) {
      const page = await browser.newPage({ storageState: demo.sessions[visitor] })
      const { url } = demo.station
      await wear(page, url, look)
      await page.goto(url + path)
      await shoot(page, `${name}-${looks}`)
      await page.context().close()
    }
  })
}

/** Pages in the middle of something. */
const STATES: readonly {
  readonly name: string
  readonly visitor: Visitor
  readonly path: string
  readonly act: (page: Page) => Promise<unknown>
}[] = [
  {
    name: 'register-refused',
    visitor: 'stranger',
    path: '/auth/register',
    async act(page) {
      await page.locator('[name="displayName"]').fill('Анна')
      await page.locator('[name="username"]').fill('anna')
      await page.locator('[name="email"]').fill('anna')
      await page.locator('form:has([name="consent"])').evaluate((form: HTMLFormElement) => {
        form.noValidate = true
      })
      await page.locator('main button.button-primary').click()
    },
  },
  {
    name: 'login-wrong',
    visitor: 'stranger',
    path: '/auth/login',
    async act(page) {
      await page.locator('[name="login"]').fill('anna')
      await page.locator('[name="password"]').fill('not this one')
      await page.locator('main button.button-primary').click()
      await page.locator('.notice').waitFor()
    },
  },
  {
    name: 'menu',
    visitor: 'writer',
    path: '/',
    act: (page) => page.locator('#my-menu').evaluate((menu: HTMLElement) => menu.showPopover()),
  },
  {
    name: 'write-sheet',
    visitor: 'writer',
    path: '/write/new',
    async act(page) {
      await page.locator('[name="title"]').fill('Туман над озером')
      await page.locator('[name="markdown"]').fill(TEXT)
      await page.locator('[data-pills="saved"]').waitFor()
      await page.reload()
      await page.locator('.sheet-summary').click()
    },
  },
  {
    name: 'write-text',
    visitor: 'writer',
    path: '/write',
    act: (page) => page.locator('a[href^="/write/"]:not([href$="/new"])').first().click(),
  },
  {
    name: 'write-help',
    visitor: 'writer',
    path: '/write/new',
    act: (page) =>
      page.locator('#markdown-help').evaluate((help: HTMLElement) => help.showPopover()),
  },
  {
    name: 'write-preview',
    visitor: 'writer',
    path: '/write/new',
    async act(page) {
      await page.locator('[name="title"]').fill('Туман над озером')
      await page.locator('[name="markdown"]').fill(TEXT)
      await page.locator('button[value="preview"]').click()
      await page.locator('.write-preview').waitFor()
    },
  },
]

const TEXT = `Утром лёд был **тонкий**, как стекло.

![](https://example.org/lake.jpg)

## Что слышно

1. Звон
2. Шаги

> Лёд поёт, если слушать.
`

for (const [looks, look] of Object.entries(LOOKS)) {
  test(
    `pages in the middle of something: ${looks}`,
    { tag: '@shots' },
    async ({ browser, demo }) => {
      test.setTimeout(120_000)
      for (const { name, visitor, path, act } of STATES) {
        const page = await browser.newPage({ storageState: demo.sessions[visitor] })
        await wear(page, demo.station.url, look)
        await page.goto(demo.station.url + path)
        await act(page)
        await shoot(page, `state-${name}-${looks}`)
        await page.context().close()
      }
    },
  )
}
