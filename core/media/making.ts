import { contentOf, requireVoice } from './content.ts'
import type { Crop, Purpose } from './purpose.ts'
import { PLANS } from './purpose.ts'
import type { PictureRenderer } from './picture-renderer.ts'
import type { Rendition } from './renditions.ts'
import type { MediaKind } from './tables.ts'
import type { Voice } from './voice.ts'

/** What is made of an upload before it is stored. */
export interface Made {
  readonly kind: MediaKind
  /** 0 where there is nothing to see. */
  readonly width: number
  readonly height: number
  readonly durationMs: number | null
  readonly waveform: readonly number[] | null
  /** Base64 of a thumbhash. */
  readonly thumbhash: string | null
  readonly isAnimated: boolean
  /** False: the one rendition is the upload itself. */
  readonly isAnew: boolean
  readonly renditions: readonly Rendition[]
}

interface Order {
  readonly purpose: Purpose
  readonly crop?: Crop | undefined
  readonly voice?: Voice | undefined
}

const NOTHING_SEEN = { width: 0, height: 0, thumbhash: null, isAnimated: false, isAnew: false }

/**
 * Pictures are made anew; everything else is kept as it came.
 *
 * @throws the codes of `PictureRenderer.render`; QL_MEDIA_NOT_VOICE.
 */
export async function make(
  renderer: PictureRenderer,
  bytes: Uint8Array,
  { purpose, crop, voice }: Order,
): Promise<Made> {
  if (purpose === 'voice') return makeVoice(bytes, voice)
  if (purpose !== 'attachment') return makePicture(renderer, bytes, purpose, crop)
  const content = await contentOf(bytes)
  if (content.kind === 'picture') return makePicture(renderer, bytes, 'picture')
  if (content.kind !== 'video') return { ...asItCame(bytes, FILE_TYPE), kind: 'file' }
  const { width, height, type, durationMs = null } = content
  return { ...asItCame(bytes, type), kind: 'video', width, height, durationMs }
}

/** Also of sound that is no voice recording: a piece of music is a file. */
const FILE_TYPE = 'application/octet-stream'

async function makeVoice(bytes: Uint8Array, voice: Voice | undefined): Promise<Made> {
  const { type } = await requireVoice(bytes)
  const { durationMs = null, waveform = null } = voice ?? {}
  return { ...asItCame(bytes, type), kind: 'voice', durationMs, waveform }
}

async function makePicture(
  renderer: PictureRenderer,
  bytes: Uint8Array,
  purpose: keyof typeof PLANS,
  crop?: Crop,
): Promise<Made> {
  const rendered = await renderer.render(bytes, PLANS[purpose], crop)
  return { ...rendered, kind: 'picture', durationMs: null, waveform: null, isAnew: true }
}

function asItCame(bytes: Uint8Array, type: string): Omit<Made, 'kind'> {
  const renditions = [{ name: 'full', type, width: 0, height: 0, bytes }]
  return { ...NOTHING_SEEN, durationMs: null, waveform: null, renditions }
}
