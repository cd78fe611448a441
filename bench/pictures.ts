import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import sharp from 'sharp'
import { besideFigures, besides, BLOGS } from './besides.ts'
import { fillBlogs } from './blogs.ts'
import { type Figure, ofRounds } from './figures.ts'
import { addResidents, tokensFor } from './residents.ts'
import { Sender } from './sender.ts'
import { inFolder, type Served, serveStation, whileServed } from './served.ts'

const PAUSE_MS = 2_000

/** What a picture of 12 megapixels takes, and what others feel of one, and of one after the other. */
export function pictureFigures(): Promise<Figure[]> {
  return inFolder(async (dataDir) => {
    await whileServed([serveStation(dataDir)], async () => undefined)
    await fillBlogs(join(dataDir, 'quark.db'), BLOGS)
    const raw = new DatabaseSync(join(dataDir, 'quark.db'))
    const people = addResidents(raw, 1)
    raw.close()
    const [token = ''] = await tokensFor(dataDir, people)
    return whileServed([serveStation(dataDir)], async (station) => {
      if (!station) throw new Error('The station does not run')
      return picturesAt(dataDir, station, token)
    })
  })
}

async function picturesAt(dataDir: string, station: Served, token: string): Promise<Figure[]> {
  const path = join(dataDir, 'photo.jpg')
  await writeFile(path, await twelveMegapixels())
  await using sender = await Sender.hire({ url: station.url, token, path })
  const seconds: number[] = []
  const upload = async (): Promise<void> => void seconds.push(await sender.send())
  const now = async (): Promise<void> => {
    await Promise.all([upload(), pause(PAUSE_MS)])
  }
  const name = 'a picture of 12 megapixels until its variants are stored'
  return [
    ...besideFigures('while a picture comes in every two seconds', await besides(station, now)),
    ...besideFigures('while one comes in after the other', await besides(station, upload)),
    ofRounds(seconds, { name, unit: 's', goal: '≤ 1.5 s' }),
  ]
}

/** Soft hills with a little noise, about 3 MB. */
async function twelveMegapixels(): Promise<Buffer> {
  const [width, height] = [400, 300]
  const pixels = Buffer.alloc(width * height * 3)
  for (let at = 0; at < pixels.length; at++) {
    pixels[at] = 128 + 90 * Math.sin(at / 311) + ((at * 7) % 31)
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .resize(4_000, 3_000)
    .jpeg({ quality: 90 })
    .toBuffer()
}
