import { use } from '../playwright.config.ts'
import { mp4 } from '../test/support/films.ts'
import { heavyPhoto } from '../test/support/pictures.ts'
import { bubble, newGroup, newTalker, openChat, say, write } from './support/chats.ts'
import { expect, test } from './support/station.ts'

const FAKE_VOICE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']

test.use({ launchOptions: { ...use?.launchOptions, args: FAKE_VOICE } })

test('a photo of 3 MB is on its way with its share, is stopped, and is sent again', async ({
  browser,
  station,
}) => {
  const alice = await newTalker(browser, station.url, 'Alice')
  const bob = await newTalker(browser, station.url, 'Bob')
  const chat = await newGroup(bob, 'Boat', [alice])
  await openChat(bob, chat)
  await openChat(alice, chat)
  const { page, context } = alice
  const buffer = await heavyPhoto(3_000_000)
  const file = { name: 'lake.jpg', mimeType: 'image/jpeg', buffer }
  const slowly = await context.newCDPSession(page)
  const speed = (uploadThroughput: number): Promise<unknown> =>
    slowly.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput,
    })
  await slowly.send('Network.enable')
  await speed(400_000)

  await page.locator('input[type="file"]').setInputFiles(file)
  await page.getByPlaceholder('Caption').fill('The lake')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  const cancel = page.getByRole('button', { name: /% sent. Cancel/ })
  await expect(cancel).toHaveAccessibleName(/^[1-9]\d?% sent/)
  await write(alice, 'behind it')
  await expect(bubble(bob, 'behind it')).toHaveCount(0)
  await cancel.click()
  await expect(page.locator('.talk-own', { hasText: 'The lake' })).toHaveCount(0)
  await expect(bubble(bob, 'behind it')).toBeVisible()

  await speed(-1)
  await page.locator('input[type="file"]').setInputFiles(file)
  await page.getByPlaceholder('Caption').fill('The lake again')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  const image = bubble(bob, 'The lake again').locator('img')
  await expect(image).toHaveJSProperty('complete', true)
  await expect.poll(() => image.evaluate((img: HTMLImageElement) => img.naturalWidth)).not.toBe(0)
  await expect(bubble(bob, 'The lake').locator('img')).toHaveCount(1)
  expect([...alice.complaints, ...bob.complaints]).toEqual([])
})

test('whoever reads further up and writes sees their own words', async ({ browser, station }) => {
  const alice = await newTalker(browser, station.url, 'Alice')
  const chat = await newGroup(alice, 'Notes', [])
  for (let number = 1; number <= 40; number++) await say(alice, chat, `number ${number}`)
  await openChat(alice, chat)
  await expect(bubble(alice, 'number 40')).toBeInViewport()
  await alice.page.locator('.wall-scroll').hover()
  await expect(async () => {
    await alice.page.mouse.wheel(0, -600)
    await expect(alice.page.locator('.to-newest')).toBeVisible({ timeout: 300 })
  }).toPass()
  await write(alice, 'seen at once')
  await expect(bubble(alice, 'seen at once')).toBeInViewport()
  expect(alice.complaints).toEqual([])
})

test('files, films and a voice are sent, shown, listed and played', async ({
  browser,
  station,
}) => {
  const alice = await newTalker(browser, station.url, 'Alice')
  const bob = await newTalker(browser, station.url, 'Bob')
  const chat = await newGroup(bob, 'Boat', [alice])
  await openChat(bob, chat)
  await openChat(alice, chat)
  const { page } = alice
  await page.locator('input[type="file"]').setInputFiles([
    { name: 'Маршрут.gpx', mimeType: 'text/xml', buffer: Buffer.from('<gpx/>') },
    { name: 'lake.mp4', mimeType: 'video/mp4', buffer: mp4() },
  ])
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  const line = bob.page.locator('.talk .file')
  await expect(line).toContainText('Маршрут.gpx')
  const [download] = await Promise.all([bob.page.waitForEvent('download'), line.click()])
  expect(download.suggestedFilename()).toBe('Маршрут.gpx')
  await expect(bob.page.getByRole('button', { name: 'Play film 1 of 1' })).toContainText('0:02')

  await page.getByRole('button', { name: 'Record a voice message' }).click()
  await expect(page.locator('.recorder-time')).toHaveText('0:02', { timeout: 10_000 })
  await expect(bob.page.locator('.head-typing')).toContainText('is recording')
  await page.getByRole('button', { name: 'Send the recording' }).click()
  const voice = bob.page.locator('.talk .voice')
  await expect(voice.locator('.voice-time')).toHaveText(/^0:0[2-4]$/)
  const heights = await voice
    .locator('.voice-bars i')
    .evaluateAll((bars) => bars.map((bar) => (bar as HTMLElement).style.blockSize))
  expect(new Set(heights).size).toBeGreaterThan(1)
  await voice.getByRole('button', { name: 'Play' }).click()
  await expect(voice.locator('.voice-time')).toContainText(' of ')
  await expect(voice.getByRole('button', { name: 'Play' })).toBeVisible({ timeout: 10_000 })

  await page.getByRole('button', { name: 'Record a voice message' }).click()
  await expect(page.locator('.recorder')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.locator('.recorder')).toHaveCount(0)
  await expect(page.locator('#composer')).toBeVisible()
  await page.locator('#composer').fill('words')
  await expect(page.getByRole('button', { name: 'Record a voice message' })).toHaveCount(0)

  await bob.page.locator('.head-words').click()
  const shared = bob.page.locator('.details-shared')
  await expect(shared.locator('.shared-grid button')).toHaveCount(1)
  await shared.getByRole('tab', { name: 'Files' }).click()
  await expect(shared.locator('.shared-list')).toContainText('Маршрут.gpx')
  await shared.getByRole('tab', { name: 'Voice' }).click()
  await expect(shared.locator('.shared-list li')).toHaveCount(1)
  expect([...alice.complaints, ...bob.complaints]).toEqual([])
})
