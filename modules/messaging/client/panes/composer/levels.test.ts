import assert from 'node:assert/strict'
import { test } from 'node:test'
import { waveformOf } from './levels.ts'

test('a waveform has 64 levels, as loud as their parts', () => {
  const samples = Float32Array.from({ length: 64_000 }, (_each, at) =>
    at < 32_000 ? 0.1 * Math.sin(at) : 0.5 * Math.sin(at),
  )
  const levels = waveformOf(samples)
  assert.equal(levels.length, 64)
  assert.deepEqual([levels[0], levels[31], levels[32], levels[63]], [6, 6, 31, 31])
  assert.deepEqual(new Set(waveformOf(new Float32Array(10))), new Set([0]))
  assert.equal(waveformOf(new Float32Array(0)).length, 64)
})
