import { readFile } from 'node:fs/promises'
import { contentOf, requireVoice } from '../content/content.ts'
import type { Crop } from '../rendering/crop.ts'
import { PLANS, type Purpose } from '../rendering/purpose.ts'
import { pictureDecoder } from '../content/picture-type.ts'
import type { PictureRenderer } from '../rendering/picture-renderer.ts'
import type { RenditionFile } from '../rendering/rendition-file.ts'
import type { StagedFile } from '../storage/staging.ts'
import type { MediaKind } from '../tables.ts'
import type { Voice } from '../content/voice.ts'

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
  readonly renditions: readonly RenditionFile[]
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
  upload: StagedFile,
  { purpose, crop, voice }: Order,
): Promise<Made> {
  if (purpose === 'voice') return makeVoice(upload, voice)
  if (purpose !== 'attachment') return makePicture(renderer, upload, purpose, crop)
  if (await pictureDecoder(upload.head)) return makePicture(renderer, upload, 'picture')
  const content = contentOf(await readFile(upload.path))
  if (content.kind !== 'video') return { ...asItCame(upload, FILE_TYPE), kind: 'file' }
  const { width, height, type, durationMs = null } = content
  return { ...asItCame(upload, type), kind: 'video', width, height, durationMs }
}

/** Also of sound that is no voice recording: a piece of music is a file. */
const FILE_TYPE = 'application/octet-stream'

async function makeVoice(upload: StagedFile, voice: Voice | undefined): Promise<Made> {
  const { type } = requireVoice(await readFile(upload.path))
  const { durationMs = null, waveform = null } = voice ?? {}
  return { ...asItCame(upload, type), kind: 'voice', durationMs, waveform }
}

async function makePicture(
  renderer: PictureRenderer,
  { path }: StagedFile,
  purpose: keyof typeof PLANS,
  crop?: Crop,
): Promise<Made> {
  const rendered = await renderer.render(path, PLANS[purpose], crop)
  return { ...rendered, kind: 'picture', durationMs: null, waveform: null, isAnew: true }
}

function asItCame({ path, bytes }: StagedFile, type: string): Omit<Made, 'kind'> {
  const renditions = [{ name: 'full', type, width: 0, height: 0, path, bytes }]
  return { ...NOTHING_SEEN, durationMs: null, waveform: null, renditions }
}
