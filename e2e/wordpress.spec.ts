import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import { startStationProcess } from '../test/support/station-process.ts'

const ROOT = join(import.meta.dirname, '..')
const NODE = join(ROOT, 'node_modules', '.bin', 'node')
const EXPORT = join(ROOT, '..', 'shared', 'data', 'themeunittestdata.wordpress.xml')

test('a WordPress blog that moved in is whole in a browser', async ({ browser }) => {
  test.skip(!existsSync(EXPORT), 'the test data of WordPress is not beside the project')
  test.setTimeout(240_000)
  const station = await startStationProcess()
  const context = await browser.newContext({ baseURL: station.url, locale: 'en' })
  const page = await context.newPage()
  const faults: string[] = []
  await page.exposeFunction('refused', (what: string) => faults.push(what))
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      const { refused } = globalThis as unknown as { refused: (what: string) => void }
      refused(`${location.pathname} refused ${event.violatedDirective} ${event.blockedURI}`)
    })
  })
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${page.url()} ${message.text()}`)
  })
  page.on('dialog', (dialog) => faults.push(`${page.url()} opens a dialog: ${dialog.message()}`))
  page.on('request', (request) => {
    if (!request.url().startsWith(station.url)) faults.push(`${page.url()} asks ${request.url()}`)
  })
  try {
    const login = {
      username: 'anna',
      email: 'anna@example.org',
      password: 'anna has a long password',
    }
    await fetch(`${station.url}/api/v1/auth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...login, consent: true }),
    })
    const env = { ...process.env, QUARK_DATA_DIR: station.dataDir }
    await promisify(execFile)(NODE, ['cli.ts', 'import', 'wordpress', EXPORT, '--user', 'anna'], {
      cwd: ROOT,
      env,
    })
    const waiting = ['/user/anna/blog', ...(await addressesIn(`${station.url}/sitemap-posts.xml`))]
    const seen = new Set(waiting)
    let posts = 0
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const answer = await page.goto(path)
      if (answer?.status() !== 200) faults.push(`${path} answers ${answer?.status()}`)
      if (/\/blog\/[^/?]+$/.test(path)) posts++
      const links = await page
        .locator('main a[href^="/user/anna/blog"]')
        .evaluateAll((anchors) =>
          anchors.map((anchor) => (anchor.getAttribute('href') ?? '').replace(/#.*$/, '')),
        )
      for (const link of links.filter((each) => !seen.has(each) && !isFeed(each))) {
        seen.add(link)
        waiting.push(link)
      }
    }
    expect(posts).toBeGreaterThanOrEqual(49)
    expect(faults).toEqual([])
  } finally {
    await context.close()
    await station.stop()
  }
})

function isFeed(link: string): boolean {
  return /\.(xml|json)$/.test(link)
}

async function addressesIn(sitemap: string): Promise<string[]> {
  const xml = await (await fetch(sitemap)).text()
  return [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, loc = '']) => new URL(loc).pathname)
}
