import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Page } from '@playwright/test'
import { unzipSync } from 'fflate'
import type { StationProcess } from '../test/support/station-process.ts'
import {
  ask,
  expect,
  newGroup,
  openChat,
  otherDevice,
  say,
  type Talker,
  test,
} from './support/chats.ts'
import { expectHarmless } from './support/harmless.ts'
import { importThread } from './support/hostile.ts'
import { PAYLOADS } from './support/payloads.ts'
import { passwordOf, signInQuickly } from './support/people.ts'
import { DESKTOP } from './support/screens.ts'

const MAX_NAME = 80
const MAX_TITLE = 100
const MAX_BIO = 300
/** Posts, cards of links and reports cost more than messages: a few of each, each with others. */
const POSTS = 6

/** What each of these elements says, in order. */
function wordsOf(page: Page, selector: string): Promise<string[]> {
  return page.locator(selector).evaluateAll((all) => all.map((each) => each.textContent ?? ''))
}

interface Listed {
  readonly id: string
  readonly title: string
  readonly about: string
}

/** As many chats as there are payloads, called and described by them. */
async function chatsOf(owner: Talker, reader: Talker): Promise<readonly Listed[]> {
  for (const payload of PAYLOADS) {
    const chat = await newGroup(owner, payload.slice(0, MAX_TITLE), [reader])
    await ask(owner, 'chats.update', { chat, about: payload })
  }
  const { items } = await ask<{ items: readonly Listed[] }>(reader, 'chats.list', { limit: 100 })
  return items
}

/** One message for each, which quotes the one before and has a file that is called so. */
async function sayAll(who: Talker, chat: string): Promise<ReadonlyMap<number, string>> {
  const said = new Map<number, string>()
  let before: { readonly seq: number; readonly quote: object } | undefined
  for (const payload of PAYLOADS) {
    const more = { entities: [], ...(before && { reply: before }) }
    const { seq, m } = await ask<{ seq: number; m: { text: string } }>(who, 'msg.send', {
      chat,
      cid: `hostile-${said.size}-${who.username}`,
      text: payload,
      mediaIds: [await upload(who, chat, `${payload.slice(0, 60)}.txt`)],
      ...more,
    })
    said.set(seq, m.text)
    before = { seq, quote: { text: m.text, offset: 0 } }
  }
  return said
}

async function upload(who: Talker, chat: string, name: string, text = 'words'): Promise<string> {
  const file = { name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) }
  const answer = await who.context.request.post(`${who.url}/api/v1/chats/${chat}/media`, {
    headers: { origin: who.url },
    multipart: { file },
  })
  expect(answer.status(), name).toBe(201)
  return ((await answer.json()) as { id: string }).id
}

async function describe(who: Talker, displayName: string, bio: string): Promise<void> {
  const answer = await who.context.request.patch(`${who.url}/api/v1/me`, {
    headers: { origin: who.url },
    data: { displayName: displayName.slice(0, MAX_NAME), bio: bio.slice(0, MAX_BIO) },
  })
  expect(answer.status(), await answer.text()).toBe(200)
}

/** Posts of hostile titles. @returns their paths and what a report calls them. */
async function publish(who: Talker): Promise<readonly { id: string; path: string }[]> {
  const posts: { id: string; path: string }[] = []
  for (const [at, payload] of PAYLOADS.slice(0, POSTS).entries()) {
    const answer = await who.context.request.post(`${who.url}/api/v1/posts`, {
      headers: { origin: who.url },
      data: {
        title: payload,
        excerpt: PAYLOADS.slice(at * 10, at * 10 + 10)
          .join(' ')
          .slice(0, 300),
        content: { markdown: PAYLOADS.join('\n\n') },
        tags: [payload.slice(0, 40)],
        slug: `hostile-${at}`,
        status: 'published',
      },
    })
    expect(answer.status(), await answer.text()).toBe(201)
    const { id, url } = (await answer.json()) as { id: string; url: string }
    posts.push({ id, path: new URL(url, who.url).pathname })
  }
  return posts
}

test('hostile names and titles of chats stand in the list as they were written', async ({
  alice,
  bob,
}) => {
  test.setTimeout(240_000)
  await describe(bob, PAYLOADS[7] ?? '', PAYLOADS.join(' '))
  const listed = await chatsOf(bob, alice)
  expect(listed).toHaveLength(PAYLOADS.length)
  const { page, url } = alice
  await page.goto(`${url}/chats`)
  await expect(page.locator('.row')).toHaveCount(PAYLOADS.length)
  expect(new Set(await wordsOf(page, '.row-title'))).toEqual(
    new Set(listed.map(({ title }) => title)),
  )
  await expectHarmless(alice, 'the list')
  await page.setViewportSize(DESKTOP)
  for (const { id, title, about } of listed.filter((_each, at) => at % 8 === 0)) {
    await openChat(alice, id)
    expect(await wordsOf(page, '.head-words strong')).toEqual([title])
    if (!(await page.locator('.details').isVisible())) await page.locator('.head-who').click()
    expect(await wordsOf(page, '.details-name')).toEqual([title])
    expect(await wordsOf(page, '.details-about')).toEqual([about])
    await expectHarmless(alice, `the chat ${title}`)
    await page.setViewportSize(DESKTOP)
  }
  await page.goto(`${url}/user/${bob.username}`)
  await expectHarmless(alice, 'the page of a person')
  await page.goto(`${url}/search?q=${encodeURIComponent(PAYLOADS[0] ?? '')}`)
  await expectHarmless(alice, 'the search')
})

test('hostile messages, quotes, captions and names of files are what they say', async ({
  alice,
  bob,
  boat,
  browser,
}) => {
  test.setTimeout(240_000)
  await describe(bob, PAYLOADS[0] ?? '', '')
  const said = await sayAll(bob, boat)
  const { page, url } = alice
  const shown = new Map<number, string>()
  const seqs = [...said.keys()]
  for (const seq of seqs.filter((_each, at) => at % 10 === 5 || at === seqs.length - 1)) {
    await page.goto(`${url}/chats/${boat}?message=${seq}`)
    await expect(page.locator(`.talk[data-seq="${seq}"]`)).toBeInViewport()
    const found = await page.locator('.talk[data-seq]').evaluateAll((all) =>
      all.map((each) => {
        const text = each.querySelector('.bubble-text')?.cloneNode(true)
        if (text instanceof Element) text.querySelector('.talk-meta')?.remove()
        return [Number(each.getAttribute('data-seq')), text?.textContent ?? ''] as const
      }),
    )
    for (const [number, text] of found) shown.set(number, text)
    await expectHarmless(alice, `messages about ${seq}`)
    await page.setViewportSize(DESKTOP)
  }
  expect(new Map([...shown].filter(([seq]) => said.has(seq)))).toEqual(said)
  const quoted = await wordsOf(page, '.answer-quote')
  expect(quoted.length).toBeGreaterThan(5)
  expect(quoted.filter((each) => ![...said.values()].includes(each))).toEqual([])
  await page.locator('#shared-files').click()
  await expect(page.locator('.shared-list li').first()).toBeVisible()
  await expectHarmless(alice, 'the shared files')
  const told = await otherDevice(browser, alice)
  await told.page.goto(`${url}/notifications`)
  await expectHarmless(told, 'the notifications')
})

test('a hostile channel, its page, feeds and posts are what they say', async ({
  alice,
  bob,
  station,
}) => {
  test.setTimeout(240_000)
  await describe(bob, PAYLOADS[9] ?? '', PAYLOADS.slice(0, 12).join(' '))
  const slug = `hostile-${process.pid}`
  const title = PAYLOADS[6] ?? ''
  const { chat } = await ask<{ chat: { id: string } }>(bob, 'chats.create', {
    type: 'channel',
    title,
    about: PAYLOADS.join(' ').slice(0, 500),
    slug,
  })
  /* As Markdown, in which some of them mean links. */
  for (const payload of PAYLOADS) await say(bob, chat.id, payload)
  const posts = await publish(bob)
  for (const { path } of posts) await say(bob, chat.id, `[here](${path})`)
  await ask(alice, 'chats.join', { chat: chat.id })
  const { page, url } = alice
  await openChat(alice, chat.id)
  await expect(page.locator('.preview strong').last()).toHaveText(PAYLOADS[POSTS - 1] ?? '')
  await expectHarmless(alice, 'the channel')
  await page.goto(`${url}/channel/${slug}`)
  expect(await wordsOf(page, 'h1')).toEqual([title])
  await expectHarmless(alice, 'the page of the channel')
  for (const { path } of posts) {
    await page.goto(url + path)
    await expectHarmless(alice, path)
  }
  await page.goto(`${url}/user/${bob.username}/blog`)
  await expectHarmless(alice, 'the blog')
  for (const feed of [`/channel/${slug}/feed.xml`, `/channel/${slug}/atom.xml`]) {
    const xml = await (await page.request.get(url + feed)).text()
    const read = await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, 'text/xml')
      const name = parsed.querySelector('title')?.textContent.trim()
      return [parsed.querySelectorAll('parsererror').length, name]
    }, xml)
    expect(read, feed).toEqual([0, title])
  }
  const thread = PAYLOADS.map((each) => ({ author: each.slice(0, MAX_NAME), words: each }))
  await page.goto(url + (await importThread(station, bob.username, title, thread)))
  await expect(page.getByText('alert(1)').first()).toBeVisible()
  await expectHarmless(alice, 'the comments')
  await reportAndLook({ alice, station, posts })
})

interface Reported {
  readonly alice: Talker
  readonly station: Pick<StationProcess, 'quark'>
  readonly posts: readonly { readonly id: string; readonly path: string }[]
}

/** What is reported stands before those who run the station. */
async function reportAndLook({ alice, station, posts }: Reported): Promise<void> {
  const { context, page, url } = alice
  for (const [at, { id, path }] of posts.entries()) {
    const answer = await context.request.post(`${url}/api/v1/reports`, {
      headers: { origin: url },
      data: {
        subject: `post/${id}`,
        path,
        reason: 'spam',
        text: PAYLOADS.slice(at * 10, at * 10 + 10).join('\n'),
      },
    })
    expect(answer.status(), await answer.text()).toBe(201)
  }
  const admin = { username: 'watcher', displayName: 'Ada' }
  const account = ['--email', 'watcher@example.org', '--password', passwordOf(admin)]
  await station.quark('user:create', admin.username, '--role', 'admin', ...account)
  await context.clearCookies()
  await signInQuickly(context, url, admin.username, passwordOf(admin))
  for (const path of [
    '/admin',
    '/admin/content',
    '/admin/people',
    '/notifications?filter=station',
  ]) {
    const answer = await page.goto(url + path)
    expect.soft(answer?.status(), path).toBe(200)
    await expectHarmless(alice, path)
  }
}

test('a name of an account is letters, digits and hyphens, and nothing hostile', async ({
  alice: { context, url },
}) => {
  for (const payload of PAYLOADS.filter((each) => !/^[a-z]+$/.test(each))) {
    const answer = await context.request.post(`${url}/api/v1/auth/register`, {
      headers: { origin: url },
      data: {
        username: payload,
        displayName: 'Eve',
        email: 'eve@example.org',
        password: 'Eve walks along the shore',
        consent: true,
      },
    })
    expect(answer.status(), payload).toBe(422)
  }
})

test('pages that are sent as files are taken home, never opened', async ({ alice, bob, boat }) => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  const html = '<!doctype html><script>alert(1)</script>'
  const ids = [await upload(bob, boat, 'lake.svg', svg), await upload(bob, boat, 'lake.html', html)]
  await say(bob, boat, 'pages', { mediaIds: ids })
  const { page, context, complaints, url } = alice
  await openChat(alice, boat)
  const lines = page.locator('.talk .file')
  await expect(lines).toHaveCount(2)
  for (const path of await lines.evaluateAll((all) =>
    all.map((each) => each.getAttribute('href')),
  )) {
    const headers = (await context.request.get(url + (path ?? ''))).headers()
    expect(headers['content-disposition']).toMatch(/^attachment/)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['content-security-policy']).toContain('sandbox')
    const taken = page.waitForEvent('download')
    await page.evaluate((href) => location.assign(href), path ?? '')
    await (await taken).cancel()
  }
  expect(complaints).toEqual([])
})

test('what one takes home is read without a script', async ({ alice, bob, boat }, info) => {
  test.setTimeout(120_000)
  await describe(alice, PAYLOADS[1] ?? '', PAYLOADS.join(' '))
  for (const text of PAYLOADS) await say(alice, boat, text, { entities: [] })
  const { page, url } = alice
  await page.goto(`${url}/settings`)
  await page.locator('form[action="/settings/data"] button').click()
  const link = page.locator('a[href^="/api/v1/me/export/"]')
  await expect(link).toBeVisible({ timeout: 60_000 })
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  const pages = unpacked(await download.path(), info.outputPath('taken'))
  expect(pages.length).toBeGreaterThan(0)
  const texts: string[] = []
  for (const path of pages) {
    await bob.page.goto(`file://${path}`)
    texts.push((await bob.page.locator('body').textContent()) ?? '')
    const active = bob.page.locator('script, iframe, object, embed, [onload], [onerror], [onclick]')
    await expect(active).toHaveCount(0)
  }
  expect(bob.complaints).toEqual([])
  expect(PAYLOADS.filter((each) => !texts.some((text) => text.includes(each)))).toEqual([])
})

/** @returns the pages of an archive, unpacked into this folder with all that belongs to them. */
function unpacked(archive: string, folder: string): string[] {
  return Object.entries(unzipSync(readFileSync(archive))).flatMap(([name, bytes]) => {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
    return name.endsWith('.html') ? [path] : []
  })
}
