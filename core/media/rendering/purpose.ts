import type { PicturePurpose } from '../../port/media.ts'

/** What a file is uploaded for: an attachment may be anything, a voice is Opus alone. */
export type Purpose = PicturePurpose | 'attachment' | 'voice'

/** Which renditions are made of a picture. */
export interface Plan {
  /** Widths in pixels of the renditions beside the full one; wider than the picture is left out. */
  readonly widths: readonly number[]
  /** The longest side of the full rendition, in pixels. */
  readonly maxSide: number
  /** Cut to a square and made in every size, however small the picture is; never animated. */
  readonly isSquare?: true
}

export const PLANS: Readonly<Record<PicturePurpose, Plan>> = {
  picture: { widths: [480, 960, 1600], maxSide: 4096 },
  cover: { widths: [640, 1280, 1920], maxSide: 2560 },
  avatar: { widths: [96, 288], maxSide: 512, isSquare: true },
}
