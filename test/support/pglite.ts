import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PGlite } from '@electric-sql/pglite'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

let running: Promise<PGlite> | undefined

/** One PostgreSQL for the whole process. */
export function sharedPglite(): Promise<PGlite> {
  running ??= start()
  return running
}

/** After the last test: the idle clock of a PostgreSQL keeps the process from ending for ten seconds. */
export async function closePglite(): Promise<void> {
  await (await running)?.close()
}

/**
 * Making a data folder takes seconds of work, reading a made one back a tenth of that; so the first
 * process of all keeps what it has made.
 */
async function start(): Promise<PGlite> {
  const { PGlite: Pglite } = await import('@electric-sql/pglite')
  const file = join(ROOT, '.cache', `pglite-${installedVersion()}.tar`)
  if (existsSync(file)) return Pglite.create({ loadDataDir: new Blob([await readFile(file)]) })
  const made = await Pglite.create()
  const folder = await made.dumpDataDir('none')
  await mkdir(dirname(file), { recursive: true })
  const part = `${file}.${randomUUID()}`
  await writeFile(part, Buffer.from(await folder.arrayBuffer()))
  await rename(part, file)
  return made
}

function installedVersion(): string {
  const manifest = join(ROOT, 'node_modules', '@electric-sql', 'pglite', 'package.json')
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version
}
