import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { filesBelow, ONE_PIXEL, photo } from '../../../test/support/pictures.ts'
import { buildTestStation } from '../../../test/support/station.ts'
import { PictureRenderer } from './picture-renderer.ts'
import { PLANS } from './purpose.ts'

const RENDERING = fileURLToPath(
  new URL('../../../test/support/rendering-process.ts', import.meta.url),
)

const dir = mkdtempSync(join(tmpdir(), 'quark-pictures-'))
after(() => rmSync(dir, { recursive: true, force: true }))

/** Where the process finds a picture, in a folder for what it makes of it. */
async function staged(bytes: Uint8Array): Promise<string> {
  const path = join(await mkdtemp(join(dir, 'upload-')), 'upload')
  await writeFile(path, bytes)
  return path
}

function rendererFor(t: TestContext, idleMs?: number): PictureRenderer {
  const renderer = new PictureRenderer(idleMs)
  t.after(() => renderer.close())
  return renderer
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await pause(2)
}

function pidOf({ pid }: PictureRenderer): number {
  assert.ok(pid !== undefined && pid !== process.pid)
  return pid
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** The fourth field after the name, which stands in parentheses. */
function sessionOf(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3]
}

test('a picture at which the process ends is refused alone', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const [alice, bob] = [await t.person('alice'), await t.person('bob')]
  const renderer = t.station.pictureRenderer
  assert.equal(renderer.pid, undefined, 'no process before the first picture')
  const lost = alice.upload('/api/v1/media', {
    bytes: await photo({ width: 3_000, height: 2_000 }),
  })
  await until(() => renderer.pid !== undefined)
  const pid = pidOf(renderer)
  const next = bob.upload('/api/v1/media', { bytes: ONE_PIXEL })
  process.kill(pid, 'SIGKILL')
  const refused = await lost
  assert.equal(refused.status, 422, refused.text)
  assert.match(refused.text, /QL_MEDIA_FAILED/)
  const stored = await next
  assert.equal(stored.status, 201, stored.text)
  assert.notEqual(pidOf(renderer), pid)
  const files = await filesBelow(join(t.station.config.dataDir, 'media'))
  assert.equal(files.filter((file) => file.endsWith('original')).length, 1)
})

test('a process that ends while nothing is asked of it is not missed', async (t) => {
  const renderer = rendererFor(t)
  await renderer.render(await staged(ONE_PIXEL), PLANS.picture)
  const pid = pidOf(renderer)
  process.kill(pid, 'SIGKILL')
  await until(() => renderer.pid === undefined)
  await renderer.render(await staged(ONE_PIXEL), PLANS.picture)
  assert.notEqual(pidOf(renderer), pid)
})

test('the process ends when no picture comes, and starts again with the next', async (t) => {
  const renderer = rendererFor(t, 1)
  await renderer.render(await staged(ONE_PIXEL), PLANS.picture)
  const pid = pidOf(renderer)
  await until(() => !isRunning(pid))
  assert.equal(renderer.pid, undefined)
  const { width } = await renderer.render(await staged(ONE_PIXEL), PLANS.picture)
  assert.equal(width, 1)
})

test('the process ends with the station, however that ends', async (t) => {
  const station = fork(RENDERING, [await staged(ONE_PIXEL)])
  t.after(() => station.kill('SIGKILL'))
  const [pid] = (await once(station, 'message')) as [number]
  assert.ok(isRunning(pid))
  station.kill('SIGKILL')
  await until(() => !isRunning(pid))
})

test('a signal to all processes of a service or a terminal does not cut a picture', async (t) => {
  const renderer = rendererFor(t)
  await renderer.render(await staged(ONE_PIXEL), PLANS.picture)
  const rendered = renderer.render(
    await staged(await photo({ width: 2_000, height: 1_500 })),
    PLANS.picture,
  )
  for (const signal of ['SIGTERM', 'SIGINT']) process.kill(pidOf(renderer), signal)
  assert.equal((await rendered).renditions.length, 4)
})

test('closing ends the picture that is being made, and takes no other', async (t) => {
  const renderer = rendererFor(t)
  await renderer.render(await staged(ONE_PIXEL), PLANS.picture)
  const pid = pidOf(renderer)
  const cut = renderer.render(
    await staged(await photo({ width: 3_000, height: 2_000 })),
    PLANS.picture,
  )
  const refused = assert.rejects(cut, { code: 'QL_BUSY' })
  await renderer.close()
  await refused
  assert.ok(!isRunning(pid))
  await assert.rejects(renderer.render(await staged(ONE_PIXEL), PLANS.picture), { code: 'QL_BUSY' })
})

const skip = process.platform === 'linux' ? false : 'what is known of a process is read from /proc'

test(
  'the process stays in the session of the station, which puts it aside at once',
  { skip },
  async (t) => {
    const renderer = rendererFor(t)
    await renderer.render(await staged(ONE_PIXEL), PLANS.picture)
    assert.equal(sessionOf(pidOf(renderer)), sessionOf(process.pid))
  },
)

test('the process is told nothing that the station keeps to itself', { skip }, async (t) => {
  process.env['QUARK_TEST_SECRET'] = 'nobody may know'
  t.after(() => delete process.env['QUARK_TEST_SECRET'])
  const renderer = rendererFor(t)
  await renderer.render(await staged(ONE_PIXEL), PLANS.picture)
  const environment = readFileSync(`/proc/${pidOf(renderer)}/environ`, 'utf8')
  assert.match(environment, /NODE_CHANNEL_FD/)
  assert.doesNotMatch(environment, /QUARK|\0(?:PATH|HOME)=|nobody may know/)
})
