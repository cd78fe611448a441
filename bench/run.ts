/* npm run bench [-- pages|start|events|scale|enumeration|messaging|chats|people|pictures]: figures of this machine, now. Never fails. */
import { type Figure, line } from './figures.ts'
import { machineLine } from './machine.ts'

/* The load hook must stand before anything that imports a view. */
await import('../core/views/tsx-hook.ts')

const PARTS: Readonly<Record<string, () => Promise<Figure[]>>> = {
  pages: async () => (await import('./pages.ts')).pageFigures(),
  start: async () => (await import('./start.ts')).startFigures(),
  events: async () => (await import('./events.ts')).eventFigures(),
  scale: async () => (await import('./scale.ts')).scaleFigures(),
  messaging: async () => (await import('./messaging.ts')).messagingFigures(),
  chats: async () => (await import('./chats.ts')).chatsFigures(),
  people: async () => (await import('./people.ts')).peopleFigures(),
  pictures: async () => (await import('./pictures.ts')).pictureFigures(),
  enumeration: async () => (await import('./enumeration.ts')).enumerationFigures(),
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !Object.hasOwn(PARTS, name))
if (unknown.length > 0) {
  console.log(
    `There is no part ${unknown.join(', ')}; there are: ${Object.keys(PARTS).join(', ')}.`,
  )
}
console.log(machineLine())
for (const [name, measure] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  console.log(`\n${name}`)
  try {
    for (const figure of await measure()) console.log(`  ${line(figure)}`)
  } catch (error) {
    console.log(`  not run: ${error instanceof Error ? error.message : String(error)}`)
  }
}
