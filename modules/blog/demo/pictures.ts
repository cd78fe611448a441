import { type CityRecipe, drawCity } from './picture/city.ts'
import { drawForest, type ForestRecipe } from './picture/forest.ts'
import { drawHills, type HillsRecipe } from './picture/hills.ts'
import { drawLake, type LakeRecipe } from './picture/lake.ts'
import { drawPantry, type PantryRecipe } from './picture/pantry.ts'
import { Sketch } from './picture/sketch.ts'

/** How to draw a picture; the same recipe is always the same picture. */
export type Recipe = LakeRecipe | HillsRecipe | ForestRecipe | CityRecipe | PantryRecipe

/** Width and height in pixels of every picture of a scene. */
export const SIZES: Readonly<Record<Recipe['scene'], readonly [width: number, height: number]>> = {
  lake: [1600, 900],
  hills: [1600, 900],
  forest: [1600, 1067],
  city: [1600, 900],
  pantry: [1600, 1067],
}

/** The pictures of the demo by name; a text shows one as `![…](media:<name>)`. */
export const PICTURES = {
  'window-september': {
    scene: 'lake',
    mood: 'dawn',
    shore: 'window',
    disc: { x: 0.66, y: 0.385, radius: 26 },
  },
  'window-march': {
    scene: 'lake',
    mood: 'grey',
    shore: 'window',
    disc: { x: 0.5, y: 0.4, radius: 0 },
    fog: 1,
  },
  'window-sunrise': {
    scene: 'lake',
    mood: 'dusk',
    shore: 'window',
    disc: { x: 0.34, y: 0.47, radius: 26 },
    has: ['glitter'],
    fog: 0.4,
  },
  'window-january': {
    scene: 'lake',
    mood: 'frost',
    shore: 'window',
    disc: { x: 0.62, y: 0.3, radius: 0 },
    fog: 0.9,
  },
  'window-august': {
    scene: 'lake',
    mood: 'ochre',
    shore: 'window',
    disc: { x: 0.76, y: 0.33, radius: 20 },
  },
  'night-train': {
    scene: 'lake',
    mood: 'night',
    shore: 'kem',
    disc: { x: 0.62, y: 0.2, radius: 28 },
    has: ['glitter', 'train'],
    fog: 0.25,
  },
  'first-ice': {
    scene: 'lake',
    mood: 'frost',
    shore: 'bay',
    disc: { x: 0.6, y: 0.3, radius: 0 },
    has: ['ice'],
  },
  'last-warm-evening': {
    scene: 'lake',
    mood: 'dusk',
    shore: 'pier',
    disc: { x: 0.63, y: 0.5, radius: 28 },
    has: ['glitter', 'pier'],
    fog: 0.35,
  },
  pantry: { scene: 'pantry', seed: 'jars' },
  'no-path': { scene: 'forest', mood: 'moss', seed: 'lizhma' },
  'birch-edge': { scene: 'forest', mood: 'haze', seed: 'edge', has: ['birches'] },
  'camp-fire': {
    scene: 'hills',
    mood: 'camp',
    seed: 'camp',
    disc: { x: 0.8, y: 0.16, radius: 0 },
    wood: 0.75,
    has: ['embers'],
  },
  lighthouse: {
    scene: 'lake',
    mood: 'night',
    shore: 'cape',
    disc: { x: 0.65, y: 0.22, radius: 30 },
    has: ['glitter', 'lighthouse'],
    fog: 0.3,
  },
  'northern-lights': {
    scene: 'lake',
    mood: 'polar',
    shore: 'north',
    disc: { x: 0.5, y: 0.34, radius: 0 },
    has: ['aurora'],
    fog: 0.3,
  },
  'one-paint': {
    scene: 'hills',
    mood: 'ochre',
    seed: 'paint',
    disc: { x: 0.7, y: 0.2, radius: 24 },
    wood: 0.42,
  },
  'sleeping-town': { scene: 'city', seed: 'three in the morning', view: 'quay' },
  'wet-window': { scene: 'city', seed: 'bus forty', view: 'rain' },
  'first-snow': {
    scene: 'hills',
    mood: 'snow',
    seed: 'snow',
    disc: { x: 0.4, y: 0.24, radius: 0 },
    wood: 0.6,
    has: ['snow'],
  },
  'heather-hills': {
    scene: 'hills',
    mood: 'heather',
    seed: 'borders',
    disc: { x: 0.3, y: 0.22, radius: 22 },
    wood: 0.28,
  },
  'misty-hills': {
    scene: 'hills',
    mood: 'haze',
    seed: 'vottovaara',
    disc: { x: 0.72, y: 0.16, radius: 26 },
    wood: 0.5,
  },
  'winter-wood': { scene: 'forest', mood: 'snow', seed: 'ski', has: ['snow', 'birches'] },
} as const satisfies Readonly<Record<string, Recipe>>

export type PictureName = keyof typeof PICTURES

export function drawPicture(recipe: Recipe): string {
  const sketch = new Sketch(...SIZES[recipe.scene])
  draw(recipe, sketch)
  return sketch.svg()
}

function draw(recipe: Recipe, sketch: Sketch): void {
  switch (recipe.scene) {
    case 'lake':
      return drawLake(recipe, sketch)
    case 'hills':
      return drawHills(recipe, sketch)
    case 'forest':
      return drawForest(recipe, sketch)
    case 'city':
      return drawCity(recipe, sketch)
    case 'pantry':
      return drawPantry(recipe, sketch)
  }
}

const WEBP_QUALITY = 80

/** The picture as WebP, of the size that stands in `SIZES`; takes about half a second. */
export async function renderPicture(recipe: Recipe): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp')
  /* Our own drawing, in the operator's own process; the station never opens SVG that is sent to it. */
  sharp.unblock({ operation: ['VipsForeignLoadSvgBuffer'] })
  const svg = Buffer.from(drawPicture(recipe))
  return sharp(svg).webp({ quality: WEBP_QUALITY, smartSubsample: true, effort: 4 }).toBuffer()
}
