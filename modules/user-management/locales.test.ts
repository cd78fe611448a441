import { strict as assert } from 'node:assert'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { IntlMessageFormat } from 'intl-messageformat'

const here = fileURLToPath(new URL('.', import.meta.url))
const texts = { ru: read('ru'), en: read('en') }

test('each text of the module is written in both languages', () => {
  assert.deepEqual(Object.keys(texts.ru).toSorted(), Object.keys(texts.en).toSorted())
  assert.ok(Object.keys(texts.ru).length > 0)
})

test('each text is a well-formed message', () => {
  for (const locale of ['ru', 'en'] as const) {
    for (const [key, text] of Object.entries(texts[locale])) {
      assert.doesNotThrow(
        () => new IntlMessageFormat(text, locale, undefined, { ignoreTag: true }),
        `${locale} ${key}`,
      )
    }
  }
})

test('each text that a page of the module asks for by name exists', () => {
  const asked = globSync('views/*.tsx', { cwd: here, exclude: ['**/*.test.tsx'] }).flatMap(
    (file) => {
      const source = readFileSync(`${here}${file}`, 'utf8')
      return [...source.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key = '']) => key)
    },
  )
  const own = asked.filter((key) => !key.startsWith('shell.'))
  assert.ok(own.length > 30, `only ${own.length} were found`)
  assert.deepEqual(
    own.filter((key) => !(key in texts.ru)),
    [],
  )
})

function read(locale: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(`${here}locales/${locale}.json`, 'utf8')) as Record<string, string>
}
