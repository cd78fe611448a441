import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Crop, RADIUS } from './crop.ts'
import { Gesture, pressKey } from './gesture.ts'

/** A picture that is as large as the circle at zoom 1, so that a pixel is a pixel. */
function opened(zoom: number): Crop {
  const crop = new Crop({ width: 2 * RADIUS, height: 2 * RADIUS })
  crop.zoomTo(zoom)
  return crop
}

function left(crop: Crop): number {
  return Math.round(crop.placing(0, 0, RADIUS).left * 1e6) / 1e6
}

test('a finger drags the picture with it, and only while it is down', () => {
  const crop = opened(2)
  const gesture = new Gesture(crop)
  const before = left(crop)
  assert.equal(gesture.move(1, { x: 50, y: 0 }), false)
  gesture.down(1, { x: 10, y: 10 })
  assert.equal(gesture.move(1, { x: 25, y: 10 }), true)
  assert.equal(left(crop), before + 15)
  gesture.up(1)
  assert.equal(gesture.move(1, { x: 90, y: 10 }), false)
  assert.equal(left(crop), before + 15)
})

test('two fingers twice as far apart are a picture twice as large', () => {
  const crop = opened(1)
  const gesture = new Gesture(crop)
  gesture.down(1, { x: -20, y: 0 })
  gesture.down(2, { x: 20, y: 0 })
  gesture.move(1, { x: -40, y: 0 })
  gesture.move(2, { x: 40, y: 0 })
  assert.ok(Math.abs(crop.zoom - 2) < 1e-9, String(crop.zoom))
})

test('a third finger changes nothing, and lifting one goes on as a drag', () => {
  const crop = opened(2)
  const gesture = new Gesture(crop)
  gesture.down(1, { x: -20, y: 0 })
  gesture.down(2, { x: 20, y: 0 })
  gesture.down(3, { x: 90, y: 90 })
  assert.equal(gesture.move(3, { x: 0, y: 0 }), false)
  gesture.up(1)
  const before = left(crop)
  gesture.move(2, { x: 26, y: 0 })
  assert.equal(left(crop), before + 6)
  assert.equal(crop.zoom, 2)
})

test('arrows move by a pixel, by ten with Shift; plus and minus zoom', () => {
  const crop = opened(2)
  const before = left(crop)
  assert.equal(pressKey(crop, 'ArrowRight', false), true)
  assert.equal(left(crop), before - 1)
  pressKey(crop, 'ArrowLeft', true)
  assert.equal(left(crop), before + 9)
  pressKey(crop, '+', false)
  assert.ok(Math.abs(crop.zoom - 2.2) < 1e-9)
  pressKey(crop, '-', false)
  assert.ok(Math.abs(crop.zoom - 2) < 1e-9)
  assert.equal(pressKey(crop, 'Tab', false), false)
})
