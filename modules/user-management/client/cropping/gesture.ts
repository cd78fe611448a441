import type { Crop } from './crop.ts'

interface Point {
  readonly x: number
  readonly y: number
}

/** One finger or the mouse moves the picture; two fingers move and zoom it at once. */
export class Gesture {
  readonly #crop: Crop
  readonly #fingers = new Map<number, Point>()

  constructor(crop: Crop) {
    this.#crop = crop
  }

  /** Points are counted from the middle of the stage. */
  down(id: number, at: Point): void {
    if (this.#fingers.size < 2) this.#fingers.set(id, at)
  }

  /** @returns whether something has moved. */
  move(id: number, at: Point): boolean {
    if (!this.#fingers.has(id)) return false
    const before = this.#shape()
    this.#fingers.set(id, at)
    const after = this.#shape()
    this.#crop.moveBy(after.x - before.x, after.y - before.y)
    if (before.spread > 0 && after.spread > 0) {
      this.#crop.zoomTo((this.#crop.zoom * after.spread) / before.spread, after.x, after.y)
    }
    return true
  }

  up(id: number): void {
    this.#fingers.delete(id)
  }

  /** The middle of the fingers, and how far apart they are. */
  #shape(): Point & { readonly spread: number } {
    const [first = { x: 0, y: 0 }, second] = this.#fingers.values()
    if (!second) return { ...first, spread: 0 }
    return {
      x: (first.x + second.x) / 2,
      y: (first.y + second.y) / 2,
      spread: Math.hypot(first.x - second.x, first.y - second.y),
    }
  }
}

const STEP = 1
const LARGE_STEP = 10
/** One press of + or −, one notch of a wheel. */
export const ZOOM_STEP = 1.1

/** Arrows move the circle over the picture, + and − zoom. @returns whether the key means anything. */
export function pressKey(crop: Crop, key: string, isLarge: boolean): boolean {
  const step = isLarge ? LARGE_STEP : STEP
  if (key === 'ArrowLeft') crop.moveBy(step, 0)
  else if (key === 'ArrowRight') crop.moveBy(-step, 0)
  else if (key === 'ArrowUp') crop.moveBy(0, step)
  else if (key === 'ArrowDown') crop.moveBy(0, -step)
  else if (key === '+' || key === '=') crop.zoomTo(crop.zoom * ZOOM_STEP)
  else if (key === '-' || key === '_') crop.zoomTo(crop.zoom / ZOOM_STEP)
  else return false
  return true
}
