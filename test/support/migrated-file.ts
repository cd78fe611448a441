import { randomUUID } from 'node:crypto'
import { constants, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { copyFile, rename } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Database, openSqlite } from '../../db/index.ts'
import { migrateAll } from './whole-schema.ts'

/** Where the processes of one run of the tests, and of one state of the code, keep what they share. */
const SHARED_DIR = process.env['QUARK_TEST_SHARED_DIR']

/**
 * A SQLite file that was migrated once, by the first process of a run. Every step waits for the
 * disk, which takes longer than most tests, so each test begins with a copy.
 */
export class MigratedFile {
  #made: Promise<string> | undefined
  #ownDir: string | undefined

  async copyTo(path: string): Promise<void> {
    this.#made ??= this.#make()
    await copyFile(await this.#made, path, constants.COPYFILE_FICLONE)
  }

  remove(): void {
    if (this.#ownDir !== undefined) rmSync(this.#ownDir, { recursive: true, force: true })
  }

  async #make(): Promise<string> {
    const dir = SHARED_DIR ?? (this.#ownDir = mkdtempSync(join(tmpdir(), 'quark-migrated-')))
    const file = join(dir, 'migrated.db')
    if (existsSync(file)) return file
    const part = `${file}.${randomUUID()}`
    const database = new Database(openSqlite(part), (error) => {
      throw error
    })
    await migrateAll(database)
    await database.close()
    await rename(part, file)
    return file
  }
}
