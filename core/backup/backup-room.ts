import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import type { Config } from '../../config.ts'
import type { Database } from '../../db/index.ts'
import type { Clock } from '../app.ts'
import { CodedError, coreErrors } from '../errors.ts'
import type { Scheduler } from '../jobs/scheduler.ts'
import type { StationLog } from '../log/log.ts'
import type { StationSettings } from '../settings/index.ts'
import { BackupFolder } from './backup-folder.ts'
import { backupErrors } from './errors.ts'
import type { BackupCheck, BackupItem, Backups, BackupState } from './index.ts'
import { knownSteps } from './known-steps.ts'
import { makeBackup } from './making/make-backup.ts'
import { verifyBackup } from './checking/verify-backup.ts'

export interface BackupParts {
  readonly config: Config
  readonly database: Database
  readonly clock: Clock
  readonly log: StationLog
  readonly settings: StationSettings
}

/** See {@link Backups}; one is made or checked at a time. */
export class BackupRoom implements Backups {
  readonly #parts: BackupParts
  readonly #folder: BackupFolder
  #running: BackupState['running'] = null
  #program = ''
  #begun = Promise.resolve()

  constructor(parts: BackupParts) {
    this.#parts = parts
    this.#folder = new BackupFolder(parts.config.dataDir)
  }

  /** Begins the daily backups. @param program the version that stands in them. */
  async start(scheduler: Scheduler, program: string): Promise<void> {
    this.#program = program
    await scheduler.add('core/backup-daily', '23 2 * * *', async () => {
      const { daily, keep } = this.#parts.settings.backups
      if (daily) await this.make('daily')
      await this.#folder.prune(keep, this.#parts.clock.now())
    })
  }

  list(): Promise<readonly BackupItem[]> {
    return this.#folder.list()
  }

  get isRunning(): boolean {
    return this.#running !== null
  }

  async state(): Promise<BackupState> {
    return { running: this.#running, last: (await this.#folder.results()).last }
  }

  begin(kind: BackupItem['kind']): void {
    this.#inBackground(() => this.make(kind))
  }

  /** Like {@link check}, without waiting for its end. @throws QL_BACKUP_NOT_FOUND, QL_BACKUP_RUNNING */
  async beginCheck(name: string): Promise<void> {
    await this.#folder.find(name)
    this.#inBackground(() => this.check(name))
  }

  /** Answers when what was begun has ended. */
  idle(): Promise<void> {
    return this.#begun
  }

  async make(kind: BackupItem['kind']): Promise<void> {
    const { config, database, clock, log } = this.#parts
    await this.#alone(async () => {
      let total = 0
      const target = this.#folder.target(kind, clock.now())
      try {
        const { bytes, manifest } = await makeBackup({
          origin: database.origin,
          dataDir: config.dataDir,
          program: this.#program,
          now: clock.now(),
          target,
          withSecrets: false,
          onProgress: (progress) => (this.#running = progress),
        })
        total = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
        log.info('A backup was made', { file: target, bytes })
      } catch (error) {
        await this.#note(null, error)
        throw error
      }
      await this.#check(target, total)
    })
  }

  async check(name: string): Promise<BackupCheck> {
    const { path } = await this.#folder.find(name)
    return this.#alone(() => this.#check(path, null))
  }

  find(name: string): Promise<{ readonly bytes: number; open: () => Readable }> {
    return this.#folder.find(name)
  }

  #inBackground(work: () => Promise<unknown>): void {
    if (this.#running) throw backupErrors.QL_BACKUP_RUNNING()
    /* How it ended is noted and in the log. */
    this.#begun = work().then(
      () => undefined,
      () => undefined,
    )
  }

  async #alone<R>(work: () => Promise<R>): Promise<R> {
    if (this.#running) throw backupErrors.QL_BACKUP_RUNNING()
    this.#running = { step: 'database', done: 0, total: null }
    try {
      return await work()
    } finally {
      this.#running = null
    }
  }

  async #check(file: string, total: number | null): Promise<BackupCheck> {
    const { config } = this.#parts
    const { dataDir, modulesDir } = config
    this.#running = { step: 'check', done: 0, total }
    try {
      const steps = await knownSteps(modulesDir)
      const onBytes = (done: number): void => void (this.#running = { step: 'check', done, total })
      await verifyBackup({ file, dataDir, steps, onBytes })
      return await this.#note(basename(file), null)
    } catch (error) {
      return this.#note(basename(file), error)
    }
  }

  async #note(name: string | null, error: unknown): Promise<BackupCheck> {
    const { clock, log } = this.#parts
    const told = error instanceof CodedError ? error : coreErrors.QL_INTERNAL()
    const problem = error === null ? null : { en: told.text('en'), ru: told.text('ru') }
    if (problem) log.error('A backup failed', { name, error: String(error) })
    const check: BackupCheck = { at: clock.now().toISOString(), problem }
    await this.#folder.note(name, check)
    return check
  }
}
