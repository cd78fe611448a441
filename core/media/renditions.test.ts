import assert from 'node:assert/strict'
import { test } from 'node:test'
import { spentMs } from '../../test/support/effort.ts'
import { bomb, ONE_PIXEL } from '../../test/support/pictures.ts'
import { PLANS } from './purpose.ts'
import { renderPicture } from './renditions.ts'

test('a bomb is refused by its header', async () => {
  await renderPicture(ONE_PIXEL, PLANS.picture)
  for (const side of [16_000, 30_000]) {
    const bytes = bomb(side)
    const begun = spentMs()
    await assert.rejects(renderPicture(bytes, PLANS.picture), { code: 'QL_MEDIA_TOO_MANY_PIXELS' })
    const ms = spentMs() - begun
    assert.ok(ms < 1_000, `${side}: ${Math.round(ms)} ms`)
  }
})
