import type { Chance } from './chance.ts'
import { type Colour, mix } from './colour.ts'
import type { Mood } from './mood.ts'
import type { Placing } from './shore.ts'
import { ellipse, group, type Sketch } from './sketch.ts'
import { centreOf, type Disc } from './sky.ts'

/** Upside down below the waterline, and the farther down the more it sways. */
export function trembling(water: number, chance: Chance): Placing {
  return ({ x, y }) => {
    const depth = water - y
    const sway = 1.2 + 0.055 * Math.max(0, depth)
    return { x: x + sway * chance.wave(depth / 9 + x / 900), y: water + depth * 0.94 }
  }
}

/** The sky upside down and darker; in it, what `reflect` draws, paler with the depth. */
export function paintWater(
  sketch: Sketch,
  mood: Mood,
  water: number,
  disc: Disc,
  reflect: () => void,
): void {
  const [, upper, lower, edge] = mood.sky
  const deep = mood.isNight ? 0.5 : 0.2
  const near = mix(edge, mood.fog, 0.5)
  const middle = mix(lower, mood.near, deep * 0.35)
  const bottom = mix(upper, mood.near, deep)
  const stops = [
    { at: 0, colour: near },
    { at: 0.3, colour: middle },
    { at: 1, colour: bottom },
  ]
  sketch.add(sketch.sheet(sketch.downward(stops, water, sketch.height), water))
  paintDiscInWater(sketch, mood, water, disc)
  reflect()
  const veil = [
    { at: 0, colour: near, opacity: 0.08 },
    { at: 0.3, colour: middle, opacity: 0.26 },
    { at: 0.8, colour: bottom, opacity: 0.55 },
    { at: 1, colour: bottom, opacity: 0.7 },
  ]
  sketch.add(sketch.sheet(sketch.downward(veil, water, sketch.height), water))
  // The far edge of the water gathers the light of the whole sky.
  const rim = [
    { at: 0, colour: mix(mood.fog, mood.disc, 0.35), opacity: 0.75 },
    { at: 0.2, colour: mood.fog, opacity: 0.42 },
    { at: 1, colour: mood.fog, opacity: 0 },
  ]
  sketch.add(sketch.sheet(sketch.downward(rim, water, water + 80), water, water + 80))
}

function paintDiscInWater(sketch: Sketch, mood: Mood, water: number, disc: Disc): void {
  const { x, y } = centreOf(sketch, disc)
  const at = { x, y: 2 * water - y }
  const radius = sketch.width * 0.32
  const glow = sketch.round(at, radius, [
    { at: 0, colour: mood.glow, opacity: 0.6 },
    { at: 1, colour: mood.glow, opacity: 0 },
  ])
  sketch.add(sketch.sheet(glow, water))
  if (disc.radius > 0) sketch.add(ellipse(at, disc.radius, disc.radius * 0.96, mood.disc, 0.6))
}

/** Breaths of wind: thin bright lines, closer together in the distance. */
export function paintStreaks(sketch: Sketch, mood: Mood, water: number, chance: Chance): void {
  const colour = mix(mood.fog, mood.disc, 0.4)
  let lines = ''
  for (let n = 0; n < 46; n++) {
    const depth = chance.next() ** 2.2
    const x = chance.between(-0.05, 1.05) * sketch.width
    const at = { x, y: water + 3 + depth * (sketch.height - water) }
    const opacity = chance.between(0.06, 0.3)
    lines += ellipse(at, chance.between(60, 330), 0.7 + depth * 1.6, colour, opacity)
  }
  sketch.add(group(lines, { filter: sketch.blur([12, 0.5], water) }))
}

/** A light over the water: where it stands as a share of the width, and how broad its path is. */
export interface LightPath {
  readonly x: number
  readonly colour: Colour
  readonly width: number
}

/** The path of a light to the reader: flakes of it on the crests. */
export function paintGlitter(
  sketch: Sketch,
  water: number,
  { x, colour, width }: LightPath,
  chance: Chance,
): void {
  let soft = ''
  let sharp = ''
  for (let n = 0; n < 170; n++) {
    const depth = chance.next() ** (0.8 / width)
    const spread = width * (16 + 84 * depth)
    const offset = (chance.next() + chance.next() + chance.next() - 1.5) * spread
    const at = { x: x * sketch.width + offset, y: water + 8 + depth * (sketch.height - water) }
    const reach = width * (4 + chance.between(3, 24) * (0.25 + depth))
    const flake = ellipse(at, reach, 0.7 + 1.5 * depth, colour, width * chance.between(0.25, 0.9))
    if (n % 3 === 0) soft += flake
    else sharp += flake
  }
  sketch.add(group(soft, { filter: sketch.blur([7, 2.4], water) }))
  sketch.add(group(sharp, { filter: sketch.blur([1.4, 0.5], water) }))
}
