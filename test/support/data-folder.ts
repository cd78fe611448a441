import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder that outlives the stations whose data it holds; disposing removes it. */
export class DataFolder implements Disposable {
  readonly dir: string

  constructor() {
    this.dir = mkdtempSync(join(tmpdir(), 'quark-data-'))
  }

  /** Writes a file and answers its path. */
  write(name: string, content: string | Buffer): string {
    const path = join(this.dir, name)
    writeFileSync(path, content)
    return path
  }

  [Symbol.dispose](): void {
    rmSync(this.dir, { recursive: true, force: true })
  }
}
