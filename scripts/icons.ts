import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ICON_NAMES } from '../templates/icon-names.ts'

/**
 * Writes `static/icons.svg` from the Lucide icons named in `templates/icon-names.ts`. Run it after
 * a change of that list; the written file is kept, so that running the station needs no icon set.
 */
const SOURCE = new URL('../node_modules/lucide-static/icons/', import.meta.url)
const TARGET = fileURLToPath(new URL('../static/icons.svg', import.meta.url))

const symbols = ICON_NAMES.map((name) => {
  const svg = readFileSync(new URL(`${sourceName(name)}.svg`, SOURCE), 'utf8')
  const inner = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(svg)?.[1]
  if (inner === undefined) throw new Error(`${name}.svg is not an SVG picture`)
  const drawn = inner.replaceAll(/\s*\n\s*/g, '').replaceAll(' />', '/>')
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawn}</symbol>`
})

const note = '<!-- Lucide, ISC licence: https://lucide.dev/license -->'
const head = '<svg xmlns="http://www.w3.org/2000/svg">'
writeFileSync(TARGET, `${head}\n${note}\n${symbols.join('\n')}\n</svg>\n`)

/** Lucide renamed a few icons; the interface keeps the plain word. */
function sourceName(name: string): string {
  return name === 'home' ? 'house' : name
}
