/**
 * A square of an upright picture. `x` and `y` are its left upper corner as parts of the width and
 * of the height, `size` its side as a part of the shorter side; each from 0 to 1.
 */
export interface Crop {
  readonly x: number
  readonly y: number
  readonly size: number
}

interface Size {
  readonly width: number
  readonly height: number
}

export interface Square {
  readonly left: number
  readonly top: number
  readonly side: number
}

/** In whole pixels and wholly inside the picture; the middle when nobody has chosen. */
export function squareIn({ width, height }: Size, crop?: Crop): Square {
  const shorter = Math.min(width, height)
  const side = Math.min(shorter, Math.max(1, Math.round(shorter * (crop?.size ?? 1))))
  const left = crop ? Math.round(crop.x * width) : Math.floor((width - side) / 2)
  const top = crop ? Math.round(crop.y * height) : Math.floor((height - side) / 2)
  return { left: within(left, width - side), top: within(top, height - side), side }
}

function within(value: number, max: number): number {
  return Math.min(Math.max(0, value), max)
}
