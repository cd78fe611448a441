import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { bomb } from '../../../test/support/pictures.ts'
import { PLANS } from './purpose.ts'
import { renderPicture } from './renditions.ts'

/** What is said of a bomb of which only the beginning has come. */
async function codeOf(side: number): Promise<unknown> {
  const beginning = bomb(side).subarray(0, 200)
  return renderPicture(beginning, PLANS.picture).catch((error: { code: unknown }) => error.code)
}

test('a bomb is refused by its header, before anybody could see that its pixels are missing', async () => {
  assert.equal(await codeOf(2_000), 'QL_MEDIA_BROKEN')
  for (const side of [16_000, 30_000]) assert.equal(await codeOf(side), 'QL_MEDIA_TOO_MANY_PIXELS')
})

test('colours of a wide gamut stay the colours they are, in every rendition', async () => {
  const [red, green, blue] = [210, 70, 40]
  const plain = sharp({
    create: { width: 700, height: 500, channels: 3, background: { r: red, g: green, b: blue } },
  })
  const wide = await plain.png().withIccProfile('p3').toBuffer()
  const stored = await sharp(wide, { ignoreIcc: true }).raw().toBuffer()
  assert.ok(Math.abs((stored[0] ?? 0) - red) > 8, 'its numbers are those of Display P3')
  for (const plan of [PLANS.picture, PLANS.avatar]) {
    const { renditions } = await renderPicture(wide, plan)
    assert.ok(renditions.length > 1)
    for (const { name, bytes } of renditions) {
      const shown = await sharp(bytes).removeAlpha().raw().toBuffer()
      const middle = Math.floor(shown.length / 6) * 3
      const apart = [red, green, blue].map((value, at) =>
        Math.abs((shown[middle + at] ?? 0) - value),
      )
      assert.ok(Math.max(...apart) <= 4, `${name}: ${apart.join(' ')} apart`)
    }
  }
})
