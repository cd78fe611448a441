import type { Locator, Page } from '@playwright/test'
import { bomb, photo, pictureOf } from '../test/support/pictures.ts'
import { axeFindings } from './support/accessibility.ts'
import { complaintsOf } from './support/complaints.ts'
import { registerQuickly } from './support/people.ts'
import { shoot, WANTS_SHOTS } from './support/shots.ts'
import { expect, test } from './support/station.ts'

/** The first picture waits for the image library to be loaded. */
const SLOW = { timeout: 30_000 }

test.beforeEach(async ({ context, station }, { workerIndex, testId }) => {
  const username = `p${workerIndex}-${testId.slice(-12)}`
  await registerQuickly(context, station.url, { username, displayName: 'Vera Lunina' })
})

test('a change saves itself, and a reload shows it', async ({ page }) => {
  const complaints = await complaintsOf(page)
  await page.goto('/settings')
  await expect(page.locator('#profile .settings-save')).toBeHidden()
  await page.locator('[name="bio"]').fill('Trains and letters.')
  await expectSign(page, 'saved', /Saved at \d/)
  await page.locator('[name="flavour"][value="charm"]').check({ force: true })
  await expect(page.locator('html')).toHaveAttribute('data-flavour', 'charm')
  await expect.poll(() => mine(page, 'flavour')).toBe('charm')
  await page.reload()
  await expect(page.locator('[name="bio"]')).toHaveValue('Trains and letters.')
  expect(complaints).toEqual([])
})

test('cards of others save themselves as well, again where there was no network', async ({
  context,
  page,
}) => {
  await page.goto('/settings')
  const letters = page.locator('[name="relations.follow:mail"]')
  const seen = page.locator('[name="shownTo"]')
  for (const card of [letters, seen]) {
    await expect(page.locator('form', { has: card }).locator('.settings-save')).toBeHidden()
  }
  await expect(letters).not.toBeChecked()
  await letters.check()
  await expectSign(page, 'saved', /Saved at \d/)
  await context.setOffline(true)
  await seen.selectOption('nobody')
  await expectSign(page, 'offline', /Offline/)
  await context.setOffline(false)
  await expectSign(page, 'saved', /Saved/)
  await page.reload()
  await expect(letters).toBeChecked()
  await expect(seen).toHaveValue('nobody')
  /* A session that is over saves nothing, and does not say that it has. */
  await context.clearCookies()
  await letters.uncheck()
  await expectSign(page, 'refused', /./)
})

test('text grows and motion stops at once, here and on every page after', async ({ page }) => {
  await page.goto('/settings')
  const size = page.getByRole('slider', { name: 'Text size' })
  await size.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(page.locator('#text-size-said')).toHaveText('Posts 23–25, chats 19 pixels')
  await expect(size).toHaveAttribute('aria-valuetext', 'Posts 23–25, chats 19 pixels')
  await page.getByRole('switch', { name: 'Less motion' }).check()
  await expect.poll(() => mine(page, 'motion')).toBe('less')
  expect(await mine(page, 'textSize')).toBe('larger')
  for (const path of ['/', '/chats', '/settings']) {
    await page.goto(path)
    const html = page.locator('html')
    await expect(html, path).toHaveCSS('font-size', '20px')
    await expect(page.locator('body'), path).toHaveCSS('transition-duration', '1e-05s')
  }
  await page.getByRole('switch', { name: 'Less motion' }).uncheck()
  await expect.poll(() => mine(page, 'motion')).toBe('system')
})

test('offline and refused changes keep what was typed', async ({ context, page }) => {
  await page.goto('/settings')
  await context.setOffline(true)
  await page.locator('[name="bio"]').fill('Written on the train.')
  await expectSign(page, 'offline', /Offline/)
  await context.setOffline(false)
  await expectSign(page, 'saved', /Saved/)
  await expect.poll(() => mine(page, 'bio')).toBe('Written on the train.')

  await page.locator('[name="displayName"]').fill('')
  await expectSign(page, 'refused', /Not saved/)
  await expect(page.locator('#profile .field-error')).toHaveText('Write how you want to be called.')
  await expect(page.locator('[name="displayName"]')).toHaveAttribute('aria-invalid', 'true')
  expect(await mine(page, 'displayName')).toBe('Vera Lunina')
  await page.locator('[name="displayName"]').fill('Vera')
  await expectSign(page, 'saved', /Saved/)
  await expect(page.locator('#profile .field-error')).toHaveCount(0)
})

test('a portrait is cut with the mouse and the wheel, and shown everywhere', async ({ page }) => {
  const complaints = await complaintsOf(page)
  await page.goto('/settings')
  await choose(page, await photo({ width: 1200, height: 900 }))
  const stage = page.locator('[data-stage]')
  await expect(stage).toBeFocused()
  /* It stands still when the pointer is there: the focus has brought it into the window. */
  await stage.hover()
  const middle = await middleOf(stage)
  await page.mouse.wheel(0, -100)
  await expect(page.locator('[data-zoom]')).toHaveValue('110')
  await page.mouse.down()
  await page.mouse.move(middle.x + 40, middle.y + 25, { steps: 4 })
  await page.mouse.up()
  await expect(page.locator('[data-crop-state]')).toHaveText(/Zoom 110%/)
  if (WANTS_SHOTS) await shoot(page, 'state-cropper-desktop')
  await page.getByRole('button', { name: 'Done' }).click()
  await expectSign(page, 'saved', /Saved/)
  await expect(page.locator('#portrait img.avatar')).toBeVisible(SLOW)
  await expect(page.locator('.rail-me img.avatar')).toHaveCount(1)
  expect(await mine(page, 'avatarUrl')).toMatch(/^\/media\//)
  expect(complaints).toEqual([])
})

test('the keyboard alone cuts and sends a portrait', async ({ page }) => {
  await page.goto('/settings')
  await choose(page, await pictureOf('png', { width: 900, height: 600 }))
  await page.evaluate(noteSquare)
  await page.keyboard.press('+')
  await page.keyboard.press('+')
  for (let step = 0; step < 3; step++) await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('ArrowDown')
  await expect(page.locator('[data-crop-state]')).toHaveText(/Zoom 121%/)
  await page.locator('#avatar-alt').fill('Vera on the shore')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-size', /\d/)
  const part = async (name: string): Promise<number> =>
    Number(await page.locator('html').getAttribute(`data-${name}`))
  expect(await part('size')).toBeCloseTo(1 / 1.21, 4)
  /* Thirty pixels of a stage on which the circle is 224 wide. */
  expect(await part('x')).toBeCloseTo(
    (900 - 600 / 1.21) / 2 / 900 + (30 * 600) / 1.21 / 224 / 900,
    3,
  )
  await expect(page.locator('#portrait img.avatar')).toBeVisible(SLOW)
})

test('two fingers zoom, on a phone', async ({ browser, page, station }) => {
  const context = await browser.newContext({
    hasTouch: true,
    isMobile: true,
    viewport: { width: 390, height: 844 },
    storageState: await page.context().storageState(),
  })
  const phone = await context.newPage()
  await phone.goto(`${station.url}/settings`)
  await choose(phone, await pictureOf('jpeg', { width: 900, height: 900 }))
  await phone.locator('[data-stage]').scrollIntoViewIfNeeded()
  const { x, y } = await middleOf(phone.locator('[data-stage]'))
  const client = await context.newCDPSession(phone)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', spread: number): Promise<unknown> =>
    client.send('Input.dispatchTouchEvent', {
      type,
      touchPoints:
        type === 'touchEnd'
          ? []
          : [
              { x: x - spread, y, id: 0 },
              { x: x + spread, y, id: 1 },
            ],
    })
  await touch('touchStart', 30)
  for (const spread of [40, 50, 60]) await touch('touchMove', spread)
  await touch('touchEnd', 0)
  await expect(phone.locator('[data-zoom]')).toHaveValue(/^(19\d|20\d)$/)
  if (WANTS_SHOTS) await shoot(phone, 'state-cropper-phone')
  await phone.getByRole('button', { name: 'Done' }).tap()
  await expect(phone.locator('#portrait img.avatar')).toBeVisible(SLOW)
  await context.close()
})

test('a file that cannot be taken says why, and one that is cancelled stays chosen', async ({
  page,
}) => {
  await page.goto('/settings')
  const input = page.locator('#avatar-file')
  const problem = page.locator('#portrait [data-upload-problem]')
  await input.setInputFiles({
    name: 'large.png',
    mimeType: 'image/png',
    buffer: Buffer.alloc(5 * 1024 * 1024 + 1),
  })
  await expect(problem).toContainText('larger than 5 MiB')
  await input.setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('hi') })
  await expect(problem).toContainText('JPEG, PNG')
  await input.setInputFiles({ name: 'b.png', mimeType: 'image/png', buffer: bomb(20_000) })
  await expect(problem).toContainText('more than 40 megapixels')

  await choose(page, await pictureOf('png', { width: 800, height: 800 }))
  await expect(problem).toBeHidden()
  await page.route('**/api/v1/me/avatar', async () => undefined)
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.locator('#portrait progress')).toBeVisible()
  await expect(page.locator('#portrait [data-upload-number]')).toHaveText(/\d+%/)
  await page.locator('#portrait').getByRole('button', { name: 'Cancel' }).click()
  await expect(problem).toContainText('cancelled')
  await expect(page.locator('[data-stage]')).toBeVisible()
  await page.unroute('**/api/v1/me/avatar')
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.locator('#portrait img.avatar')).toBeVisible(SLOW)
})

test('without a script the settings are plain forms', async ({ browser, page, station }) => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  })
  const plain = await context.newPage()
  await plain.goto(`${station.url}/settings`)
  await plain.locator('[name="bio"]').fill('Plain.')
  await plain.locator('#profile .settings-save button').click()
  await expect(plain.locator('.saved')).toContainText(/Saved at \d/)
  await plain.locator('#avatar-file').setInputFiles({
    name: 'me.png',
    mimeType: 'image/png',
    buffer: await pictureOf('png', { width: 300, height: 300 }),
  })
  await plain.locator('#portrait .portrait-send button').click()
  await expect(plain.locator('#portrait img.avatar')).toBeVisible(SLOW)
  await context.close()
})

async function choose(page: Page, buffer: Buffer): Promise<void> {
  const file = { name: 'boat.png', mimeType: 'image/png', buffer }
  await page.locator('#avatar-file').setInputFiles(file)
  await expect(page.locator('[data-stage]')).toBeVisible()
}

async function middleOf(stage: Locator): Promise<{ x: number; y: number }> {
  const box = await stage.boundingBox()
  if (!box) throw new Error('The stage is not shown')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

async function expectSign(page: Page, state: string, words: RegExp): Promise<void> {
  await expect(page.locator('.saved')).toHaveAttribute('data-save-sign', state)
  await expect(page.locator('.saved')).toHaveText(words)
}

/** Writes the square that is sent to the document, where a test can read it. */
function noteSquare(): void {
  globalThis.FormData = class extends FormData {
    override append(name: string, value: string | Blob): void {
      if (typeof value !== 'string') {
        super.append(name, value)
        return
      }
      document.documentElement.dataset[name] = value
      super.append(name, value)
    }
  }
}

/** What the station keeps of the signed-in person. */
async function mine(page: Page, field: string): Promise<unknown> {
  const answer = await page.request.get('/api/v1/me')
  return ((await answer.json()) as Record<string, unknown>)[field]
}

test.describe('the installed app', () => {
  test.use({ serviceWorkers: 'allow' })

  test('without a network the app says so in the language of its pages, and keeps nobody’s', async ({
    context,
    page,
    station,
  }) => {
    const kept = (): Promise<string[]> => page.evaluate(keptPaths)
    await page.goto('/offline')
    await page.evaluate(() => caches.open('app-of-another-build'))
    await page.goto('/settings')
    for (const [language, title] of [
      ['en', 'No connection'],
      ['ru', 'Нет соединения'],
    ] as const) {
      await context.addCookies([{ name: 'quark-locale', value: language, url: station.url }])
      await page.goto('/settings')
      await expect(page.locator('html')).toHaveAttribute('lang', language)
      await expect.poll(() => page.evaluate(spokenLanguage)).toBe(language)
      await context.setOffline(true)
      await page.goto('/settings?again')
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
      await expect(page.locator('html')).toHaveAttribute('lang', language)
      expect(await page.locator('h1').evaluate((h1) => getComputedStyle(h1).textAlign)).toBe(
        'center',
      )
      expect(await axeFindings(page)).toEqual([])
      await context.setOffline(false)
      await page.locator('.failure-actions a').click()
      await expect(page.locator('#profile')).toBeVisible()
    }
    const paths = await kept()
    expect(paths.filter((path) => !/^\/(assets|offline)\//.test(path))).toEqual([])
    /* Scripts go past the service worker: the browser keeps them with what it has made of them. */
    expect(paths.filter((path) => path.endsWith('.js'))).toEqual([])
    expect(await page.evaluate(async () => (await caches.keys()).length)).toBe(1)
    await page.locator('form[action="/auth/logout"] button').last().click()
    await page.waitForURL('/')
    await expect.poll(kept).toEqual([])
  })
})

async function keptPaths(): Promise<string[]> {
  const paths: string[] = []
  for (const name of await caches.keys()) {
    for (const { url } of await (await caches.open(name)).keys()) paths.push(new URL(url).pathname)
  }
  return paths
}

async function spokenLanguage(): Promise<string | undefined> {
  return (await caches.match('/offline/spoken'))?.text()
}
