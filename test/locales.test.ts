import { strict as assert } from 'node:assert'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { messageValues } from './support/message-values.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const LOCALES = ['ru', 'en'] as const
const KEY = /^\s*("(?:[^"\\]|\\.)*")\s*:/gm

const folders = globSync('{core,modules,templates,examples}/**/locales', {
  cwd: root,
  exclude: (path) => path.includes('node_modules'),
})

test('the catalogues are found', () => {
  assert.ok(folders.length >= 6, folders.join(' '))
})

for (const folder of folders) {
  const [ru, en] = LOCALES.map((locale) =>
    readFileSync(join(root, folder, `${locale}.json`), 'utf8'),
  )
  const texts = { ru: parsed(ru), en: parsed(en) }

  test(`${folder}: no text stands twice, where the second would hide the first`, () => {
    for (const source of [ru, en]) {
      const keys = [...(source ?? '').matchAll(KEY)].map(
        ([, key = '']) => JSON.parse(key) as string,
      )
      assert.deepEqual(twice(keys), [])
      assert.equal(keys.length, Object.keys(parsed(source)).length)
    }
  })

  test(`${folder}: each text is written in both languages, and asks for the same values`, () => {
    assert.deepEqual(Object.keys(texts.ru).toSorted(), Object.keys(texts.en).toSorted())
    for (const [key, text] of Object.entries(texts.ru)) {
      assert.deepEqual(messageValues(text, 'ru'), messageValues(texts.en[key] ?? '', 'en'), key)
    }
  })
}

function parsed(source = '{}'): Readonly<Record<string, string>> {
  return JSON.parse(source) as Record<string, string>
}

function twice(keys: readonly string[]): readonly string[] {
  return keys.filter((key, index) => keys.indexOf(key) !== index)
}
