import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resolveDependencies } from './dependencies.ts'
import type { Manifest } from './manifest.ts'

function manifest(
  id: string,
  modules: Record<string, string> = {},
  {
    version = '1.0.0',
    optional = {},
  }: { version?: string; optional?: Record<string, string> } = {},
): Manifest {
  return { id, version, requires: { modules, optional } } as Manifest
}

test('whoever is needed starts first', () => {
  const { order } = resolveDependencies([
    manifest('a', { b: '^1' }),
    manifest('b', { c: '^1' }),
    manifest('c'),
  ])
  assert.deepEqual(
    order.map(({ id }) => id),
    ['c', 'b', 'a'],
  )
})

test('every member of a circle is refused with the circle printed, the others start', () => {
  const { order, refused } = resolveDependencies([
    manifest('a', { b: '^1' }),
    manifest('b', { c: '^1' }),
    manifest('c', { a: '^1' }),
    manifest('free'),
  ])
  assert.deepEqual(
    order.map(({ id }) => id),
    ['free'],
  )
  assert.match(refused.get('a') ?? '', /a → b → c → a/)
  assert.match(refused.get('b') ?? '', /b → c → a → b/)
  assert.match(refused.get('c') ?? '', /c → a → b → c/)
})

test('absent and too old requirements are named, and refuse those behind them', () => {
  const { order, refused } = resolveDependencies([
    manifest('blog', {}, { version: '1.4.0' }),
    manifest('d', { blog: '^2' }),
    manifest('e', { d: '^1' }),
    manifest('f', { nowhere: '^1' }),
  ])
  assert.deepEqual(
    order.map(({ id }) => id),
    ['blog'],
  )
  assert.match(refused.get('d') ?? '', /blog \^2, but 1\.4\.0/)
  assert.match(refused.get('e') ?? '', /Requires d, which cannot run/)
  assert.match(refused.get('f') ?? '', /nowhere/)
})

test('an absent optional neighbour is no error, and two that like each other start', () => {
  const { order, refused } = resolveDependencies([
    manifest('a', {}, { optional: { b: '^1' } }),
    manifest('b', {}, { optional: { a: '^1', ghost: '^1' } }),
  ])
  assert.equal(order.length, 2)
  assert.equal(refused.size, 0)
})
