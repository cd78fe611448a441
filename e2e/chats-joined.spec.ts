import sharp from 'sharp'
import { axeFindings } from './support/accessibility.ts'
import { ask, bubble, expect, openChat, say, type Talker, test } from './support/chats.ts'
import { lookAway, noticesOf } from './support/notices.ts'
import { PAYLOADS } from './support/payloads.ts'

async function newChannel(owner: Talker): Promise<string> {
  const order = { type: 'channel', title: 'News of the lake', about: 'Fog', slug: 'lake-news' }
  return (await ask<{ chat: { id: string } }>(owner, 'chats.create', order)).chat.id
}

test('a channel has a photo and a page, a link has a card, and words become a draft', async ({
  alice,
  browser,
  station,
}) => {
  const chat = await newChannel(alice)
  const { page } = alice
  await openChat(alice, chat)
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  const color = { width: 400, height: 300, channels: 3, background: '#6aa7c8' } as const
  const buffer = await sharp({ create: color }).png().toBuffer()
  const photo = { name: 'lake.png', mimeType: 'image/png', buffer }
  await page.locator('.photo-field input').setInputFiles(photo)
  await expect(page.locator('.photo-field img.avatar')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.locator('.details-who img.avatar')).toBeVisible()

  await say(alice, chat, 'Fog over the **bay**, see [the page](/channel/lake-news)')
  await expect(page.locator('.preview')).toContainText('News of the lake')
  const reader = await browser.newPage({ javaScriptEnabled: false })
  await reader.goto(`${station.url}/channel/lake-news`)
  await expect(reader.locator('.channel-post strong').first()).toHaveText('bay')
  await expect(reader.locator('.channel-head img')).toBeVisible()
  await reader.context().close()
  await page.locator('.preview').hover()
  await page.getByRole('button', { name: 'Take the card away' }).click()
  await expect(page.locator('.preview')).toHaveCount(0)

  await bubble(alice, 'Fog over').locator('.bubble').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'To a draft' }).click()
  await page.waitForURL(/\/write\/[\w-]+$/)
  await expect(page.locator('textarea[name="markdown"]')).toHaveValue(/Fog over the \*\*bay\*\*/)
  await page.goto(`${station.url}/channel/lake-news`)
  expect(await axeFindings(page)).toEqual([])
  expect(alice.complaints).toEqual([])
})

test('asked quietly, then told once of each message, however many tabs there are', async ({
  alice,
  bob,
  station,
}) => {
  const shown = await noticesOf(alice, 'default')
  await alice.context.addInitScript(lookAway)
  const { chat } = await ask<{ chat: { id: string } }>(bob, 'chats.open', {
    username: alice.username,
  })
  await alice.page.goto(`${station.url}/chats`)
  const second = await alice.context.newPage()
  await second.goto(`${station.url}/chats`)
  await expect(second.locator('.chats[data-ready]')).toBeVisible()
  /* What comes before a tab is live is found in the list, and is no news. */
  let said = 0
  await expect(async () => {
    await say(bob, chat.id, 'one')
    said += 1
    for (const page of [alice.page, second]) {
      await expect(page.locator('.news-strip')).toBeVisible({ timeout: 1_000 })
    }
  }).toPass()
  for (const page of [alice.page, second]) {
    await expect(page.locator('.row .count > [aria-hidden]')).toHaveText(String(said))
  }
  /* A page speaks of what has come a moment later, and then asks whether it may. */
  await second.waitForTimeout(1_000)
  expect(shown).toEqual([])
  for (const page of [alice.page, second]) {
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await expect(page.locator('.news-strip')).toHaveCount(0)
  }
  for (const text of ['two', 'three']) await say(bob, chat.id, text)
  await expect.poll(() => shown.length).toBe(2)
  await expect(second.locator('.row', { hasText: 'three' })).toBeVisible()
  expect(shown).toEqual(['Bob', 'Bob'])
  expect(alice.complaints).toEqual([])
})

test('somebody is kept away and let back from the details of a chat', async ({ alice, bob }) => {
  const { page } = alice
  const order = { username: bob.username }
  const { chat } = await ask<{ chat: { id: string } }>(alice, 'chats.open', order)
  await openChat(alice, chat.id)
  await page.getByRole('button', { name: 'Block Bob' }).click()
  await page.getByRole('button', { name: 'Block', exact: true }).click()
  await page.getByRole('button', { name: 'Unblock Bob' }).click()
  await expect(page.getByRole('button', { name: 'Block Bob' })).toBeVisible()
  await page.getByRole('link', { name: 'Report' }).click()
  await expect(page).toHaveURL(/\/report\?about=user%2F/)
  expect(alice.complaints).toEqual([])
})

test.describe('the installed app', () => {
  test.use({ serviceWorkers: 'allow' })

  test('a push stands once until it is read anywhere, and its press opens the chat in the tab', async ({
    alice,
    bob,
  }) => {
    const { page, context, url } = alice
    await context.grantPermissions(['notifications'], { origin: url })
    const device = await workerOf(alice)
    await subscribe(alice)
    const { chat } = await ask<{ chat: { id: string } }>(bob, 'chats.open', {
      username: alice.username,
    })
    const { seq } = await say(bob, chat.id, 'Fog')
    const tag = `chat/${chat.id}`
    const standing = async (): Promise<unknown> =>
      (await context.request.get(`${url}/api/v1/push/standing`)).json()
    await expect.poll(standing).toEqual({ tags: [tag], badge: 1 })
    const shown = (): Promise<unknown> => page.evaluate(shownNotifications)
    const push = { title: 'Bob', body: 'Fog', tag, navigate: `${url}/chats/${chat.id}`, seq }
    await device.push(push)
    await expect.poll(shown).toEqual([['Bob', 'Fog', tag, false]])
    await device.push(push)
    await expect.poll(shown).toEqual([['Bob', 'Fog', tag, true]])
    const looked = page.waitForResponse('**/api/v1/push/standing')
    await page.evaluate(() => document.dispatchEvent(new Event('quark:notifications')))
    await looked
    expect(await shown(), 'the bell reads no chat').toHaveLength(1)
    await ask(alice, 'chats.read', { chat: chat.id, seq })
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await expect.poll(shown).toEqual([])

    await page.goto(`${url}/chats`)
    await expect(page.locator('#chats[data-ready]')).toBeAttached()
    await page.evaluate((path) => {
      const data = { type: 'open', path }
      navigator.serviceWorker.dispatchEvent(new MessageEvent('message', { data }))
    }, `/chats/${chat.id}`)
    await expect(bubble(alice, 'Fog')).toBeVisible()
  })

  test('a push of hostile words shows them as the words they are', async ({ alice, bob }) => {
    const { page, context, url } = alice
    await context.grantPermissions(['notifications'], { origin: url })
    const device = await workerOf(alice)
    await subscribe(alice)
    const { chat } = await ask<{ chat: { id: string } }>(bob, 'chats.open', {
      username: alice.username,
    })
    await say(bob, chat.id, 'Fog')
    const tag = `chat/${chat.id}`
    const navigate = `${url}/chats/${chat.id}`
    for (const [at, payload] of PAYLOADS.entries()) {
      await device.push({ title: payload, body: payload, tag, navigate, seq: at + 1 })
      const shown = [[payload, payload, tag, false]]
      await expect.poll(() => page.evaluate(shownNotifications)).toEqual(shown)
    }
    expect(alice.complaints).toEqual([])
  })
})

/** These keys seal nothing, so nothing is sent; the station knows of a browser all the same. */
async function subscribe({ context, url, username }: Talker): Promise<void> {
  const keys = { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) }
  const endpoint = `https://fcm.googleapis.com/fcm/send/${username}`
  const answer = await context.request.post(`${url}/api/v1/push/subscriptions`, {
    headers: { origin: url },
    data: { endpoint, keys },
  })
  expect(answer.status()).toBe(201)
}

/** The service worker of somebody's browser, and a push service that reaches it. */
async function workerOf({ page, context, url }: Talker) {
  const browser = await context.newCDPSession(page)
  const ids: string[] = []
  browser.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    for (const { registrationId } of registrations) ids.push(registrationId)
  })
  await browser.send('ServiceWorker.enable')
  await page.goto(`${url}/settings`)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await expect.poll(() => ids.length).toBeGreaterThan(0)
  return {
    async push({ seq, ...told }: { seq: number; [member: string]: unknown }): Promise<void> {
      const notification = { ...told, lang: 'en', app_badge: '1', data: { seq } }
      const data = JSON.stringify({ web_push: 8030, notification })
      const registrationId = ids.at(-1) ?? ''
      /* The last thing it does is to ask what still stands. */
      const done = context.waitForEvent('response', (answer) => {
        const isWorker = answer.request().serviceWorker() !== null
        return isWorker && answer.url().endsWith('/push/standing')
      })
      await browser.send('ServiceWorker.deliverPushMessage', { origin: url, registrationId, data })
      await done
    },
  }
}

async function shownNotifications(): Promise<unknown[]> {
  const registration = await navigator.serviceWorker.getRegistration('/')
  const shown = (await registration?.getNotifications()) ?? []
  return shown.map(({ title, body, tag, silent }) => [title, body, tag, silent])
}
