import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Files written into a new folder below `parent`; disposing removes the folder. */
export class PlantedTree implements Disposable {
  readonly root: string

  constructor(parent: string, files: Readonly<Record<string, string>>) {
    mkdirSync(parent, { recursive: true })
    this.root = mkdtempSync(join(parent, 'planted-'))
    for (const [path, text] of Object.entries(files)) this.write(path, text)
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true })
    writeFileSync(join(this.root, path), text)
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true })
  }
}
