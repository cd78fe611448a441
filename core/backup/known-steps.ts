import { coreMigrations } from '../../db/migrations/index.ts'
import type { Migration } from '../../db/index.ts'
import { stepsIn } from '../module-loader/migration-steps.ts'

/** All steps of the database that this program and the modules in the folder know. */
export async function knownSteps(modulesDir: string): Promise<Migration[]> {
  return [...coreMigrations, ...(await stepsIn(modulesDir))]
}
