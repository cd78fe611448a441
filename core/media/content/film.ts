/** What can be told of a film without playing it. */
export interface FilmFacts {
  /** In pixels, upright. */
  readonly width: number
  readonly height: number
  /** Absent where the file does not say. */
  readonly durationMs?: number
}

const MAX_SIDE = 16_384
const DAY_MS = 86_400_000

/** Whether a picture may have this size. */
export function isSize(width: number, height: number): boolean {
  return width >= 1 && height >= 1 && Math.max(width, height) <= MAX_SIDE
}

/** Nothing where the number is none that a film lasts. */
export function lasting(durationMs: number): Pick<FilmFacts, 'durationMs'> {
  return durationMs > 0 && durationMs < DAY_MS ? { durationMs } : {}
}
