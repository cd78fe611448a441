import type { Chance } from './chance.ts'
import { mix } from './colour.ts'
import type { Mood } from './mood.ts'
import { area, ellipse, group, type Point, px, type Sketch } from './sketch.ts'

const COACH = 96
const COACHES = 8

/** A night train along the shore: dark coaches, warm windows. */
export function paintTrain(sketch: Sketch, water: number, chance: Chance): void {
  const top = water - 27
  const start = sketch.width * 0.2
  sketch.add(`<rect x="0" y="${water - 7}" width="${sketch.width}" height="10" fill="#070b17"/>`)
  for (let coach = 0; coach <= COACHES; coach++) {
    const x = start + coach * (COACH + 4)
    const wide = coach === COACHES ? 74 : COACH
    sketch.add(`<rect x="${px(x)}" y="${top}" width="${wide}" height="21" rx="3" fill="#0a0e1c"/>`)
  }
  const light = litWindows(sketch, chance)
    .map(({ x, colour, opacity }) => {
      const at = `x="${px(x)}" y="${top + 5}" width="6.4" height="7"`
      return `<rect ${at} fill="${colour}" fill-opacity="${opacity.toFixed(2)}"/>`
    })
    .join('')
  const lamp = { x: start + COACHES * (COACH + 4) + 74, y: water - 14 }
  const front = { x: lamp.x + 40, y: lamp.y + 2 }
  const beam = sketch.round(
    front,
    190,
    [
      { at: 0, colour: '#ffe6ad', opacity: 0.5 },
      { at: 1, colour: '#ffe6ad', opacity: 0 },
    ],
    0.16,
  )
  sketch.add(group(light, { filter: sketch.blur([3.4, 3.4], water - 50, water + 10) }), light)
  sketch.add(ellipse(front, 190, 31, beam), ellipse(lamp, 3.4, 3.4, '#fff3cf'))
}

/** The windows once more, drawn out by the water. */
export function paintTrainInWater(sketch: Sketch, water: number, chance: Chance): void {
  const light = litWindows(sketch, chance)
    .map(({ x, colour, opacity }) => {
      const long = 16 + 30 * opacity
      return ellipse({ x: x + 3, y: water + 16 + long / 2 }, 2.2, long, colour, opacity * 0.6)
    })
    .join('')
  sketch.add(group(light, { filter: sketch.blur([1.6, 5], water, water + 130) }))
}

interface LitWindow {
  readonly x: number
  readonly colour: string
  readonly opacity: number
}

function litWindows(sketch: Sketch, chance: Chance): LitWindow[] {
  const windows: LitWindow[] = []
  for (let coach = 0; coach < COACHES; coach++) {
    for (let window = 0; window < 9; window++) {
      if (chance.next() < 0.3) continue
      const x = sketch.width * 0.2 + coach * (COACH + 4) + 5 + window * 10
      const colour = chance.next() > 0.75 ? '#ffe9b8' : '#ffc76b'
      windows.push({ x, colour, opacity: chance.between(0.6, 1) })
    }
  }
  return windows
}

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
  beams(sketch, lamp, water)
  sketch.add(area(cape, mix(mood.near, '#000000', 0.25)))
  const wall = sketch.downward(
    [
      { at: 0, colour: '#cfd3dd' },
      { at: 1, colour: '#4c5674' },
    ],
    top,
    foot,
  )
  const at = (y: number): number => 13 + (9 * (y - top)) / (foot - top)
  const tower = (from: number, to: number, paint: string): string =>
    area(
      [
        { x: x - at(from), y: from },
        { x: x + at(from), y: from },
        { x: x + at(to), y: to },
        { x: x - at(to), y: to },
      ],
      paint,
    )
  sketch.add(tower(top, foot + 4, wall))
  sketch.add(
    group(tower(top + 34, top + 74, '#9c3f3a') + tower(top + 114, top + 150, '#7c3234'), {
      opacity: 0.92,
    }),
  )
  // The side away from the moon.
  sketch.add(
    area(
      [
        { x: x - 13, y: top },
        { x: x - 3, y: top },
        { x: x - 6, y: foot },
        { x: x - 22, y: foot },
      ],
      '#0b1022',
      0.34,
    ),
  )
  sketch.add(`<rect x="${x - 19}" y="${top - 3}" width="38" height="6" rx="2" fill="#141a2c"/>`)
  sketch.add(`<rect x="${x - 11}" y="${top - 24}" width="22" height="22" fill="#ffefc2"/>`)
  sketch.add(
    area(
      [
        { x: x - 15, y: top - 24 },
        { x, y: top - 41 },
        { x: x + 15, y: top - 24 },
      ],
      '#5d2426',
    ),
  )
  const halo = sketch.round(lamp, 150, [
    { at: 0, colour: '#fff3cc', opacity: 0.95 },
    { at: 0.16, colour: '#ffe3a1', opacity: 0.5 },
    { at: 1, colour: '#ffe3a1', opacity: 0 },
  ])
  sketch.add(ellipse(lamp, 150, 150, halo))
}

function beams(sketch: Sketch, lamp: Point, water: number): void {
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
