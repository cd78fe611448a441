/// <reference types="node" />
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { wordsIn } from './words.ts'

const MODULE = join(import.meta.dirname, '..', '..')
const texts = { ru: read('ru'), en: read('en') }

function read(locale: string): Readonly<Record<string, string>> {
  const file = join(MODULE, 'locales', `${locale}.json`)
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
}

test('names and plurals are filled in both languages', () => {
  const ru = wordsIn('ru', texts.ru)
  assert.equal(ru('members', { count: 1 }), '1 участник')
  assert.equal(ru('members', { count: 3 }), '3 участника')
  assert.equal(ru('members', { count: 11 }), '11 участников')
  assert.match(ru('readers', { count: 1284 }), /^1\s284 подписчика$/)
  assert.equal(ru('forward.done', { count: 2, title: 'Лодка' }), '2 сообщения переслано: Лодка')
  const en = wordsIn('en', texts.en)
  assert.equal(en('members', { count: 1 }), '1 member')
  assert.equal(en('message.remove.ask', { count: 2 }), 'Delete 2 messages?')
})

test('braces in a name stay as they were written', () => {
  const en = wordsIn('en', texts.en)
  assert.equal(en('reply.to', { name: '{count} {{x}}' }), 'Reply to {count} {{x}}')
})

test('every text the messenger asks for by name exists', () => {
  const files = globSync('client/**/*.{ts,tsx}', { cwd: MODULE, exclude: ['**/*.test.*'] })
  const asked = files.flatMap((file) => {
    const source = readFileSync(join(MODULE, file), 'utf8')
    return [...source.matchAll(/\bsay\(\s*'([^']+)'/g)].map(([, key = '']) => key)
  })
  assert.ok(asked.length > 150, `only ${asked.length} were found`)
  assert.deepEqual(
    asked.filter(
      (key) => !(`messaging.ui.${key}` in texts.ru && `messaging.ui.${key}` in texts.en),
    ),
    [],
  )
})
