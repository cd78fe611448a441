import { type Chance, chanceOf } from './chance.ts'
import { type Colour, mix } from './colour.ts'
import { type Mood, MOODS, type MoodName } from './mood.ts'
import { area, ellipse, group, type Point, px, type Sketch } from './sketch.ts'
import { paintVignette } from './sky.ts'
import { paintSnowfall } from './weather.ts'

/** Trunks without tops, as one sees them on a path. */
export interface ForestRecipe {
  readonly scene: 'forest'
  readonly mood: MoodName
  readonly seed: string
  readonly has?: readonly ('snow' | 'birches')[]
}

interface Row {
  readonly nearness: number
  readonly count: number
  readonly wide: number
}

const ROWS: readonly Row[] = [
  { nearness: 0.08, count: 34, wide: 16 },
  { nearness: 0.3, count: 22, wide: 28 },
  { nearness: 0.58, count: 13, wide: 44 },
  { nearness: 1, count: 8, wide: 78 },
]

export function drawForest(recipe: ForestRecipe, sketch: Sketch): void {
  const mood: Mood = MOODS[recipe.mood]
  const { width, height } = sketch
  const chance = chanceOf(recipe.seed)
  const has = new Set(recipe.has)
  const pale = mix(mood.disc, mood.fog, 0.35)
  const air = [
    { at: 0, colour: mix(mood.sky[2], mood.disc, 0.4) },
    { at: 0.6, colour: pale },
    { at: 1, colour: mix(mood.fog, mood.far, 0.5) },
  ]
  sketch.add(sketch.sheet(sketch.downward(air)))
  const light = sketch.round({ x: width * 0.36, y: height * 0.34 }, width * 0.42, [
    { at: 0, colour: mood.disc, opacity: 0.95 },
    { at: 1, colour: mood.disc, opacity: 0 },
  ])
  sketch.add(sketch.sheet(light))
  for (const row of ROWS) {
    const dark = mix(mix(pale, mood.far, 0.75), mood.near, row.nearness ** 0.8)
    for (let n = 0; n < row.count; n++) {
      const at = (n + chance.between(-0.1, 1.1)) / row.count
      // A path goes between the nearest trunks.
      if (row.nearness === 1 && Math.abs(at - 0.4) < 0.11) continue
      paintTrunk(sketch, at * width, row, { dark, pale, isBirch: has.has('birches') }, chance)
    }
    paintGround(sketch, mood, row.nearness, chance)
    if (row.nearness < 1) paintMist(sketch, mood, row.nearness, chance)
  }
  paintUndergrowth(sketch, mood, chance)
  if (has.has('snow')) paintSnowfall(sketch, chance)
  paintVignette(sketch, 0.22)
}

interface Bark {
  readonly dark: Colour
  readonly pale: Colour
  readonly isBirch: boolean
}

function paintTrunk(sketch: Sketch, x: number, row: Row, bark: Bark, chance: Chance): void {
  const { height } = sketch
  const foot = height * (0.86 + 0.1 * row.nearness) + chance.between(-6, 22)
  const half = (row.wide * chance.between(0.55, 1.25)) / 2
  const lean = chance.between(-0.035, 0.035) * height
  const sway = chance.between(0.5, 3) * (0.4 + row.nearness)
  const edge = (side: -1 | 1): Point[] =>
    Array.from({ length: 25 }, (_, i) => {
      const t = i / 24
      const y = -10 + t * (foot + 10)
      const flare = 1 + 0.55 * Math.max(0, t - 0.72) ** 2 * 13
      const rough = sway * chance.wave(y / 130 + x)
      return { x: x + lean * (1 - t) + side * half * (0.72 + 0.28 * t) * flare + rough, y }
    })
  const isBirch = bark.isBirch && row.nearness > 0.2 && chance.next() < 0.62
  const body = isBirch ? mix('#f1efe9', bark.dark, 0.06 + 0.2 * (1 - row.nearness)) : bark.dark
  const stops = [
    { at: 0, colour: mix(body, bark.pale, 0.14) },
    { at: 0.55, colour: body },
    { at: 1, colour: mix(body, bark.pale, 0.3 * (1 - row.nearness)) },
  ]
  const right = edge(1)
  sketch.add(area([...edge(-1), ...right.toReversed()], sketch.downward(stops, 0, foot)))
  // Light comes from behind on the left, so the right flank of a trunk is in the shade.
  const flank = right.map((point) => ({ x: point.x - half * 0.8, y: point.y }))
  sketch.add(
    area(
      [...flank, ...right.toReversed()],
      mix(bark.dark, '#05080a', 0.5),
      0.22 * row.nearness + 0.04,
    ),
  )
  if (row.nearness < 0.5) return
  const axis = (y: number): number => x + lean * (1 - y / foot)
  paintBark(sketch, axis, half, isBirch, chance)
}

function paintBark(
  sketch: Sketch,
  axis: (y: number) => number,
  half: number,
  isBirch: boolean,
  chance: Chance,
): void {
  let marks = ''
  for (let n = 0; n < (isBirch ? 16 : 24); n++) {
    const y = chance.between(0, 0.84) * sketch.height
    const at = { x: axis(y) + chance.between(-0.5, 0.5) * half, y }
    marks += isBirch
      ? ellipse(
          at,
          half * chance.between(0.12, 0.5),
          chance.between(1.2, 4.6),
          '#26251f',
          chance.between(0.3, 0.75),
        )
      : ellipse(
          at,
          chance.between(0.8, 2.4),
          chance.between(14, 60),
          '#0a120e',
          chance.between(0.1, 0.3),
        )
  }
  sketch.add(marks)
}

function paintGround(sketch: Sketch, mood: Mood, nearness: number, chance: Chance): void {
  const { width, height } = sketch
  const level = height * (0.79 + 0.1 * nearness)
  const points: Point[] = [{ x: -20, y: height + 4 }]
  for (let x = -20; x <= width + 20; x += 20)
    points.push({ x, y: level + 14 * chance.wave(x / 210) })
  points.push({ x: width + 20, y: height + 4 })
  const colour = mix(mood.fog, mix(mood.near, mood.far, 0.28), 0.25 + 0.6 * nearness)
  // It begins as a breath, so that trunks sink into the grass instead of standing on a line.
  const stops = [
    { at: 0, colour: mix(colour, mood.fog, 0.5), opacity: 0 },
    { at: 0.6, colour: mix(colour, mood.fog, 0.2), opacity: 0.94 },
    { at: 1, colour: mix(colour, mood.near, 0.5) },
  ]
  sketch.add(area(points, sketch.downward(stops, level - 14, height)))
}

function paintMist(sketch: Sketch, mood: Mood, nearness: number, chance: Chance): void {
  const { width, height } = sketch
  const level = height * (0.66 + 0.12 * nearness)
  let shapes = ''
  for (let n = 0; n < 8; n++) {
    const at = { x: chance.between(-0.1, 1.1) * width, y: level + chance.between(-70, 60) }
    const opacity = chance.between(0.16, 0.42)
    shapes += ellipse(
      at,
      chance.between(180, 460),
      chance.between(12, 40),
      mix(mood.fog, mood.disc, 0.4),
      opacity,
    )
  }
  sketch.add(group(shapes, { filter: sketch.blur([48, 17], level - 180, level + 170) }))
}

/** Blades and fronds along the lower edge. */
function paintUndergrowth(sketch: Sketch, mood: Mood, chance: Chance): void {
  const { width, height } = sketch
  let blades = ''
  for (let n = 0; n < 420; n++) {
    const depth = chance.next()
    const x = chance.between(-0.01, 1.01) * width
    const foot = height * (0.87 + 0.14 * depth)
    const tall = (10 + 38 * chance.next() ** 2) * (0.5 + depth)
    const bend = chance.between(-0.6, 0.6) * tall
    const colour = mix(mix(mood.near, mood.far, 0.3), mood.near, depth)
    blades += `<path d="M${px(x)} ${px(foot)}q${px(bend * 0.15)} ${px(-tall * 0.7)} ${px(bend)} ${px(-tall)}" fill="none" stroke="${colour}" stroke-width="${px(1 + depth * 1.6)}" stroke-opacity="${(0.35 + 0.6 * depth).toFixed(2)}"/>`
  }
  sketch.add(blades)
}
