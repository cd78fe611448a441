import type { Chance } from './chance.ts'
import type { Point } from './sketch.ts'
import { spruce } from './spruce.ts'

/** A line of hills from the left edge to the right one. */
export interface Ridge {
  /** Pixels of the picture: the lowest a hill goes, and how far above that it may rise. */
  readonly base: number
  readonly rise: number
  /** Width of one hill. */
  readonly span: number
}

const STEP = 8
/** Land goes on beyond the edges, so that what trembles in the water does not show an end. */
const BEYOND = 40

export function heightOf({ base, rise, span }: Ridge, chance: Chance): (x: number) => number {
  return (x) => base - rise * (0.5 + 0.5 * chance.wave(x / span + base * 0.37))
}

/** The outline of the hills, closed along `floor`. */
export function hills(height: (x: number) => number, width: number, floor: number): Point[] {
  const points: Point[] = [{ x: -BEYOND, y: floor }]
  for (let x = -BEYOND; x <= width + BEYOND; x += STEP) points.push({ x, y: height(x) })
  points.push({ x: width + BEYOND, y: floor })
  return points
}

/** Trees along the hills. */
export interface Grove {
  readonly low: number
  readonly tall: number
  /** Pixels between two trees where they stand thick. */
  readonly gap: number
  /** 0: only a few thickets, 1: a wood without clearings. */
  readonly cover: number
}

/** Outlines of spruces that stand on the hills, in thickets and alone, where these are above `floor`. */
export function grove(
  height: (x: number) => number,
  width: number,
  floor: number,
  { low, tall, gap, cover }: Grove,
  chance: Chance,
): Point[][] {
  const trees: Point[][] = []
  for (let x = -gap; x < width + gap; x += gap * (0.2 + 1.7 * chance.next() ** 2)) {
    const thick = chance.wave(x / (gap * 8) + 300)
    if (height(x) > floor) continue
    if (thick < 0.8 - 1.6 * cover && chance.next() > 0.05) continue
    // In a thicket trees help one another up; a giant comes now and then.
    const giant = chance.next() > 0.9 ? 1.4 : 1
    const share = 0.1 + 0.6 * chance.next() ** 1.3 + 0.3 * Math.max(0, thick)
    const size = (low + (tall - low) * share) * giant
    trees.push(spruce({ x, y: height(x) + size * 0.06 }, size, chance))
  }
  return trees
}
