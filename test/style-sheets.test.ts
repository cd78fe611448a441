import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const SHEETS = join(import.meta.dirname, '..', 'static', 'css')

test('each class has one style sheet, so that no page changes the looks of another', () => {
  const homes = new Map<string, Set<string>>()
  for (const sheet of readdirSync(SHEETS).filter((name) => name.endsWith('.css'))) {
    for (const [, name = ''] of readFileSync(join(SHEETS, sheet), 'utf8').matchAll(
      /^\.([\w-]+) \{/gm,
    )) {
      homes.set(name, (homes.get(name) ?? new Set()).add(sheet))
    }
  }
  assert.ok(homes.size > 100, 'the sheets are read')
  const shared = [...homes].filter(([, sheets]) => sheets.size > 1)
  assert.deepEqual(
    shared.map(([name, sheets]) => `.${name}: ${[...sheets].join(', ')}`),
    [],
  )
})
