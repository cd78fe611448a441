import { use } from '../playwright.config.ts'
import { mp4 } from '../test/support/films.ts'
import { bomb, heavyPhoto } from '../test/support/pictures.ts'
import { bubble, expect, openChat, say, test, write } from './support/chats.ts'

const FAKE_VOICE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']

test.use({ launchOptions: { ...use?.launchOptions, args: FAKE_VOICE } })

test('a photo of 3 MB is on its way with its share, is stopped, and is sent again', async ({
  alice,
  bob,
  boat,
}) => {
  test.setTimeout(120_000)
  await Promise.all([openChat(alice, boat), openChat(bob, boat)])
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

  const film = { name: 'far.mov', mimeType: 'video/quicktime', buffer: Buffer.alloc(5_242_881) }
  const far = { name: 'far.png', mimeType: 'image/png', buffer: await heavyPhoto(6_000_000) }
  const dialog = page.getByRole('dialog')
  await page.locator('input[type="file"]').setInputFiles([film])
  await expect(dialog).toHaveAccessibleName('This cannot be sent')
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  const vast = { name: 'vast.png', mimeType: 'image/png', buffer: bomb(20_000) }
  await page.locator('input[type="file"]').setInputFiles([film, far, vast])
  await expect(dialog.getByRole('alert')).toContainText('2 files are left out')
  await page.getByPlaceholder('Caption').fill('Far away')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(bubble(bob, 'Far away').locator('.album-tile img')).toHaveJSProperty(
    'complete',
    true,
  )
  expect([...alice.complaints, ...bob.complaints]).toEqual([])
})

test('whoever reads further up and writes sees their own words', async ({ alice, boat }) => {
  for (let number = 1; number <= 40; number++) await say(alice, boat, `number ${number}`)
  await openChat(alice, boat)
  await expect(bubble(alice, 'number 40')).toBeInViewport()
  await alice.page.locator('.wall-scroll').hover()
  await expect(async () => {
    await alice.page.mouse.wheel(0, -600)
    await expect(alice.page.getByRole('button', { name: 'To the newest messages' })).toBeVisible({
      timeout: 300,
    })
  }).toPass()
  await write(alice, 'seen at once')
  await expect(bubble(alice, 'seen at once')).toBeInViewport()
  expect(alice.complaints).toEqual([])
})

test('files, films and a voice are sent, shown, listed and played', async ({
  alice,
  bob,
  boat,
}) => {
  await Promise.all([openChat(alice, boat), openChat(bob, boat)])
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
  await expect(
    bob.page.locator('.talk').getByRole('button', { name: 'Play film 1 of 1' }),
  ).toContainText('0:02')

  const short = { name: 'x.md', mimeType: 'text/plain', buffer: Buffer.from('x') }
  await page.locator('input[type="file"]').setInputFiles(short)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  for (const each of [alice, bob]) {
    await expect(bubble(each, 'x.md').locator('time')).toBeVisible()
    await expect(bubble(each, 'x.md').locator('.file-size')).toBeVisible()
    expect(await bubble(each, 'x.md').evaluate(gapBeforeTime)).toBeGreaterThan(0)
  }

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

test('a film has its place before it comes, then its first picture, and is played', async ({
  alice,
  bob,
  boat,
}) => {
  await Promise.all([openChat(alice, boat), openChat(bob, boat)])
  const gate = Promise.withResolvers<void>()
  await bob.context.route('**/media/**', async (route) => {
    await gate.promise
    await route.continue()
  })
  const buffer = Buffer.from(await alice.page.evaluate(recordFilm), 'base64')
  const film = { name: 'lake.webm', mimeType: 'video/webm', buffer }
  await alice.page.locator('input[type="file"]').setInputFiles(film)
  await alice.page.getByPlaceholder('Caption').fill('Ice on the lake')
  await alice.page.getByRole('button', { name: 'Send', exact: true }).click()

  const row = bubble(bob, 'Ice on the lake')
  const first = row.locator('video')
  const state = (): Promise<number> => first.evaluate((video: HTMLVideoElement) => video.readyState)
  await expect(first).toBeVisible()
  expect(await state()).toBe(0)
  const place = await row.boundingBox()
  gate.resolve()
  await expect.poll(state).toBeGreaterThanOrEqual(2)
  expect(await row.boundingBox()).toEqual(place)
  await expect(row.locator('.film-time')).toHaveText(/^0:0[01]$/)
  const { width = 0, height = 1 } = (await first.boundingBox()) ?? {}
  expect(width / height).toBeCloseTo(4 / 3, 1)

  await row.getByRole('button', { name: 'Play film 1 of 1' }).click()
  const player = bob.page.locator('.viewer video')
  await expect
    .poll(() => player.evaluate((video: HTMLVideoElement) => video.currentTime))
    .toBeGreaterThan(0)
  await bob.page.keyboard.press('Escape')
  await expect(player).toHaveCount(0)
  expect([...alice.complaints, ...bob.complaints]).toEqual([])
})

/** Pixels between what is said of a file and the time in the same line. */
function gapBeforeTime(row: Element): number {
  const words = document.createRange()
  words.selectNodeContents(row.querySelector('.file-size') ?? row)
  const time = row.querySelector('time')?.getBoundingClientRect().left ?? 0
  return time - words.getBoundingClientRect().right
}

/** Half a second of 320 × 240 as this browser records it, in Base64. */
async function recordFilm(): Promise<string> {
  const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 240 })
  const pen = canvas.getContext('2d')
  const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm' })
  const chunks: Blob[] = []
  recorder.addEventListener('dataavailable', ({ data }) => chunks.push(data))
  const isOver = new Promise((resolve) => recorder.addEventListener('stop', resolve))
  recorder.start()
  for (let frame = 0; frame < 12; frame++) {
    if (pen) pen.fillStyle = `hsl(${frame * 30} 60% 50%)`
    pen?.fillRect(0, 0, 320, 240)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  recorder.stop()
  await isOver
  const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
