import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Crop, type Placing, RADIUS, type Square } from './crop.ts'

const WIDE = { width: 1200, height: 600 }

function rounded({ x, y, size }: Square): readonly number[] {
  return [x, y, size].map((value) => Math.round(value * 1e6) / 1e6)
}

/** Which part of the picture's width lies at `middle`. */
function partAt({ left, width }: Placing, middle: number): number {
  return (middle - left) / width
}

test('a picture begins with the whole of its shorter side, in the middle', () => {
  assert.deepEqual(rounded(new Crop(WIDE).square), [0.25, 0, 1])
  assert.deepEqual(rounded(new Crop({ width: 600, height: 1200 }).square), [0, 0.25, 1])
  assert.deepEqual(rounded(new Crop({ width: 1, height: 1 }).square), [0, 0, 1])
})

test('moving stops at the edges of the picture', () => {
  const crop = new Crop(WIDE)
  crop.moveBy(10_000, 10_000)
  assert.deepEqual(rounded(crop.square), [0, 0, 1])
  crop.moveBy(-10_000, -10_000)
  assert.deepEqual(rounded(crop.square), [0.5, 0, 1])
})

test('a move by a pixel of the stage is a pixel of what is seen', () => {
  const crop = new Crop(WIDE)
  crop.moveBy(RADIUS, 0)
  /* The circle is as wide as 600 pixels of the picture, so its radius is 300 of them. */
  assert.deepEqual(rounded(crop.square), [0, 0, 1])
  crop.moveBy(-RADIUS / 2, 0)
  assert.deepEqual(rounded(crop.square), [0.125, 0, 1])
})

test('zooming keeps what is under the pointer, and ends at one and at four', () => {
  const crop = new Crop({ width: 1000, height: 1000 })
  const at = RADIUS / 2
  const under = (): number => {
    const { left, width } = crop.placing(0, 0, RADIUS)
    return (at - left) / width
  }
  const before = under()
  crop.zoomTo(2, at, 0)
  assert.ok(Math.abs(under() - before) < 1e-9)
  crop.zoomTo(100)
  assert.equal(crop.zoom, 4)
  crop.zoomTo(0)
  assert.equal(crop.zoom, 1)
  assert.deepEqual(rounded(crop.square), [0, 0, 1])
})

test('the square is always whole inside the picture', () => {
  const crop = new Crop({ width: 333, height: 777 })
  for (let step = 0; step < 500; step++) {
    crop.moveBy(((step * 37) % 91) - 45, ((step * 53) % 77) - 38)
    crop.zoomTo(1 + ((step * 29) % 40) / 10, (step % 13) - 6, (step % 7) - 3)
    const { x, y, size } = crop.square
    const side = size * 333
    assert.ok(x >= -1e-9 && y >= -1e-9, `step ${step}`)
    assert.ok(x * 333 + side <= 333 + 1e-6 && y * 777 + side <= 777 + 1e-6, `step ${step}`)
  }
})

test('every preview shows the same part', () => {
  const crop = new Crop(WIDE)
  crop.zoomTo(2)
  crop.moveBy(30, -12)
  const stage = crop.placing(200, 132, RADIUS)
  const small = crop.placing(13, 13, 13)
  assert.ok(Math.abs(partAt(stage, 200) - partAt(small, 13)) < 1e-9)
  assert.ok(Math.abs(stage.width / small.width - RADIUS / 13) < 1e-9)
})

test('starting over is as at the beginning', () => {
  const crop = new Crop(WIDE)
  const first = rounded(crop.square)
  crop.zoomTo(3)
  crop.moveBy(40, 9)
  crop.reset()
  assert.deepEqual(rounded(crop.square), first)
})
