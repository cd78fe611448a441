import { type Chance, chanceOf } from './chance.ts'
import { type Colour, mix } from './colour.ts'
import { area, ellipse, group, type Point, px, type Sketch } from './sketch.ts'
import { paintStars, paintVignette } from './sky.ts'

/** A town at night: seen over the water, or through a wet window. */
export interface CityRecipe {
  readonly scene: 'city'
  readonly seed: string
  readonly view: 'quay' | 'rain'
}

const WARM = ['#ffd08a', '#ffb45e', '#ffe2b0', '#ff9d6b'] as const
const COLD = ['#a9c8ff', '#d5e4ff', '#8fb2ff'] as const
const SKY = ['#0a0d20', '#15183a', '#2d2750', '#54395f'] as const

export function drawCity({ seed, view }: CityRecipe, sketch: Sketch): void {
  const chance = chanceOf(seed)
  const water = Math.round(sketch.height * 0.7)
  const edge = view === 'quay' ? water : sketch.height
  const stops = SKY.map((colour, i) => ({ at: [0, 0.4, 0.78, 1][i] ?? 1, colour }))
  sketch.add(sketch.sheet(sketch.downward(stops, 0, edge)))
  const haze = sketch.round(
    { x: sketch.width * 0.58, y: water },
    sketch.width * 0.6,
    [
      { at: 0, colour: '#c9795f', opacity: 0.5 },
      { at: 1, colour: '#c9795f', opacity: 0 },
    ],
    0.36,
  )
  sketch.add(sketch.sheet(haze, 0, edge))
  if (view === 'rain') {
    paintBokeh(sketch, 150, chance)
    paintDrops(sketch, chance)
  } else {
    paintStars(sketch, water * 0.7, 90, chance)
    for (const nearness of [0.15, 0.5, 1]) paintBlocks(sketch, water, nearness, chance)
    paintQuay(sketch, water, chance)
  }
  paintVignette(sketch, 0.34)
}

/** A row of apartment houses, nearly all of whose windows sleep. */
function paintBlocks(sketch: Sketch, water: number, nearness: number, chance: Chance): void {
  const wall = mix('#3b3054', '#090b18', nearness ** 0.7)
  const step = 9 + 7 * nearness
  const lights: string[] = []
  for (let x = chance.between(-120, -20); x < sketch.width + 40;) {
    const floors = Math.round(chance.between(5, 12) * (1.5 - 0.55 * nearness))
    const columns = Math.round(chance.between(7, 19))
    const wide = columns * step + step
    const top = water - (floors + 0.8) * step * 1.25
    sketch.add(slab(x, top, wide, water - top, wall))
    if (chance.next() > 0.6) sketch.add(slab(x + wide * 0.3, top - step, wide * 0.14, step, wall))
    for (let floor = 0; floor < floors; floor++) {
      for (let column = 0; column < columns; column++) {
        const at = { x: x + step * (column + 0.72), y: top + step * (0.8 + floor * 1.25) }
        paintWindow(sketch, at, step * 0.44, { wall, lights }, chance)
      }
    }
    x += wide + chance.between(-30, 46 * nearness)
  }
  sketch.add(group(lights.join(''), { filter: sketch.blur([6, 6], 0, water) }))
}

function paintWindow(
  sketch: Sketch,
  { x, y }: Point,
  size: number,
  house: { readonly wall: Colour; readonly lights: string[] },
  chance: Chance,
): void {
  const isLit = chance.next() < 0.075
  const colour = isLit ? lamp(chance) : mix(house.wall, '#8580ab', 0.13)
  sketch.add(slab(x, y, size, size * 1.3, colour, isLit ? chance.between(0.6, 1) : 0.6))
  if (!isLit) return
  const centre = { x: x + size / 2, y: y + size / 2 }
  house.lights.push(ellipse(centre, size * 2, size * 2, colour, 0.34))
}

function slab(
  x: number,
  y: number,
  wide: number,
  tall: number,
  paint: string,
  opacity = 1,
): string {
  const see = opacity === 1 ? '' : ` fill-opacity="${opacity.toFixed(2)}"`
  return `<rect x="${px(x)}" y="${px(y)}" width="${px(wide)}" height="${px(tall)}" fill="${paint}"${see}/>`
}

/** Street lamps along the water that burn for nobody, and their long reflections. */
function paintQuay(sketch: Sketch, water: number, chance: Chance): void {
  const { width, height } = sketch
  const deep = [
    { at: 0, colour: '#2a2340' },
    { at: 0.4, colour: '#161630' },
    { at: 1, colour: '#080a17' },
  ]
  sketch.add(sketch.sheet(sketch.downward(deep, water, height), water))
  sketch.add(slab(0, water - 5, width, 8, '#07080f'))
  let light = ''
  let paths = ''
  for (let x = 40; x < width; x += chance.between(58, 132)) {
    const colour = lamp(chance)
    const y = water - chance.between(30, 42)
    sketch.add(`<path d="M${px(x)} ${water}V${px(y)}" stroke="#05060c" stroke-width="2.2"/>`)
    light += ellipse({ x, y }, 15, 15, colour, 0.6) + ellipse({ x, y }, 4, 4, '#fff6e2')
    for (let n = 0; n < 26; n++) {
      const depth = chance.next() ** 1.25
      const at = { x: x + chance.between(-1, 1) * (3 + 15 * depth), y: water + 6 + depth * 215 }
      paths += ellipse(
        at,
        chance.between(5, 19) * (0.5 + depth),
        1.1 + 1.6 * depth,
        colour,
        0.8 * (1 - depth) + 0.06,
      )
    }
  }
  sketch.add(group(light, { filter: sketch.blur([5, 5], water - 90, water + 20) }))
  sketch.add(group(paths, { filter: sketch.blur([3, 1.2], water, water + 250) }))
}

/** Lights out of focus: discs with a bright rim. */
function paintBokeh(sketch: Sketch, count: number, chance: Chance): void {
  const { width, height } = sketch
  const street = [
    { at: 0, colour: '#1d1a36', opacity: 0 },
    { at: 0.6, colour: '#17152c', opacity: 0.85 },
    { at: 1, colour: '#0a0b18' },
  ]
  sketch.add(sketch.sheet(sketch.downward(street, height * 0.5, height), height * 0.5))
  let far = ''
  let near = ''
  for (let n = 0; n < count; n++) {
    const x = chance.next() * width
    const y =
      height * (0.56 + 0.1 * chance.wave(x / 300) + 0.2 * (chance.next() + chance.next() - 1))
    const radius = 10 + 44 * chance.next() ** 1.6
    const colour = lamp(chance)
    const bright = chance.between(0.16, 0.46)
    const disc =
      ellipse({ x, y }, radius, radius, colour, bright) +
      `<circle cx="${px(x)}" cy="${px(y)}" r="${px(radius - 1)}" fill="none" stroke="${mix(colour, '#ffffff', 0.35)}" stroke-width="1.8" stroke-opacity="${(bright * 0.85).toFixed(2)}"/>`
    if (n % 3 === 0)
      far += ellipse({ x, y: y + 0.28 * height }, radius * 0.7, radius * 2.6, colour, bright * 0.3)
    near += disc
  }
  sketch.add(
    group(far, { filter: sketch.blur([14, 26]) }),
    group(near, { filter: sketch.blur([0.8, 0.8]) }),
  )
}

/** Drops on the glass: each a small lens with the light at its foot. */
function paintDrops(sketch: Sketch, chance: Chance): void {
  for (let n = 0; n < 330; n++) {
    const at = { x: chance.next() * sketch.width, y: chance.next() * sketch.height }
    const size = 2 + 13 * chance.next() ** 3.4
    const colour = lamp(chance)
    sketch.add(ellipse(at, size, size * 1.16, '#05060f', 0.4))
    sketch.add(ellipse({ x: at.x, y: at.y + size * 0.34 }, size * 0.72, size * 0.6, colour, 0.45))
    sketch.add(
      ellipse(
        { x: at.x - size * 0.3, y: at.y - size * 0.45 },
        size * 0.22,
        size * 0.22,
        '#ffffff',
        0.8,
      ),
    )
    if (size > 9) sketch.add(trail(at, size, chance))
  }
}

function trail(from: Point, size: number, chance: Chance): string {
  const points = Array.from({ length: 9 }, (_, i) => ({
    x: from.x + 4 * chance.wave(i / 3 + from.x),
    y: from.y - i * size * 1.7,
  }))
  const back = points.map(({ x, y }) => ({ x: x + size * 0.7, y })).toReversed()
  return area([...points, ...back], '#cfd8ff', 0.09)
}

function lamp(chance: Chance): Colour {
  const lamps = chance.next() < 0.76 ? WARM : COLD
  return lamps[Math.floor(chance.next() * lamps.length)] ?? WARM[0]
}
