import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { roughText } from '../arbitrary-doc.ts'
import { typeset } from './typography.ts'

/** Shows no-break spaces as `~`. */
function shown(text: string): string {
  return typeset(text).replaceAll('\u00A0', '~')
}

test('short words stay with the word that follows', () => {
  assert.equal(shown('Он и я в доме'), 'Он~и~я~в~доме')
  assert.equal(shown('Сказал, что как для дома'), 'Сказал, что~как~для~дома')
  assert.equal(shown('Без труда, над водой, ПОД ёлкой'), 'Без~труда, над~водой, ПОД~ёлкой')
  assert.equal(shown('«В доме» (и саду)'), '«В~доме» (и~саду)')
})

test('a dash does not begin a line', () => {
  assert.equal(shown('Озеро — это вода'), 'Озеро~— это вода')
})

test('a number stays with its noun and its digits', () => {
  assert.equal(shown('12 ноября, 5 000 рублей, № 7'), '12~ноября, 5~000~рублей, №~7')
  assert.equal(shown('с 1999 2000 год'), 'с~1999 2000~год')
})

test('particles after a hyphen and whole words break as usual', () => {
  assert.equal(shown('кто-то пришёл под-под утро'), 'кто-то пришёл под-под утро')
  assert.equal(shown('лес был тих'), 'лес был тих')
})

test('text without Cyrillic letters is left alone', () => {
  assert.equal(typeset('I am in a house — 12 months'), 'I am in a house — 12 months')
})

test('nothing but spaces ever changes', () => {
  fc.assert(
    fc.property(fc.oneof(roughText, fc.string({ unit: 'grapheme' })), (text) => {
      const result = typeset(`${text} и ещё`)
      assert.equal(result.replaceAll('\u00A0', ' '), `${text} и ещё`.replaceAll('\u00A0', ' '))
      assert.equal(typeset(result), result)
    }),
    { numRuns: 500, seed: 2026 },
  )
})
