import { strict as assert } from 'node:assert'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { messageValues } from '../test/support/message-values.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const texts = { ru: read('ru'), en: read('en') }

test('each text of the shell is written in both languages', () => {
  assert.deepEqual(Object.keys(texts.ru).toSorted(), Object.keys(texts.en).toSorted())
  assert.ok(Object.keys(texts.ru).length > 0)
})

test('each text is a well-formed message that asks for the same values in both languages', () => {
  for (const key of Object.keys(texts.ru)) {
    assert.deepEqual(
      messageValues(texts.ru[key] ?? '', 'ru'),
      messageValues(texts.en[key] ?? '', 'en'),
      key,
    )
  }
})

test('each text that a template asks for by name exists', () => {
  const files = globSync('**/*.tsx', { cwd: here, exclude: ['**/*.test.tsx'] })
  const asked = files.flatMap((file) => {
    const source = readFileSync(`${here}${file}`, 'utf8')
    return [...source.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key = '']) => key)
  })
  assert.ok(asked.length > 40, `only ${asked.length} were found`)
  assert.deepEqual(
    asked.filter((key) => !(key in texts.ru)),
    [],
  )
})

test('no text shouts, and Russian quotes stand in «ёлочки»', () => {
  for (const [key, text] of [...Object.entries(texts.ru), ...Object.entries(texts.en)]) {
    assert.doesNotMatch(text, /!/, key)
  }
  for (const [key, text] of Object.entries(texts.ru)) assert.doesNotMatch(text, /["“”]/, key)
})

function read(locale: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(`${here}locales/${locale}.json`, 'utf8')) as Record<string, string>
}
