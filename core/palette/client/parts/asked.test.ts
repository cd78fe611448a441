import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { asked, isPlaceMeant, restOf } from './asked.ts'

suite('what is asked of the palette', () => {
  test('is everything, or places, people or tags alone', () => {
    assert.deepEqual(asked('  тихая вода '), { kind: 'all', text: 'тихая вода' })
    assert.deepEqual(asked('> set'), { kind: 'places', text: 'set' })
    assert.deepEqual(asked('@anna'), { kind: 'people', text: 'anna' })
    assert.deepEqual(asked('@'), { kind: 'people', text: '' })
    assert.deepEqual(asked(' #ёлки и'), { kind: 'tags', text: 'ёлки и' })
    assert.deepEqual(asked('C#'), { kind: 'all', text: 'C#' })
  })

  test('is completed by a name that begins so, and only by such', () => {
    assert.equal(restOf('Тихая вода', 'ти'), 'хая вода')
    assert.equal(restOf('Ёлки', 'Ел'), 'ки')
    assert.equal(restOf('Тимур Ахметов', '@тимур '), 'Ахметов')
    assert.equal(restOf('Тихая вода', 'тихая  '), '')
    assert.equal(restOf('Тихая вода', 'вода'), '')
    assert.equal(restOf('İstanbul', 'İs'), 'tanbul')
    assert.equal(restOf('Тихая вода', ''), '')
  })

  test('means a place by any beginning of its name, on either keyboard', () => {
    assert.ok(isPlaceMeant('Настройки', ''))
    assert.ok(isPlaceMeant('Все записи', 'зап'))
    assert.ok(isPlaceMeant('Настройки', 'yfcn'))
    assert.ok(!isPlaceMeant('Настройки', 'ройки'))
  })
})
