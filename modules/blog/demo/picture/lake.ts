import { type Chance, chanceOf } from './chance.ts'
import { paintIce, paintPier } from './foreground.ts'
import { LIGHTHOUSE_X, paintLighthouse } from './lighthouse.ts'
import { type Mood, MOODS, type MoodName } from './mood.ts'
import { paintFog, shoreOf } from './shore.ts'
import type { Sketch } from './sketch.ts'
import {
  type Disc,
  paintAurora,
  paintClouds,
  paintDisc,
  paintSky,
  paintStars,
  paintVignette,
} from './sky.ts'
import { paintTrain, paintTrainInWater } from './train.ts'
import { paintGlitter, paintStreaks, paintWater, trembling } from './water.ts'

/** A lake with a wooded shore and its reflection. */
export interface LakeRecipe {
  readonly scene: 'lake'
  readonly mood: MoodName
  readonly disc: Disc
  /** Lakes of one shore differ only in their light. */
  readonly shore: string
  /** 0–1, 0.6 when absent. */
  readonly fog?: number
  readonly has?: readonly Extra[]
}

type Extra = 'glitter' | 'aurora' | 'train' | 'ice' | 'lighthouse' | 'pier'

/** The waterline as a share of the height. */
const WATER = 0.655

export function drawLake(recipe: LakeRecipe, sketch: Sketch): void {
  const mood: Mood = MOODS[recipe.mood]
  const water = Math.round(sketch.height * WATER)
  const has = new Set(recipe.has)
  const chanceFor = (part: string): Chance => chanceOf(`${recipe.shore} ${part}`)

  paintSky(sketch, mood, recipe.disc, water)
  if (mood.isNight) paintStars(sketch, water, 260, chanceFor('stars'))
  if (has.has('aurora')) paintAurora(sketch, water, chanceFor('aurora'))
  else paintClouds(sketch, mood, water, chanceFor('clouds'))
  paintDisc(sketch, mood, recipe.disc)

  sketch.add(shoreOf(sketch, mood, water, chanceFor('land')))
  paintFog(sketch, mood, water, recipe.fog ?? 0.6, chanceFor('fog'))
  if (has.has('lighthouse')) paintLighthouse(sketch, mood, water)
  if (has.has('train')) paintTrain(sketch, water, chanceFor('train'))

  paintWater(sketch, mood, water, recipe.disc, () => {
    const place = trembling(water, chanceFor('ripple'))
    sketch.add(shoreOf(sketch, mood, water, chanceFor('land'), place))
  })
  if (has.has('train')) paintTrainInWater(sketch, water, chanceFor('train'))
  paintStreaks(sketch, mood, water, chanceFor('streaks'))
  if (has.has('glitter')) {
    const path = { x: recipe.disc.x, colour: mood.disc, width: 1 }
    paintGlitter(sketch, water, path, chanceFor('glitter'))
  }
  if (has.has('lighthouse')) {
    const path = { x: LIGHTHOUSE_X, colour: '#ffe3a1', width: 0.55 }
    paintGlitter(sketch, water, path, chanceFor('lamp'))
  }
  if (has.has('ice')) paintIce(sketch, mood, water, chanceFor('ice'))
  if (has.has('pier')) paintPier(sketch, mood, water)
  paintVignette(sketch, 0.24)
}
