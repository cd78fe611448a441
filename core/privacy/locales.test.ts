import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { LOCALES } from '../i18n/catalogue.ts'
import { DOCUMENTS, templateOf } from './legal/legal-template.ts'

const HERE = import.meta.dirname
const [ru = {}, en = {}] = LOCALES.map(
  (locale) =>
    JSON.parse(readFileSync(join(HERE, 'locales', `${locale}.json`), 'utf8')) as Record<
      string,
      string
    >,
)

/** Names of the values a message takes; words of a plural form begin with anything else. */
function valuesIn(message: string): string[] {
  return [...new Set([...message.matchAll(/\{([a-z]\w*)(?=[,}])/g)].map(([, name = '']) => name))]
}

test('each text is written in both languages and asks for the same values', () => {
  assert.deepEqual(Object.keys(ru).toSorted(), Object.keys(en).toSorted())
  for (const [key, text] of Object.entries(ru)) {
    assert.deepEqual(valuesIn(en[key] ?? ''), valuesIn(text), key)
    assert.doesNotMatch(text + (en[key] ?? ''), /!/, key)
  }
})

test('each text a view asks for by name exists', () => {
  const sources = globSync(['views/*.tsx', 'routes/*.ts', '*.ts'], { cwd: HERE })
    .filter((file) => !file.includes('.test.'))
    .map((file) => readFileSync(join(HERE, file), 'utf8'))
  const asked = sources.flatMap((source) =>
    [...source.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key = '']) => key),
  )
  assert.ok(asked.length > 60, `only ${asked.length} were found`)
  assert.deepEqual(
    asked.filter((key) => !(key in en)),
    [],
  )
})

test('each document has a text in each language, with every place filled in', () => {
  const facts = Object.fromEntries(
    ['station', 'operator', 'address', 'email', 'url', 'logDays', 'auditDays', 'sessionDays']
      .concat(['unconfirmedDays', 'deletedContentDays'])
      .map((name) => [name, `<${name}>`]),
  )
  for (const document of DOCUMENTS) {
    for (const locale of LOCALES) {
      const { title, body } = templateOf(document, locale, facts)
      assert.ok(title.length > 5 && body.length > 400, `${document}.${locale}`)
      assert.doesNotMatch(body, /\{\w+\}/, `${document}.${locale}`)
    }
  }
})
