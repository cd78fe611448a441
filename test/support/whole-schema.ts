import { globSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Database, Migration } from '../../db/index.ts'
import { coreMigrations } from '../../db/migrations/index.ts'

const MODULES = fileURLToPath(new URL('../../modules/', import.meta.url))

/** Makes the tables of the core and of all modules in an empty database. */
export async function migrateAll(database: Database): Promise<void> {
  await database.migrate([...coreMigrations, ...(await moduleMigrations())], {
    now: () => new Date(),
    beforeChange: async () => undefined,
  })
}

async function moduleMigrations(): Promise<Migration[]> {
  const steps: Migration[] = []
  for (const file of globSync('*/migrations/index.ts', { cwd: MODULES }).toSorted()) {
    const { migrations } = (await import(pathToFileURL(join(MODULES, file)).href)) as {
      migrations: readonly Omit<Migration, 'owner'>[]
    }
    const [owner = ''] = file.split(/[\\/]/)
    for (const { name, up } of migrations) steps.push({ owner, name, up })
  }
  return steps
}
