import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const SHEETS = join(import.meta.dirname, '..', 'static', 'css')

/** Small parts that other sheets may place in their own pages. */
const SHARED = new Set(['button', 'meta', 'shell-bare'])

test('each class has one style sheet, so that no page changes the looks of another', () => {
  const homes = new Map<string, Set<string>>()
  for (const sheet of readdirSync(SHEETS).filter((name) => name.endsWith('.css'))) {
    for (const name of leadingClasses(readFileSync(join(SHEETS, sheet), 'utf8'))) {
      homes.set(name, (homes.get(name) ?? new Set()).add(sheet))
    }
  }
  assert.ok(homes.size > 100, 'the sheets are read')
  const torn = [...homes].filter(([name, sheets]) => sheets.size > 1 && !SHARED.has(name))
  assert.deepEqual(
    torn.map(([name, sheets]) => `.${name}: ${[...sheets].join(', ')}`),
    [],
  )
})

/** Classes with which a rule begins that stands in no other rule. */
function leadingClasses(css: string): string[] {
  return [...css.matchAll(/^\.([\w-]+)/gm)].map(([, name = '']) => name)
}
