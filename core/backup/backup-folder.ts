import { createReadStream } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { backupErrors } from './errors.ts'
import type { BackupCheck, BackupItem } from './index.ts'

const NAME = /^quark-(daily-)?\d{4}-\d\d-\d\dt\d\d-\d\d-\d\d-\d{3}z\.tar\.gz$/
const BEFORE_MIGRATION = /^before-migration-.*\.db$/
const RESULTS = 'results.json'
/** Whoever is erased is gone from every copy after this long. */
export const MAX_AGE_DAYS = 35
const DAY_MS = 86_400_000

/** How backups have ended, in the folder they lie in: a restored database knows nothing of it. */
export interface BackupResults {
  readonly last: BackupCheck | null
  readonly checks: Readonly<Record<string, BackupCheck>>
}

/** The station's own folder of backups. */
export class BackupFolder {
  readonly #dir: string

  constructor(dataDir: string) {
    this.#dir = join(dataDir, 'backups')
  }

  /** Where a new one goes. */
  target(kind: BackupItem['kind'], now: Date): string {
    const stamp = now.toISOString().replaceAll(/[:.]/g, '-').toLowerCase()
    return join(this.#dir, `quark-${kind === 'daily' ? 'daily-' : ''}${stamp}.tar.gz`)
  }

  async list(): Promise<BackupItem[]> {
    const { checks } = await this.results()
    const items: BackupItem[] = []
    for (const name of await this.#names()) {
      const match = NAME.exec(name)
      const facts = match ? await stat(join(this.#dir, name)).catch(() => undefined) : undefined
      if (!match || !facts) continue
      items.push({
        name,
        kind: match[1] === undefined ? 'by-hand' : 'daily',
        bytes: facts.size,
        madeAt: momentOf(name),
        check: checks[name] ?? null,
      })
    }
    return items.toSorted((a, b) => (a.madeAt < b.madeAt ? 1 : -1))
  }

  /** @throws QL_BACKUP_NOT_FOUND */
  async find(name: string): Promise<{ path: string; bytes: number; open: () => Readable }> {
    const path = join(this.#dir, name)
    const facts = NAME.test(name) ? await stat(path).catch(() => undefined) : undefined
    if (!facts) throw backupErrors.QL_BACKUP_NOT_FOUND()
    return { path, bytes: facts.size, open: () => createReadStream(path) }
  }

  /** Removes what is too old, and daily ones beyond the number that is kept. */
  async prune(keep: number, now: Date): Promise<void> {
    const items = await this.list()
    const oldest = new Date(now.getTime() - MAX_AGE_DAYS * DAY_MS)
    const daily = items.filter(({ kind }) => kind === 'daily')
    const gone = new Set([
      ...daily.slice(keep).map(({ name }) => name),
      ...items.filter(({ madeAt }) => madeAt < oldest.toISOString()).map(({ name }) => name),
    ])
    for (const name of await this.#names()) {
      const path = join(this.#dir, name)
      const isOld = BEFORE_MIGRATION.test(name) && (await stat(path)).mtime < oldest
      if (isOld || gone.has(name)) await rm(path, { force: true })
    }
  }

  async results(): Promise<BackupResults> {
    try {
      return JSON.parse(await readFile(join(this.#dir, RESULTS), 'utf8')) as BackupResults
    } catch {
      /* Nothing was made yet, or the disk was full: what is shown then is that nothing is known. */
      return { last: null, checks: {} }
    }
  }

  /** @param name of a backup that was checked; null when none could be made. */
  async note(name: string | null, check: BackupCheck): Promise<void> {
    const names = new Set(await this.#names())
    const { checks } = await this.results()
    const kept = Object.entries(checks).filter(([known]) => names.has(known))
    const all = Object.fromEntries([...kept, ...(name === null ? [] : [[name, check] as const])])
    await mkdir(this.#dir, { recursive: true, mode: 0o700 })
    const path = join(this.#dir, RESULTS)
    await writeFile(`${path}.new`, JSON.stringify({ last: check, checks: all }), { mode: 0o600 })
    await rename(`${path}.new`, path)
  }

  async #names(): Promise<string[]> {
    return readdir(this.#dir).catch(() => [])
  }
}

/** `…2026-11-29t02-23-00-123z…` → ISO 8601 */
function momentOf(name: string): string {
  const [, date = '', hour = '', minute = '', second = '', ms = ''] =
    /(\d{4}-\d\d-\d\d)t(\d\d)-(\d\d)-(\d\d)-(\d{3})z/.exec(name) ?? []
  return `${date}T${hour}:${minute}:${second}.${ms}Z`
}
