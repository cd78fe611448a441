import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { asked, isPlaceMeant } from './asked.ts'

suite('what is asked of the palette', () => {
  test('is everything, places alone, or people alone', () => {
    assert.deepEqual(asked('  тихая вода '), { kind: 'all', text: 'тихая вода' })
    assert.deepEqual(asked('> set'), { kind: 'places', text: 'set' })
    assert.deepEqual(asked('@anna'), { kind: 'people', text: 'anna' })
    assert.deepEqual(asked('@'), { kind: 'people', text: '' })
  })

  test('means a place by any beginning of its name, on either keyboard', () => {
    assert.ok(isPlaceMeant('Настройки', ''))
    assert.ok(isPlaceMeant('Все записи', 'зап'))
    assert.ok(isPlaceMeant('Настройки', 'yfcn'))
    assert.ok(!isPlaceMeant('Настройки', 'ройки'))
  })
})
