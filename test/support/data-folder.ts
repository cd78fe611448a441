import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A station's data folder that outlives its stations; disposing removes it. */
export class DataFolder implements Disposable {
  readonly dir: string

  constructor() {
    this.dir = mkdtempSync(join(tmpdir(), 'quark-data-'))
  }

  [Symbol.dispose](): void {
    rmSync(this.dir, { recursive: true, force: true })
  }
}
