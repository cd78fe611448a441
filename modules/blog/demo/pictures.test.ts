import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import sharp from 'sharp'
import { drawPicture, PICTURES, type Recipe, renderPicture, SIZES } from './pictures.ts'

const MAX_BYTES = 120 * 1024

const recipes: readonly (readonly [name: string, recipe: Recipe])[] = Object.entries(PICTURES)

suite('a picture', () => {
  for (const [name, recipe] of recipes) {
    test(`${name} is drawn the same every time, and only with numbers`, () => {
      const svg = drawPicture(recipe)
      assert.equal(drawPicture(recipe), svg)
      assert.doesNotMatch(svg, /NaN|Infinity|undefined/)
    })
  }

  for (const scene of Object.keys(SIZES) as Recipe['scene'][]) {
    test(`of the scene ${scene} is a WebP of its size, light enough for a phone`, async () => {
      const [, recipe] = recipes.find(([, one]) => one.scene === scene) ?? []
      assert.ok(recipe)
      const bytes = await renderPicture(recipe)
      const { format, width, height } = await sharp(bytes).metadata()
      assert.deepEqual([format, width, height], ['webp', ...SIZES[scene]])
      assert.ok(bytes.length < MAX_BYTES, `${bytes.length} bytes`)
      const { entropy } = await sharp(bytes).stats()
      assert.ok(entropy > 4, `something is to be seen: ${entropy}`)
    })
  }

  test('of another shore is another picture', () => {
    const lake = PICTURES['first-ice']
    assert.notEqual(drawPicture(lake), drawPicture({ ...lake, shore: 'elsewhere' }))
  })
})
