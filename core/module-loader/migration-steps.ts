import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Migration } from '../../db/index.ts'
import type { Manifest } from './manifest/manifest.ts'
import { ManifestError, readManifest } from './manifest/read-manifest.ts'

/** The steps of one module's tables; none when it has no tables. */
export async function stepsOf(dir: string, { id, level }: Manifest): Promise<Migration[]> {
  const file = join(dir, 'migrations', 'index.ts')
  if (level !== 'core' || !existsSync(file)) return []
  const { migrations } = (await import(pathToFileURL(file).href)) as {
    migrations: readonly Omit<Migration, 'owner'>[]
  }
  return migrations.map(({ name, up }) => ({ owner: id, name, up }))
}

/** The steps of every module in a folder that has a manifest. */
export async function stepsIn(modulesDir: string): Promise<Migration[]> {
  if (!existsSync(modulesDir)) return []
  const found = readdirSync(modulesDir, { withFileTypes: true })
  const steps: Migration[] = []
  for (const { name } of found.filter((entry) => entry.isDirectory())) {
    const dir = join(modulesDir, name)
    const manifest = manifestOf(dir)
    if (manifest) steps.push(...(await stepsOf(dir, manifest)))
  }
  return steps
}

/** A folder that is no module has no tables. */
function manifestOf(dir: string): Manifest | undefined {
  try {
    return readManifest(dir)
  } catch (error) {
    if (error instanceof ManifestError) return undefined
    throw error
  }
}
