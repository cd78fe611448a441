import { existsSync } from 'node:fs'
import { mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

const FOLDER = 'exports'

export interface ExportPlace {
  /** Where it grows, and where it lies when it is whole. */
  readonly part: string
  readonly file: string
}

/** Where archives of people's data lie until they are fetched or their time is over. */
export class ExportsFolder {
  readonly #dir: string

  constructor(dataDir: string) {
    this.#dir = join(dataDir, FOLDER)
  }

  place(exportId: string): ExportPlace {
    const file = join(this.#dir, `${exportId}.zip`)
    return { file, part: `${file}.part` }
  }

  /** Begins an empty file, by which this station knows the archive as its own. */
  async claim(exportId: string): Promise<void> {
    await mkdir(this.#dir, { recursive: true, mode: 0o700 })
    const file = await open(this.place(exportId).part, 'w', 0o600)
    await file.close()
  }

  isBegun(exportId: string): boolean {
    return existsSync(this.place(exportId).part)
  }

  async remove(exportId: string): Promise<void> {
    const { file, part } = this.place(exportId)
    await rm(file, { force: true })
    await rm(part, { force: true })
  }

  /** Ids of everything that lies there. */
  async ids(): Promise<string[]> {
    const names = await readdir(this.#dir).catch(() => [])
    return [...new Set(names.map((name) => name.split('.')[0] ?? ''))]
  }
}
