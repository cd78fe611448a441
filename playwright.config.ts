import type { LaunchOptions, PlaywrightTestConfig } from '@playwright/test'
import { findChromium } from './test/support/chromium.ts'

const executablePath = findChromium()
const launchOptions: LaunchOptions = executablePath === undefined ? {} : { executablePath }

export const testDir = 'e2e'
export const testMatch = '**/*.spec.ts'
export const outputDir = 'test-results'
export const timeout = 60_000
/** What is waited for; a busy machine needs longer to draw it than a person would wait. */
export const expect = { timeout: 10_000 }
export const fullyParallel = false
export const workers = 2
/** On a busy machine; `npm test` names what needed it. */
export const retries = process.env['CI'] === undefined ? 0 : 1
export const forbidOnly = process.env['CI'] !== undefined
export const reporter: PlaywrightTestConfig['reporter'] = [['line']]
export const use: PlaywrightTestConfig['use'] = {
  launchOptions,
  locale: 'en',
  /* What tests hold up or cut off must not be answered past them; those about the app let it in. */
  serviceWorkers: 'block',
  trace: 'off',
  screenshot: 'only-on-failure',
}
