import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Catalogue, preferredLocale } from './catalogue.ts'

const home = mkdtempSync(join(tmpdir(), 'quark-texts-'))
after(() => rmSync(home, { recursive: true, force: true }))

writeFileSync(
  join(home, 'ru.json'),
  JSON.stringify({
    posts: '{n, plural, one {# запись} few {# записи} many {# записей} other {# записи}}',
    hello: 'Здравствуйте, {name}',
  }),
)
writeFileSync(
  join(home, 'en.json'),
  JSON.stringify({ hello: 'Hello, {name}', only: 'English only' }),
)
const texts = new Catalogue()
texts.addFolder(home)

test('numbers take the forms of the language', () => {
  const t = texts.translator('ru')
  const forms = [1, 2, 5, 21, 111].map((n) => t('posts', { n }))
  assert.deepEqual(forms, ['1 запись', '2 записи', '5 записей', '21 запись', '111 записей'])
})

test('values are text, never markup of their own', () => {
  const t = texts.translator('en')
  assert.equal(t('hello', { name: '<b>{name}</b>' }), 'Hello, <b>{name}</b>')
})

test('what one language lacks is said in the other, and an unknown key is itself', () => {
  assert.equal(texts.translator('ru')('only'), 'English only')
  assert.equal(texts.translator('ru')('no.such'), 'no.such')
})

test('the browser’s languages are weighed', () => {
  assert.equal(preferredLocale('ru-RU,ru;q=0.9,en;q=0.8', 'en'), 'ru')
  assert.equal(preferredLocale('de,en;q=0.5,ru;q=0.7', 'en'), 'ru')
  assert.equal(preferredLocale('de', 'en'), 'en')
  assert.equal(preferredLocale(undefined, 'ru'), 'ru')
  assert.equal(preferredLocale('rust', 'en'), 'en')
})
