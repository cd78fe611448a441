import type { Chance } from './chance.ts'
import { ellipse, group, px, type Sketch } from './sketch.ts'

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
