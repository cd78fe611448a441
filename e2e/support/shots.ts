import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'

const FOLDER = join(import.meta.dirname, '..', '..', 'reports', 'screens')

/** Pictures are taken where `QUARK_TEST_SHOTS=1` asks for them; people look at them. */
export const WANTS_SHOTS = process.env['QUARK_TEST_SHOTS'] === '1'

/** Writes the whole page to `reports/screens/<name>.png`, every picture in it loaded. */
export async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  await page.evaluate(async () => {
    for (const image of document.images) image.loading = 'eager'
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)))
    await document.fonts.ready
  })
  await page.screenshot({
    path: join(FOLDER, `${name}.png`),
    fullPage: true,
    animations: 'disabled',
  })
}
