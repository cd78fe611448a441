import { test } from './support/demo.ts'
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
