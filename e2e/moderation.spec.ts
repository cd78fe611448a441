import type { Browser, BrowserContext, Page } from '@playwright/test'
import { axeFindings, overflow, untranslated } from './support/accessibility.ts'
import { complaintsOf } from './support/complaints.ts'
import { type Newcomer, passwordOf, registerQuickly, signInQuickly } from './support/people.ts'
import { DESKTOP, type Look, paint, PHONE, wear } from './support/screens.ts'
import { expect, testOnNewStation } from './support/station.ts'

const AUTHOR: Newcomer = { username: 'mark', displayName: 'Марк Дегтярёв' }
const READER: Newcomer = { username: 'bella', displayName: 'Белла Читатель' }
const MODERATOR: Newcomer = { username: 'mona', displayName: 'mona' }
const POST = '/user/mark/blog/lenses'
const TEXT = 'Продаю объективы, пишите в личные, отдам дешевле магазина.'
const ENGLISH: Look = { size: DESKTOP, theme: 'light', locale: 'en' }
const LOOKS: readonly Look[] = [
  { size: PHONE, theme: 'light', locale: 'ru' },
  { size: DESKTOP, theme: 'light', locale: 'en' },
]

/** What other tests have reported would stand before the report of this one, and hold up its notice. */
const test = testOnNewStation()

interface Somebody {
  readonly context: BrowserContext
  readonly page: Page
  readonly complaints: readonly string[]
}

async function somebody(browser: Browser, url: string, who: Newcomer): Promise<Somebody> {
  const context = await browser.newContext({ baseURL: url })
  const page = await context.newPage()
  const complaints = await complaintsOf(page)
  if (who === MODERATOR) await signInQuickly(context, url, who.username, passwordOf(who))
  else await registerQuickly(context, url, who)
  await wear(page, url, ENGLISH)
  return { context, page, complaints }
}

/** On a phone and on a desktop, light and dark: nothing for axe, nothing too wide. */
async function expectSound(page: Page, origin: string, path: string): Promise<void> {
  for (const look of LOOKS) {
    const where = `${path} at ${look.size.width}`
    await wear(page, origin, look)
    await page.goto(path)
    expect.soft(await untranslated(page), where).toEqual([])
    expect.soft(await overflow(page), where).toBe(0)
    expect.soft(await axeFindings(page), where).toEqual([])
    await paint(page, 'dark')
    expect.soft(await axeFindings(page, 'color-contrast'), `${where}, dark`).toEqual([])
  }
  await wear(page, origin, ENGLISH)
}

test('a reader reports a post; a moderator hides it, hears the author and shows it again', async ({
  browser,
  station,
}) => {
  test.setTimeout(240_000)
  const { url } = station
  const { username } = MODERATOR
  const account = ['--email', `${username}@example.org`, '--password', passwordOf(MODERATOR)]
  await station.quark('user:create', username, '--role', 'moderator', ...account)
  const author = await somebody(browser, url, AUTHOR)
  const reader = await somebody(browser, url, READER)
  const moderator = await somebody(browser, url, MODERATOR)
  const written = await author.context.request.post('/api/v1/posts', {
    headers: { origin: url },
    data: { title: 'Lenses', content: { markdown: TEXT }, status: 'published' },
  })
  expect(written.status(), await written.text()).toBe(201)

  await reader.page.goto(POST)
  await reader.page.getByRole('link', { name: 'Report' }).click()
  await reader.page.getByLabel('Spam or advertising').check()
  await reader.page.getByLabel('In your own words').fill('An advertisement.')
  await reader.page.getByRole('button', { name: 'Send to the moderators' }).click()
  await expect(reader.page.locator('h1')).toHaveText('Thank you, the report has arrived')

  await moderator.page.goto('/notifications?filter=station')
  await moderator.page.getByRole('link', { name: /^A report has come in/ }).click()
  const queue = moderator.page.locator('.report')
  await expect(queue).toHaveCount(1)
  await expect(queue).toContainText('Post “Lenses”')
  await expect(queue).toContainText(AUTHOR.displayName)
  await expect(queue).toContainText(TEXT)
  await expect(queue).toContainText('An advertisement.')
  await expectSound(moderator.page, url, '/admin/content')
  await moderator.page.goto('/admin/content')
  await queue.getByText('Reason, words to the author').click()
  await queue.getByLabel('To the author').fill('No trade here, please.')
  await queue.getByRole('button', { name: 'Hide' }).click()
  await expect(moderator.page.locator('.undo-toast')).toContainText('The decision is written down')
  await expect(queue).toHaveCount(0)

  const gone = await reader.page.goto(POST)
  expect(gone?.status()).toBe(404)
  await expect(reader.page.locator('body')).not.toContainText(TEXT)

  await author.page.goto('/notifications')
  await author.page.getByRole('link', { name: /^A moderator has hidden your post/ }).click()
  await expect(author.page.locator('.narrow')).toContainText('No trade here, please.')
  const decision = new URL(author.page.url()).pathname
  await expectSound(author.page, url, decision)
  await author.page.goto(POST)
  await expect(author.page.locator('.notice')).toContainText('A moderator has hidden this post')
  await expect(author.page.locator('.post-body')).toContainText(TEXT)
  await expectSound(author.page, url, POST)
  await author.page.goto(POST)
  await author.page.getByRole('link', { name: 'More about it, and how to answer' }).click()
  await author.page.getByLabel('Your answer').fill('It is a joke about a friend.')
  await author.page.getByRole('button', { name: 'Send to the moderators' }).click()
  await expect(author.page.locator('.narrow')).toContainText('It is a joke about a friend.')

  await moderator.page.goto('/admin/content')
  await moderator.page.getByRole('link', { name: 'Answers, 1' }).click()
  await expect(queue).toContainText('It is a joke about a friend.')
  await expectSound(moderator.page, url, '/admin/content?state=answered')
  await moderator.page.goto('/admin/content?state=answered')
  await queue.getByRole('button', { name: 'Show again' }).click()
  await expect(queue).toHaveCount(0)
  expect((await reader.page.goto(POST))?.status()).toBe(200)
  await expect(reader.page.locator('.post-body')).toContainText(TEXT)

  expect(moderator.complaints).toEqual([])
  expect(author.complaints).toEqual([])
  /* The browser itself tells of the 404. */
  expect(reader.complaints.filter((line) => !line.includes('404'))).toEqual([])
  for (const { context } of [author, reader, moderator]) await context.close()
})
