import type { SharpOptions } from 'sharp'
import { rgbaToThumbHash } from 'thumbhash'
import { mediaErrors } from '../errors.ts'
import { type Sharp, lockedSharp } from './locked-sharp.ts'
import { type Crop, squareIn } from './crop.ts'
import type { Plan } from './purpose.ts'

const MAX_PIXELS = 40_000_000
const MAX_FRAMES = 300
/** For one step. Generous, because on a busy machine pictures wait for everything else. */
const TIMEOUT_S = 30
const THUMB_SIDE = 100
const WEBP = { quality: 80, effort: 2, smartSubsample: false } as const

/** One file made of a picture. */
export interface Rendition {
  /** `full`, or `w960` after its width. */
  readonly name: string
  readonly type: string
  readonly width: number
  readonly height: number
  readonly bytes: Uint8Array
}

export interface RenderedPicture<File = Rendition> {
  /** Of the full rendition, upright. */
  readonly width: number
  readonly height: number
  readonly isAnimated: boolean
  /** Base64 of a thumbhash. */
  readonly thumbhash: string
  readonly renditions: readonly File[]
}

interface Pixels {
  readonly data: Buffer
  readonly raw: {
    readonly width: number
    readonly height: number
    readonly channels: 1 | 2 | 3 | 4
  }
}

interface Source {
  readonly bytes: Uint8Array
  readonly format: string
  readonly pages: number
  /** Upright. */
  readonly width: number
  readonly height: number
}

/**
 * Decodes an upload wholly and encodes it anew: upright, in sRGB, without anything that is not
 * pixels. Whatever else was in the file (a place, a camera, an archive, a script) is not in these.
 *
 * @throws QL_MEDIA_BROKEN, QL_MEDIA_TOO_MANY_PIXELS, QL_MEDIA_TOO_MANY_FRAMES, QL_MEDIA_TOO_SLOW.
 */
export async function renderPicture(
  bytes: Uint8Array,
  plan: Plan,
  crop?: Crop,
): Promise<RenderedPicture> {
  const sharp = await lockedSharp()
  try {
    const source = await measure(sharp, bytes)
    const isAnimated = source.pages > 1 && plan.isSquare !== true
    return isAnimated
      ? await renderAnimation(sharp, source, plan)
      : await renderStill(sharp, source, plan, crop)
  } catch (error) {
    throw refusalOf(error)
  }
}

/** Reads the header alone, so that a bomb is refused before a pixel of it is unpacked. */
async function measure(sharp: Sharp, bytes: Uint8Array): Promise<Source> {
  const facts = await sharp(bytes, { limitInputPixels: false }).metadata()
  const { pages = 1, format, autoOrient } = facts
  if (pages > MAX_FRAMES) {
    throw mediaErrors.QL_MEDIA_TOO_MANY_FRAMES({ values: { max: MAX_FRAMES } })
  }
  if (facts.width * facts.height * pages > MAX_PIXELS) {
    throw mediaErrors.QL_MEDIA_TOO_MANY_PIXELS({ values: { max: MAX_PIXELS / 1_000_000 } })
  }
  return { bytes, format, pages, width: autoOrient.width, height: autoOrient.height }
}

const DECODING: SharpOptions = { limitInputPixels: MAX_PIXELS, failOn: 'error' }

async function renderStill(
  sharp: Sharp,
  source: Source,
  plan: Plan,
  crop: Crop | undefined,
): Promise<RenderedPicture> {
  const upright = await decode(sharp, source, plan, crop)
  const full = await encodeFull(sharp, upright, source.format)
  const small: Rendition[] = []
  let larger = upright
  for (const width of widthsFor(plan, upright.raw.width)) {
    larger = await shrink(sharp, larger, width)
    small.push(await encodeSmall(sharp, larger))
  }
  const { width, height } = upright.raw
  const thumbhash = await thumbhashOf(sharp, larger)
  return { width, height, isAnimated: false, thumbhash, renditions: [full, ...small] }
}

/** The widest first, because each is made of the one before. */
function widthsFor({ widths, isSquare }: Plan, fullWidth: number): readonly number[] {
  if (isSquare) return widths.toReversed()
  const narrower = widths.filter((width) => width < fullWidth)
  const own = narrower.length < widths.length ? [fullWidth] : []
  return [...own, ...narrower.toReversed()]
}

async function decode(
  sharp: Sharp,
  source: Source,
  { isSquare, maxSide }: Plan,
  crop: Crop | undefined,
): Promise<Pixels> {
  let picture = sharp(source.bytes, DECODING).timeout({ seconds: TIMEOUT_S }).autoOrient()
  if (isSquare) {
    const { left, top, side } = squareIn(source, crop)
    picture = picture.extract({ left, top, width: side, height: side }).resize(maxSide, maxSide)
  } else {
    picture = picture.resize(maxSide, maxSide, { fit: 'inside', withoutEnlargement: true })
  }
  return pixelsOf(picture.toColourspace('srgb'))
}

async function shrink(sharp: Sharp, { data, raw }: Pixels, width: number): Promise<Pixels> {
  if (raw.width === width) return { data, raw }
  return pixelsOf(sharp(data, { raw }).resize({ width }))
}

async function pixelsOf(picture: ReturnType<Sharp>): Promise<Pixels> {
  const { data, info } = await picture.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
  return { data, raw: { width: info.width, height: info.height, channels: info.channels } }
}

/** In a form that every program reads; drawings stay free of the noise of JPEG. */
async function encodeFull(sharp: Sharp, { data, raw }: Pixels, format: string): Promise<Rendition> {
  const hasAlpha = raw.channels === 2 || raw.channels === 4
  const picture = sharp(data, { raw }).timeout({ seconds: TIMEOUT_S }).withIccProfile('srgb')
  const isDrawing = format === 'png' || format === 'gif'
  const [type, encoded] = isDrawing
    ? (['image/png', picture.png()] as const)
    : hasAlpha
      ? (['image/webp', picture.webp(WEBP)] as const)
      : (['image/jpeg', picture.jpeg({ quality: 84 })] as const)
  const bytes = await encoded.toBuffer()
  return { name: 'full', type, width: raw.width, height: raw.height, bytes }
}

async function encodeSmall(sharp: Sharp, { data, raw }: Pixels): Promise<Rendition> {
  const { width, height } = raw
  const bytes = await sharp(data, { raw }).timeout({ seconds: TIMEOUT_S }).webp(WEBP).toBuffer()
  return { name: `w${width}`, type: 'image/webp', width, height, bytes }
}

/** All frames with their times, in two sizes: each more would be decoded and encoded as a film. */
async function renderAnimation(sharp: Sharp, source: Source, plan: Plan): Promise<RenderedPicture> {
  const [smallest = source.width] = plan.widths
  const widest = Math.min(source.width, plan.widths.at(-1) ?? source.width)
  const full = await encodeFilm(sharp, source, { name: 'full', width: widest })
  const isSmall = widest <= smallest
  const small = isSmall
    ? []
    : [await encodeFilm(sharp, source, { name: `w${smallest}`, width: smallest })]
  const still = await pixelsOf(
    sharp(source.bytes, DECODING).resize(THUMB_SIDE, THUMB_SIDE, { fit: 'inside' }),
  )
  const thumbhash = await thumbhashOf(sharp, still)
  const { width, height } = full
  return { width, height, isAnimated: true, thumbhash, renditions: [full, ...small] }
}

async function encodeFilm(
  sharp: Sharp,
  { bytes, width, height }: Source,
  wanted: { readonly name: string; readonly width: number },
): Promise<Rendition> {
  const film = await sharp(bytes, { ...DECODING, animated: true })
    .timeout({ seconds: TIMEOUT_S })
    .resize({ width: wanted.width })
    .webp(WEBP)
    .toBuffer()
  const scaled = Math.max(1, Math.round((height * wanted.width) / width))
  return { ...wanted, type: 'image/webp', height: scaled, bytes: film }
}

async function thumbhashOf(sharp: Sharp, { data, raw }: Pixels): Promise<string> {
  const small = sharp(data, { raw }).resize(THUMB_SIDE, THUMB_SIDE, {
    fit: 'inside',
    withoutEnlargement: true,
  })
  const pixels = await pixelsOf(small.toColourspace('srgb').ensureAlpha())
  const hash = rgbaToThumbHash(pixels.raw.width, pixels.raw.height, pixels.data)
  return Buffer.from(hash).toString('base64')
}

function refusalOf(error: unknown): unknown {
  if (!(error instanceof Error) || 'code' in error) return error
  if (/timeout/i.test(error.message)) return mediaErrors.QL_MEDIA_TOO_SLOW({ cause: error })
  if (/pixel limit/i.test(error.message)) {
    const values = { max: MAX_PIXELS / 1_000_000 }
    return mediaErrors.QL_MEDIA_TOO_MANY_PIXELS({ values, cause: error })
  }
  return mediaErrors.QL_MEDIA_BROKEN({ cause: error })
}
