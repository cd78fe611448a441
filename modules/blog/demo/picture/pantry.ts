import { type Chance, chanceOf } from './chance.ts'
import { type Colour, mix } from './colour.ts'
import { ellipse, group, px, type Sketch } from './sketch.ts'
import { paintVignette } from './sky.ts'

/** Shelves with preserves, and between the jars a small computer at work. */
export interface PantryRecipe {
  readonly scene: 'pantry'
  readonly seed: string
}

const PRESERVES: readonly Colour[] = [
  '#7d1f2c',
  '#a63a2a',
  '#c0792b',
  '#5a2448',
  '#39491f',
  '#8f2f3f',
  '#b8932f',
]
const WOOD = '#3a2a22'
const DARK = '#0f0c10'

export function drawPantry({ seed }: PantryRecipe, sketch: Sketch): void {
  const { width, height } = sketch
  const chance = chanceOf(seed)
  const wall = [
    { at: 0, colour: '#1c1618' },
    { at: 1, colour: '#120e11' },
  ]
  sketch.add(sketch.sheet(sketch.downward(wall)))
  for (let x = 0; x < width; x += 92) {
    sketch.add(
      `<rect x="${x}" y="0" width="2" height="${height}" fill="#000000" fill-opacity="0.35"/>`,
    )
  }
  const lamp = { x: width * 0.47, y: height * 0.52 }
  const glow = sketch.round(lamp, width * 0.52, [
    { at: 0, colour: '#7fd6b4', opacity: 0.42 },
    { at: 0.4, colour: '#4a8f8e', opacity: 0.22 },
    { at: 1, colour: '#3a7f88', opacity: 0 },
  ])
  sketch.add(sketch.sheet(glow))
  paintCable(sketch)
  const shelves = [0.3, 0.63, 0.96]
  for (const [index, level] of shelves.entries()) {
    paintRow(sketch, height * level, index === 1 ? [0.34, 0.61] : [2, 2], chance)
    paintShelf(sketch, height * level)
  }
  paintComputer(sketch, height * 0.63)
  paintVignette(sketch, 0.42)
}

/** Jars along a shelf, with a gap where something else stands. */
function paintRow(
  sketch: Sketch,
  level: number,
  [from, to]: readonly number[],
  chance: Chance,
): void {
  for (let x = 26; x < sketch.width - 60;) {
    const wide = chance.between(74, 128)
    const share = (x + wide / 2) / sketch.width
    const isFree = share < (from ?? 2) || share > (to ?? 2)
    if (isFree && chance.next() > 0.1) paintJar(sketch, x, level, wide, chance)
    x += wide + chance.between(6, 26)
  }
}

function paintJar(sketch: Sketch, x: number, level: number, wide: number, chance: Chance): void {
  const tall = Math.min(wide * chance.between(1.15, 1.75), 206)
  const top = level - tall
  // What stands nearer to the lights of the computer is seen better.
  const nearness = Math.max(
    0,
    1 -
      Math.hypot(x + wide / 2 - sketch.width * 0.47, level - sketch.height * 0.56) /
        (sketch.width * 0.56),
  )
  const lit = 0.3 + 0.7 * nearness
  const content = PRESERVES[Math.floor(chance.next() * PRESERVES.length)] ?? WOOD
  const stops = [
    { at: 0, colour: mix(DARK, mix(content, '#ffffff', 0.22), lit) },
    { at: 1, colour: mix(DARK, content, lit * 0.75) },
  ]
  const body = sketch.downward(stops, top, level)
  const rx = px(wide * 0.16)
  sketch.add(
    `<rect x="${px(x)}" y="${px(top + 16)}" width="${px(wide)}" height="${px(tall - 16)}" rx="${rx}" fill="${body}"/>`,
  )
  const glass = `<rect x="${px(x)}" y="${px(top + 16)}" width="${px(wide)}" height="${px(tall - 16)}" rx="${rx}" fill="none" stroke="#cfe6e0" stroke-opacity="${(0.3 * lit).toFixed(2)}" stroke-width="1.6"/>`
  const isLeft = x < sketch.width * 0.47
  const shine = isLeft ? x + wide * 0.8 : x + wide * 0.14
  const gleam = `<rect x="${px(shine)}" y="${px(top + 28)}" width="${px(wide * 0.06)}" height="${px(tall * 0.6)}" rx="3" fill="#dff7ec" fill-opacity="${(0.5 * lit).toFixed(2)}"/>`
  const lid = mix(DARK, chance.next() > 0.5 ? '#b9b2a6' : '#c9a35b', lit * 0.8)
  const cap = `<rect x="${px(x + wide * 0.06)}" y="${px(top)}" width="${px(wide * 0.88)}" height="20" rx="4" fill="${lid}"/>`
  const label = chance.next() > 0.45 ? paperLabel(x, top + tall * 0.44, wide, lit) : ''
  sketch.add(glass, gleam, cap, label)
}

function paperLabel(x: number, y: number, wide: number, lit: number): string {
  const paper = mix(DARK, '#e9e0cc', lit * 0.85)
  const ink = mix(DARK, '#5b5568', lit)
  const lines = [0.3, 0.56].map(
    (at) =>
      `<rect x="${px(x + wide * 0.3)}" y="${px(y + 34 * at)}" width="${px(wide * (0.42 - at * 0.2))}" height="2.4" fill="${ink}"/>`,
  )
  return `<rect x="${px(x + wide * 0.2)}" y="${px(y)}" width="${px(wide * 0.6)}" height="34" rx="2" fill="${paper}"/>${lines.join('')}`
}

function paintShelf(sketch: Sketch, level: number): void {
  const board = sketch.downward(
    [
      { at: 0, colour: mix(WOOD, '#8a6a50', 0.35) },
      { at: 0.2, colour: WOOD },
      { at: 1, colour: '#1d1512' },
    ],
    level,
    level + 26,
  )
  const shade = sketch.downward(
    [
      { at: 0, colour: '#000000', opacity: 0.6 },
      { at: 1, colour: '#000000', opacity: 0 },
    ],
    level + 26,
    level + 84,
  )
  sketch.add(sketch.sheet(board, level, level + 26), sketch.sheet(shade, level + 26, level + 84))
}

function paintComputer(sketch: Sketch, level: number): void {
  const x = sketch.width * 0.385
  const [wide, tall] = [sketch.width * 0.17, 104]
  const top = level - tall
  const metal = sketch.downward(
    [
      { at: 0, colour: '#3c4450' },
      { at: 0.12, colour: '#262c36' },
      { at: 1, colour: '#12161d' },
    ],
    top,
    level,
  )
  sketch.add(
    `<rect x="${px(x)}" y="${px(top)}" width="${px(wide)}" height="${tall}" rx="12" fill="${metal}"/>`,
  )
  for (let slot = 0; slot < 11; slot++) {
    sketch.add(
      `<rect x="${px(x + wide * 0.46 + slot * 12)}" y="${px(top + 22)}" width="4" height="48" rx="2" fill="#0a0d12"/>`,
    )
  }
  const lights: readonly [number, Colour][] = [
    [0, '#7dffb8'],
    [1, '#7dffb8'],
    [2, '#ffc46b'],
    [3, '#8fc7ff'],
  ]
  let halo = ''
  for (const [place, colour] of lights) {
    const at = { x: x + 34 + place * 24, y: top + 34 }
    halo += ellipse(at, 20, 20, colour, 0.8)
    sketch.add(ellipse(at, 4.4, 4.4, mix(colour, '#ffffff', 0.45)))
  }
  sketch.add(group(halo, { filter: sketch.blur([15, 15], top - 60, level + 40) }))
  sketch.add(
    `<rect x="${px(x + 30)}" y="${px(top + 58)}" width="82" height="3" rx="1.5" fill="#7dffb8" opacity="0.5"/>`,
  )
}

function paintCable(sketch: Sketch): void {
  const x = sketch.width * 0.55
  const y = sketch.height * 0.57
  const way = `M${px(x)} ${px(y)}c70 -90 -50 -190 10 -330s-30 -220 0 -320`
  sketch.add(`<path d="${way}" fill="none" stroke="#050507" stroke-width="7"/>`)
  sketch.add(
    `<path d="${way}" fill="none" stroke="#3c4a4c" stroke-opacity="0.5" stroke-width="2"/>`,
  )
}
