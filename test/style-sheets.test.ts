import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const ROOT = join(import.meta.dirname, '..', 'static', 'css')
const MAX_LINES = 300

/** Paths below the folder of styles: `chats.css`, `chats/list.css`. */
const SHEETS = globSync('**/*.css', { cwd: ROOT }).map((path) => path.replaceAll('\\', '/'))

/** Small parts that other sheets may place in their own pages. */
const SHARED = new Set(['button', 'meta', 'shell-bare'])

test('each class has one style sheet, so that no page changes the looks of another', () => {
  const homes = new Map<string, Set<string>>()
  for (const path of SHEETS) {
    /* The last word on any page: what stays off paper. */
    if (path === 'utilities.css') continue
    /* A sheet and the folder of its parts have one name. */
    const [sheet = ''] = path.split(/[./]/)
    for (const name of leadingClasses(read(path))) {
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

test('each style sheet can be read at one go, and is part of another that a page loads', () => {
  const long = SHEETS.filter((path) => read(path).split('\n').length - 1 > MAX_LINES)
  assert.deepEqual(long, [])
  const parts = SHEETS.flatMap((path) =>
    [...read(path).matchAll(/^@import '\.\/([^']+)'/gm)].map(([, name = '']) => name),
  )
  assert.deepEqual([...parts, 'resident.css'].toSorted(), SHEETS.toSorted())
})

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

/** Classes with which a rule begins that stands in no other rule but a condition. */
function leadingClasses(css: string): string[] {
  const found: string[] = []
  let isCondition = false
  for (const line of css.split('\n')) {
    if (/^\S/.test(line) && !line.startsWith('}')) isCondition = line.startsWith('@')
    const [, name] = (isCondition ? /^ {2}\.([\w-]+)/ : /^\.([\w-]+)/).exec(line) ?? []
    if (name !== undefined) found.push(name)
  }
  return found
}
