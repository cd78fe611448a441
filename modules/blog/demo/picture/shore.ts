import type { Chance } from './chance.ts'
import { mix } from './colour.ts'
import type { Mood } from './mood.ts'
import { grove, type Grove, heightOf, hills, type Ridge } from './ridge.ts'
import { area, ellipse, group, type Point, type Sketch } from './sketch.ts'

interface Layer {
  readonly ridge: Ridge
  readonly grove?: Grove
  /** 0 as far as the eye goes, 1 at hand. */
  readonly nearness: number
  /** How much of it the mist at its foot takes. */
  readonly mist: number
}

/** Where the land stands, or where water shows it. */
export type Placing = (point: Point) => Point

/** The layers of a far shore above the waterline, the farthest first. */
function layersAbove(water: number): Layer[] {
  return [
    { ridge: { base: water - 34, rise: 178, span: 560 }, nearness: 0, mist: 0.35 },
    { ridge: { base: water - 24, rise: 118, span: 430 }, nearness: 0.14, mist: 0.5 },
    {
      ridge: { base: water - 16, rise: 92, span: 340 },
      grove: { low: 9, tall: 32, gap: 9, cover: 0.5 },
      nearness: 0.3,
      mist: 0.6,
    },
    {
      ridge: { base: water - 9, rise: 70, span: 290 },
      grove: { low: 14, tall: 62, gap: 13, cover: 0.42 },
      nearness: 0.55,
      mist: 0.55,
    },
    {
      ridge: { base: water + 26, rise: 96, span: 300 },
      grove: { low: 20, tall: 118, gap: 19, cover: 0.4 },
      nearness: 1,
      mist: 0.3,
    },
  ]
}

/** Markup of the land between sky and water. The same chance gives the same land. */
export function shoreOf(
  sketch: Sketch,
  mood: Mood,
  water: number,
  chance: Chance,
  place: Placing = (point) => point,
): string {
  return layersAbove(water)
    .map((layer) => drawn(layer, sketch, mood, water, chance, place))
    .join('')
}

function drawn(
  layer: Layer,
  sketch: Sketch,
  mood: Mood,
  water: number,
  chance: Chance,
  place: Placing,
): string {
  const { ridge, nearness, mist } = layer
  const colour = mix(mood.far, mood.near, nearness ** 0.9)
  const height = heightOf(ridge, chance)
  const treeTop = ridge.base - ridge.rise - (layer.grove?.tall ?? 0)
  const paint = sketch.downward(
    [
      { at: 0, colour },
      { at: 0.5, colour: mix(colour, mood.fog, mist * 0.25) },
      { at: 1, colour: mix(colour, mood.fog, mist) },
    ],
    place({ x: 0, y: treeTop }).y,
    place({ x: 0, y: water }).y,
  )
  const ground = hills((x) => Math.min(water, height(x)), sketch.width, water)
  const trees = layer.grove ? grove(height, sketch.width, water - 6, layer.grove, chance) : []
  return [ground, ...trees].map((shape) => area(shape.map(place), paint)).join('')
}

/** Bands of mist that lie along the waterline. */
export function paintFog(
  sketch: Sketch,
  mood: Mood,
  water: number,
  strength: number,
  chance: Chance,
): void {
  let far = ''
  let near = ''
  for (let n = 0; n < 16; n++) {
    const x = chance.between(-0.1, 1.1) * sketch.width
    const opacity = chance.between(0.2, 0.62) * strength
    const wide = chance.between(160, 460)
    if (n % 2 === 0) {
      const at = { x, y: water - chance.between(26, 84) }
      far += ellipse(at, wide, chance.between(6, 17), mood.fog, opacity)
    } else {
      const at = { x, y: water - chance.between(0, 24) }
      near += ellipse(at, wide * 1.2, chance.between(5, 15), mood.fog, opacity)
    }
  }
  sketch.add(group(far, { filter: sketch.blur([30, 8], water - 140, water + 10) }))
  sketch.add(group(near, { filter: sketch.blur([40, 9], water - 90, water + 20) }))
}
