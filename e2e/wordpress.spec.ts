import type { APIRequestContext, Browser } from '@playwright/test'
import { sharedData } from '../test/support/shared-data.ts'
import { overflow } from './support/accessibility.ts'
import { complaintsOf } from './support/complaints.ts'
import { crawl, deadLinks, sitemap } from './support/crawl.ts'
import { signInQuickly } from './support/people.ts'
import { DESKTOP, PHONE } from './support/screens.ts'
import { expect, test } from './support/station.ts'
import { pageWeight } from './support/weight.ts'

const EXPORT = sharedData('themeunittestdata.wordpress.xml')
const OWNER = 'wordpress-writer'
const BLOG = `/user/${OWNER}/blog`
const PASSWORD = 'a theme for every season'
const MAX_BYTES = 50 * 1024
/** A post or a page of the blog: one word after it. */
const TEXT = new RegExp(`^${BLOG}/(?!feed\\.|atom\\.)[^/]+$`)

const { skip } = EXPORT.needed
test.skip(skip !== undefined, skip)

test('every page of an imported WordPress blog is whole, light and leads somewhere', async ({
  browser,
  request,
  station,
}) => {
  test.setTimeout(180_000)
  const { url } = station
  await station.quark('user:create', OWNER, '--email', 'wp@example.org', '--password', PASSWORD)
  await station.quark('import', 'wordpress', EXPORT.path, '--user', OWNER)

  const listed = await sitemap(request, `${url}/sitemap.xml`)
  const own = await ownAddresses(browser, url)
  const found = await crawl(
    request,
    [url + BLOG, ...listed, ...own],
    ({ pathname, search }) => pathname.startsWith(BLOG) && !search.includes('view='),
  )
  expect(deadLinks(found)).toEqual([])

  const texts = [...found.keys()].filter((each) => TEXT.test(new URL(each).pathname))
  expect(texts.length).toBe(70)
  expect(await withoutFindings(browser, [url + BLOG, ...texts])).toEqual([])
  for (const text of texts) expect(await pageWeight(text), text).toBeLessThanOrEqual(MAX_BYTES)
})

/** Addresses of everything published, pages too: they are in no list but the writer's own. */
async function ownAddresses(browser: Browser, origin: string): Promise<string[]> {
  const context = await browser.newContext()
  await signInQuickly(context, origin, OWNER, PASSWORD)
  const addresses = await published(context.request, `${origin}/write`)
  await context.close()
  return addresses
}

async function published(request: APIRequestContext, list: string): Promise<string[]> {
  const found = await crawl(request, [list], ({ pathname, searchParams }) => {
    return pathname === '/write' && [...searchParams.keys()].every((key) => key === 'cursor')
  })
  return [...found.keys()].filter((each) => TEXT.test(new URL(each).pathname))
}

/** What a browser complains of, page by page, at both widths. */
async function withoutFindings(browser: Browser, addresses: readonly string[]): Promise<string[]> {
  const findings: string[] = []
  const page = await browser.newPage({ viewport: DESKTOP })
  const complaints = await complaintsOf(page)
  for (const address of addresses) {
    await page.setViewportSize(DESKTOP)
    const answer = await page.goto(address, { waitUntil: 'load' })
    if (answer?.status() !== 200) findings.push(`${address}: ${answer?.status()}`)
    if ((await page.locator('script:not([type="application/ld+json"])').count()) > 0) {
      findings.push(`${address} has a script`)
    }
    for (const size of [DESKTOP, PHONE]) {
      await page.setViewportSize(size)
      const excess = await overflow(page)
      if (excess > 0) findings.push(`${address} is ${excess} pixels wider than ${size.width}`)
    }
  }
  await page.context().close()
  return [...findings, ...complaints]
}
