import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import sharp from 'sharp'
import { besideFigures, besides, BLOGS } from './besides.ts'
import { fillBlogs } from './blogs.ts'
import { type Figure, median } from './figures.ts'
import { addResidents, tokensFor } from './residents.ts'
import { inFolder, type Served, serveStation, whileServed } from './served.ts'

/** What a picture of 12 megapixels takes, and what others feel while one comes after the other. */
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
      return picturesAt(station, token)
    })
  })
}

async function picturesAt(station: Served, token: string): Promise<Figure[]> {
  const seconds: number[] = []
  const base = await twelveMegapixels()
  let number = 0
  const upload = async (): Promise<void> => {
    /* Another file each time, or the station would know the picture. */
    const bytes = Buffer.concat([base, Buffer.from(String(number++))])
    const form = new FormData()
    form.set('file', new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), 'photo.jpg')
    const begun = performance.now()
    const answer = await fetch(`${station.url}/api/v1/media`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: form,
    })
    const text = await answer.text()
    if (answer.status !== 201) throw new Error(`An upload answers ${answer.status}: ${text}`)
    seconds.push((performance.now() - begun) / 1_000)
  }
  const figures = besideFigures('while pictures come in', await besides(station, upload))
  const name = 'a picture of 12 megapixels until its variants are stored'
  return [{ name, value: median(seconds), unit: 's', goal: '≤ 1.5 s' }, ...figures]
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
