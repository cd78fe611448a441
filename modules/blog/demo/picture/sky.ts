import type { Chance } from './chance.ts'
import { mix } from './colour.ts'
import type { Mood } from './mood.ts'
import { area, ellipse, group, type Point, type Sketch } from './sketch.ts'

/** Sun or moon; shares of the picture's width and height. */
export interface Disc {
  readonly x: number
  readonly y: number
  /** Pixels; 0 is only the glow behind clouds. */
  readonly radius: number
}

/** Fills the picture with the sky, brightest around the disc. */
export function paintSky(sketch: Sketch, mood: Mood, disc: Disc, horizon: number): void {
  const [zenith, upper, lower, edge] = mood.sky
  const stops = [
    { at: 0, colour: zenith },
    { at: 0.36, colour: upper },
    { at: 0.74, colour: lower },
    { at: 1, colour: edge },
  ]
  sketch.add(sketch.sheet(sketch.downward(stops, 0, horizon)))
  const centre = centreOf(sketch, disc)
  const wide = sketch.width * (mood.isNight ? 0.3 : 0.46)
  const glow = [
    { at: 0, colour: mood.glow, opacity: mood.isNight ? 0.72 : 0.95 },
    { at: 0.35, colour: mood.glow, opacity: mood.isNight ? 0.3 : 0.5 },
    { at: 1, colour: mood.glow, opacity: 0 },
  ]
  sketch.add(sketch.sheet(sketch.round(centre, wide, glow, 0.86)))
}

export function paintDisc(sketch: Sketch, mood: Mood, disc: Disc): void {
  if (disc.radius === 0) return
  const centre = centreOf(sketch, disc)
  const halo = sketch.round(centre, disc.radius * 3.4, [
    { at: 0.2, colour: mood.disc, opacity: 0.5 },
    { at: 1, colour: mood.disc, opacity: 0 },
  ])
  sketch.add(ellipse(centre, disc.radius * 3.4, disc.radius * 3.4, halo))
  sketch.add(ellipse(centre, disc.radius, disc.radius, mood.disc))
}

export function centreOf({ width, height }: Sketch, { x, y }: Disc): Point {
  return { x: x * width, y: y * height }
}

/** Long thin clouds, soft as breath. */
export function paintClouds(sketch: Sketch, mood: Mood, horizon: number, chance: Chance): void {
  const colour = mix(mood.sky[2], mood.disc, 0.55)
  let shapes = ''
  for (let n = 0; n < 11; n++) {
    const at = {
      x: chance.between(-0.05, 1.05) * sketch.width,
      y: chance.between(0.08, 0.8) * horizon,
    }
    const opacity = chance.between(0.08, mood.isNight ? 0.16 : 0.3)
    shapes += ellipse(at, chance.between(140, 420), chance.between(4, 15), colour, opacity)
  }
  sketch.add(group(shapes, { filter: sketch.blur([34, 7], 0, horizon) }))
}

export function paintStars(sketch: Sketch, horizon: number, count: number, chance: Chance): void {
  for (let n = 0; n < count; n++) {
    const high = chance.next() ** 1.6
    const at = { x: chance.next() * sketch.width, y: high * horizon * 0.92 }
    const size = 0.5 + 1.15 * chance.next() ** 5
    sketch.add(ellipse(at, size, size, '#f4f1e6', chance.between(0.2, 0.9) * (1 - 0.6 * high)))
  }
}

/** Curtains of northern lights: many thin rays that hang from a wandering line. */
export function paintAurora(sketch: Sketch, horizon: number, chance: Chance): void {
  const bands = [
    { foot: 0.78, tall: 0.62, colour: '#5fe3a1', crown: '#3fb7b0' },
    { foot: 0.6, tall: 0.52, colour: '#7af0b4', crown: '#7c6cc9' },
  ]
  for (const [index, { foot, tall, colour, crown }] of bands.entries()) {
    let rays = ''
    for (let x = -40; x < sketch.width + 40; x += 5) {
      const bend = chance.wave(x / 520 + index * 50)
      const bright =
        Math.max(0, 0.55 + 0.6 * chance.wave(x / 170 + index * 90)) * (0.55 + 0.45 * chance.next())
      if (bright < 0.06) continue
      const bottom = horizon * (foot + 0.14 * bend)
      const top = bottom - horizon * tall * (0.55 + 0.45 * chance.next()) * (0.7 + 0.3 * bright)
      const paint = sketch.downward(
        [
          { at: 0, colour: crown, opacity: 0 },
          { at: 0.45, colour: crown, opacity: 0.3 },
          { at: 0.82, colour, opacity: 0.75 },
          { at: 0.94, colour: '#c9ffdd', opacity: 0.7 },
          { at: 1, colour, opacity: 0 },
        ],
        top,
        bottom,
      )
      const lean = 26 * bend
      const corners = [
        { x: x + lean, y: top },
        { x: x + 9 + lean, y: top },
        { x: x + 9, y: bottom },
        { x, y: bottom },
      ]
      rays += area(corners, paint, Math.min(0.62, bright * 0.5))
    }
    sketch.add(group(rays, { filter: sketch.blur([5, 9], 0, horizon) }))
  }
}

/** Darker towards the corners, as through an old lens. */
export function paintVignette(sketch: Sketch, strength: number): void {
  const { width, height } = sketch
  const paint = sketch.round(
    { x: width / 2, y: height * 0.52 },
    width * 0.66,
    [
      { at: 0.5, colour: '#0a0d14', opacity: 0 },
      { at: 1, colour: '#0a0d14', opacity: strength },
    ],
    0.78,
  )
  sketch.add(sketch.sheet(paint))
}
