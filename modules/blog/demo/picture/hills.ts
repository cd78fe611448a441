import { chanceOf } from './chance.ts'
import { mix } from './colour.ts'
import { type Mood, MOODS, type MoodName } from './mood.ts'
import { grove, heightOf, hills } from './ridge.ts'
import { area, ellipse, group, type Sketch } from './sketch.ts'
import {
  type Disc,
  paintAurora,
  paintClouds,
  paintDisc,
  paintSky,
  paintStars,
  paintVignette,
} from './sky.ts'
import { paintEmbers, paintSnowfall } from './weather.ts'

/** Hills behind hills with mist between them. */
export interface HillsRecipe {
  readonly scene: 'hills'
  readonly mood: MoodName
  readonly disc: Disc
  readonly seed: string
  /** 0: bare, 1: woods up to the top. */
  readonly wood: number
  readonly has?: readonly ('snow' | 'embers' | 'aurora')[]
}

const LAYERS = 7

export function drawHills(recipe: HillsRecipe, sketch: Sketch): void {
  const { disc, seed, wood } = recipe
  const mood: Mood = MOODS[recipe.mood]
  const { width, height } = sketch
  const has = new Set(recipe.has)
  const chance = chanceOf(seed)
  paintSky(sketch, mood, disc, height * 0.7)
  if (mood.isNight) paintStars(sketch, height * 0.75, 320, chanceOf(`${seed} stars`))
  if (has.has('aurora')) paintAurora(sketch, height * 0.62, chanceOf(`${seed} aurora`))
  else paintClouds(sketch, mood, height * 0.6, chanceOf(`${seed} clouds`))
  paintDisc(sketch, mood, disc)

  for (let layer = 0; layer < LAYERS; layer++) {
    const near = layer / (LAYERS - 1)
    const base = height * (0.56 + 0.52 * near ** 1.25)
    const rise = height * (0.26 - 0.1 * near)
    const line = heightOf({ base, rise, span: width * (0.3 - 0.06 * near) }, chance)
    const colour = mix(mood.far, mood.near, near ** 1.15)
    const foot = mix(colour, mood.fog, 0.62 - 0.3 * near)
    const stops = [
      { at: 0, colour },
      { at: 0.42, colour: mix(colour, foot, 0.25) },
      { at: 1, colour: foot },
    ]
    const paint = sketch.downward(stops, base - rise, base + height * 0.1)
    sketch.add(area(hills(line, width, height + 4), paint))
    const tall = 16 + 150 * near ** 1.7
    const trees = { low: tall * 0.25, tall, gap: 8 + 22 * near, cover: wood - 0.16 * (1 - near) }
    const isBare = near < 0.2 || wood === 0
    const grown = isBare ? [] : grove(line, width, height + tall, trees, chance)
    sketch.add(...grown.map((tree) => area(tree, paint)))
    if (layer < LAYERS - 1) paintMist(sketch, mood, base, chanceOf(`${seed} mist ${layer}`))
  }
  if (has.has('embers')) paintEmbers(sketch, chanceOf(`${seed} embers`))
  if (has.has('snow')) paintSnowfall(sketch, chanceOf(`${seed} snow`))
  paintVignette(sketch, 0.2)
}

function paintMist(
  sketch: Sketch,
  mood: Mood,
  level: number,
  chance: ReturnType<typeof chanceOf>,
): void {
  let shapes = ''
  for (let n = 0; n < 7; n++) {
    const at = { x: chance.between(-0.1, 1.1) * sketch.width, y: level + chance.between(-24, 24) }
    const wide = chance.between(180, 520)
    shapes += ellipse(at, wide, chance.between(9, 26), mood.fog, chance.between(0.14, 0.46))
  }
  sketch.add(group(shapes, { filter: sketch.blur([46, 13], level - 90, level + 90) }))
}
