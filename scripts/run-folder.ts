import { mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MEMORY = '/dev/shm'
/** Many times what all stations of a run hold at once. */
const ROOM_BYTES = 2 * 1024 ** 3
const NAME = 'quark-run-'

/**
 * Where the processes of one run of tests keep their files; gone when the run ends. In memory where
 * the system has a place with room there, because each commit waits for a disk, and tests commit
 * tens of thousands of times; `TMPDIR` names another place.
 */
export class RunFolder implements Disposable {
  readonly #path: string

  constructor(parent = process.env['TMPDIR'] ?? placeInMemory() ?? tmpdir()) {
    removeLeft(parent)
    this.#path = mkdtempSync(join(parent, `${NAME}${process.pid}-`))
  }

  /** For the processes of the run. */
  get env(): NodeJS.ProcessEnv {
    return { ...process.env, TMPDIR: this.#path, QUARK_TEST_SHARED_DIR: this.#path }
  }

  [Symbol.dispose](): void {
    rmSync(this.#path, { recursive: true, force: true })
  }
}

function placeInMemory(): string | undefined {
  try {
    const { bavail, bsize } = statfsSync(MEMORY)
    return bavail * bsize >= ROOM_BYTES ? MEMORY : undefined
  } catch {
    return undefined
  }
}

/** A run that was killed could not remove its own. */
function removeLeft(parent: string): void {
  for (const name of readdirSync(parent)) {
    const [, pid] = /^quark-run-(\d+)-/.exec(name) ?? []
    if (pid !== undefined && !isAlive(Number(pid))) {
      rmSync(join(parent, name), { recursive: true, force: true })
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
