import { mix } from './colour.ts'
import type { Mood } from './mood.ts'
import { area, ellipse, group, type Point, type Sketch } from './sketch.ts'

/** As a share of the width. */
export const LIGHTHOUSE_X = 0.27

/** A lighthouse on its cape, and what its lamp does to the dark. */
export function paintLighthouse(sketch: Sketch, mood: Mood, water: number): void {
  const x = Math.round(sketch.width * LIGHTHOUSE_X)
  const foot = water - 24
  const top = water - 196
  const lamp = { x, y: top - 13 }
  const cape = [
    { x: x - 330, y: water + 3 },
    { x: x - 190, y: water - 9 },
    { x: x - 66, y: foot },
    { x: x + 58, y: foot + 1 },
    { x: x + 150, y: water - 8 },
    { x: x + 250, y: water + 3 },
  ]
  paintBeams(sketch, lamp, water)
  sketch.add(area(cape, mix(mood.near, '#000000', 0.25)))
  paintTower(sketch, x, top, foot)
  paintLantern(sketch, x, top)
  const halo = sketch.round(lamp, 150, [
    { at: 0, colour: '#fff3cc', opacity: 0.95 },
    { at: 0.16, colour: '#ffe3a1', opacity: 0.5 },
    { at: 1, colour: '#ffe3a1', opacity: 0 },
  ])
  sketch.add(ellipse(lamp, 150, 150, halo))
}

function paintTower(sketch: Sketch, x: number, top: number, foot: number): void {
  const wall = sketch.downward(
    [
      { at: 0, colour: '#cfd3dd' },
      { at: 1, colour: '#4c5674' },
    ],
    top,
    foot,
  )
  const half = (y: number): number => 13 + (9 * (y - top)) / (foot - top)
  /** Between two heights, from the left side to `end`: −1 is the left side, 1 the right one. */
  const part = (from: number, to: number, end = 1): Point[] => [
    { x: x - half(from), y: from },
    { x: x + end * half(from), y: from },
    { x: x + end * half(to), y: to },
    { x: x - half(to), y: to },
  ]
  sketch.add(
    area(part(top, foot + 4), wall),
    area(part(top + 34, top + 74), '#9c3f3a', 0.92),
    area(part(top + 114, top + 150), '#7c3234', 0.92),
    // The side away from the moon.
    area(part(top, foot, -0.25), '#0b1022', 0.34),
  )
}

function paintLantern(sketch: Sketch, x: number, top: number): void {
  const roof = [
    { x: x - 15, y: top - 24 },
    { x, y: top - 41 },
    { x: x + 15, y: top - 24 },
  ]
  sketch.add(
    `<rect x="${x - 19}" y="${top - 3}" width="38" height="6" rx="2" fill="#141a2c"/>`,
    `<rect x="${x - 11}" y="${top - 24}" width="22" height="22" fill="#ffefc2"/>`,
    area(roof, '#5d2426'),
  )
}

function paintBeams(sketch: Sketch, lamp: Point, water: number): void {
  const far = sketch.width * 0.9
  const light = sketch.round(lamp, far, [
    { at: 0, colour: '#fff1c9', opacity: 0.62 },
    { at: 0.3, colour: '#fff1c9', opacity: 0.22 },
    { at: 1, colour: '#fff1c9', opacity: 0 },
  ])
  const right = [lamp, { x: lamp.x + far, y: lamp.y - 150 }, { x: lamp.x + far, y: lamp.y - 10 }]
  const left = [lamp, { x: lamp.x - far, y: lamp.y + 70 }, { x: lamp.x - far, y: lamp.y + 150 }]
  sketch.add(
    group(area(right, light) + area(left, light, 0.7), { filter: sketch.blur([5, 5], 0, water) }),
  )
}
