/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Viewing } from './viewing.ts'

/** In a window of 400 × 800. */
const SIZES = { picture: { x: 400, y: 300 }, stage: { x: 400, y: 800 } }

function viewingOf(): { viewing: Viewing; steps: number[] } {
  const steps: number[] = []
  const viewing = new Viewing(
    (by) => steps.push(by) > 0,
    () => SIZES,
  )
  return { viewing, steps }
}

test('two fingers make a picture larger and smaller, within bounds, and are no swipe', () => {
  const { viewing, steps } = viewingOf()
  viewing.grip({ pointerId: 1, x: 100, y: 300 })
  viewing.grip({ pointerId: 2, x: 200, y: 300 })
  viewing.drag({ pointerId: 2, x: 400, y: 300 })
  assert.equal(viewing.zoom, 3)
  viewing.drag({ pointerId: 2, x: 4_000, y: 300 })
  assert.equal(viewing.zoom, 6)
  viewing.drag({ pointerId: 2, x: 110, y: 300 })
  assert.equal(viewing.zoom, 1)
  assert.equal(viewing.release({ pointerId: 2, x: 110, y: 600 }), false)
  assert.equal(viewing.release({ pointerId: 1, x: 400, y: 300 }), false)
  assert.deepEqual(steps, [])
})

test('a large picture is moved by one finger, and nothing else is', () => {
  const { viewing, steps } = viewingOf()
  viewing.zoomTo(2)
  viewing.grip({ pointerId: 1, x: 100, y: 100 })
  viewing.drag({ pointerId: 1, x: 20, y: 100 })
  assert.deepEqual(viewing.pan, { x: -80, y: 0 })
  assert.equal(viewing.release({ pointerId: 1, x: 20, y: 100 }), false)
  viewing.drag({ pointerId: 1, x: 500, y: 500 })
  assert.deepEqual(viewing.pan, { x: -80, y: 0 }, 'let go')
  assert.deepEqual(steps, [])
  viewing.smaller(4)
  assert.deepEqual([viewing.zoom, viewing.pan], [1, { x: 0, y: 0 }])
})

test('a picture cannot be moved out of sight, nor where it has room', () => {
  const { viewing } = viewingOf()
  viewing.zoomTo(2)
  viewing.grip({ pointerId: 1, x: 0, y: 0 })
  viewing.drag({ pointerId: 1, x: 5_000, y: 5_000 })
  assert.deepEqual(viewing.pan, { x: 200, y: 0 }, 'its edge stands at that of the window')
  viewing.zoomTo(4)
  viewing.drag({ pointerId: 1, x: -5_000, y: -5_000 })
  assert.deepEqual(viewing.pan, { x: -600, y: -200 })
  viewing.zoomTo(2)
  assert.deepEqual(viewing.pan, { x: -200, y: 0 }, 'what is smaller reaches less far')
})

test('what one points at stays where it is while it grows', () => {
  const { viewing } = viewingOf()
  viewing.zoomTo(2, { x: 100, y: 0 })
  assert.deepEqual(viewing.pan, { x: -100, y: 0 })
  viewing.zoomTo(4, { x: 100, y: 0 })
  assert.deepEqual(viewing.pan, { x: -300, y: 0 })
})

test('a picture as large as the window is swiped aside for another, and down to be left', () => {
  const { viewing, steps } = viewingOf()
  const swipe = (x: number, y: number): boolean => {
    viewing.grip({ pointerId: 1, x: 200, y: 200 })
    return viewing.release({ pointerId: 1, x: 200 + x, y: 200 + y })
  }
  assert.equal(swipe(-100, 10), false)
  assert.equal(swipe(100, 10), false)
  assert.equal(swipe(20, 20), false)
  assert.deepEqual(steps, [1, -1])
  assert.equal(swipe(10, 120), true)
})

test('keys go on, and make a picture larger and smaller', () => {
  const { viewing, steps } = viewingOf()
  for (const key of ['ArrowRight', '+', '=', '-']) assert.equal(viewing.press(key), true, key)
  assert.equal(viewing.press('a'), false)
  assert.equal(viewing.zoom, 1.5)
  viewing.press('ArrowLeft')
  assert.equal(viewing.zoom, 1, 'the next one begins whole')
  assert.deepEqual(steps, [1, -1])
})
