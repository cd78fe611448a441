import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import sharp, { type Metadata, type Sharp } from 'sharp'
import type { Visitor } from './visitor.ts'

/** The smallest picture there is: PNG, one pixel. */
export const ONE_PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg==',
  'base64',
)

export interface PhotoOptions {
  readonly width?: number
  readonly height?: number
  /** Another seed is another picture of the same size. */
  readonly seed?: number
}

/** A landscape whose left upper corner is red and whose right lower corner is blue. */
function scene({ width = 1200, height = 900, seed = 0 }: PhotoOptions): Sharp {
  const part = {
    width: Math.ceil(width * 0.4),
    height: Math.ceil(height * 0.4),
    channels: 3,
  } as const
  const base = { r: (seed * 37) % 200, g: 120 + (seed % 80), b: 90 }
  return sharp({ create: { width, height, channels: 3, background: base } }).composite([
    { input: { create: { ...part, background: '#e01010' } }, left: 0, top: 0 },
    {
      input: { create: { ...part, background: '#1010e0' } },
      left: width - part.width,
      top: height - part.height,
    },
  ])
}

/** A photo of a telephone: turned by a quarter, with the place and the maker. */
export function photo(options: PhotoOptions = {}): Promise<Buffer> {
  return scene(options)
    .jpeg({ quality: 88 })
    .withExif({
      IFD0: { Make: 'Google', Model: 'Pixel', Orientation: '6' },
      IFD2: { BodySerialNumber: 'SN-0042' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '55/1 45/1 29/1', GPSLongitudeRef: 'E' },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer()
}

/** A photo that weighs so much; what stands behind the picture's end is no part of it. */
export async function heavyPhoto(bytes: number): Promise<Buffer> {
  const picture = await photo({ width: 1_000, height: 700 })
  return Buffer.concat([picture, randomBytes(bytes - picture.byteLength)])
}

export function pictureOf(
  format: 'png' | 'jpeg' | 'gif' | 'webp' | 'avif',
  options: PhotoOptions = {},
): Promise<Buffer> {
  return scene({ width: 64, height: 48, ...options })
    .toFormat(format)
    .toBuffer()
}

/** `frames` pictures one after the other. */
export async function film(
  format: 'gif' | 'webp',
  frames: number,
  { width = 60, height = 40 } = {},
): Promise<Buffer> {
  const stills = Array.from({ length: frames }, (_, index) =>
    sharp({
      create: {
        width,
        height,
        channels: 3,
        background: { r: (index * 40) % 256, g: index, b: 90 },
      },
    })
      .png()
      .toBuffer(),
  )
  return sharp(await Promise.all(stills), { join: { animated: true } })
    .toFormat(format, { delay: Array.from({ length: frames }, () => 100) })
    .toBuffer()
}

/** A PNG of one colour that unpacks to far more than it weighs: 1 bit per pixel. */
export function bomb(side: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head.set([1, 0, 0, 0, 0], 8)
  const rows = Buffer.alloc((Math.ceil(side / 8) + 1) * side)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.byteLength, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

export interface StoredPicture extends Record<string, unknown> {
  readonly id: string
  readonly url: string
  readonly width: number
  readonly height: number
  readonly alt: string
  readonly variants: readonly { url: string; width: number; height: number; type: string }[]
  readonly thumbhash: string
  readonly animated: boolean
}

/** What a stranger gets at every address of a picture, read by the image library. */
export async function publicFiles(
  visitor: Visitor,
  { url, variants }: Pick<StoredPicture, 'url' | 'variants'>,
): Promise<readonly { url: string; bytes: Buffer; facts: Metadata }[]> {
  const addresses = [url, ...variants.map((variant) => variant.url)]
  return Promise.all(
    addresses.map(async (address) => {
      const { bytes } = await visitor.get(address)
      return { url: address, bytes, facts: await sharp(bytes).metadata() }
    }),
  )
}

/** Every file below a folder, by its path from there. */
export async function filesBelow(dir: string): Promise<readonly string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}
