import type { Readable } from 'node:stream'
import type { BackupProgress } from './making/backup-progress.ts'

/** How a check of a backup ended. */
export interface BackupCheck {
  /** ISO 8601, UTC */
  readonly at: string
  /** Null when it can be trusted; else one sentence in both languages. */
  readonly problem: { readonly en: string; readonly ru: string } | null
}

/** One archive in the station's own folder. */
export interface BackupItem {
  /** File name, e.g. `quark-daily-2026-11-29t02-23-00z.tar.gz`. */
  readonly name: string
  readonly kind: 'daily' | 'by-hand'
  readonly bytes: number
  /** ISO 8601, UTC */
  readonly madeAt: string
  /** Null while it has not been checked. */
  readonly check: BackupCheck | null
}

export type BackupStep = BackupProgress['step'] | 'check'

export interface BackupState {
  /** What is being made now, by this process; null when nothing is. */
  readonly running: {
    readonly step: BackupStep
    /** Bytes, or rows of a PostgreSQL database. */
    readonly done: number
    readonly total: number | null
  } | null
  /** How the last one that this station made has ended; null before the first. */
  readonly last: BackupCheck | null
}

/** Backups in the folder `backups` of the data folder. */
export interface Backups {
  /** Newest first. */
  list(): Promise<readonly BackupItem[]>
  state(): Promise<BackupState>
  /** Like {@link make}, without waiting for its end. @throws QL_BACKUP_RUNNING */
  begin(kind: BackupItem['kind']): void
  /**
   * Makes a backup without secrets and checks it. Answers when both have ended.
   *
   * @throws QL_BACKUP_RUNNING while another one is being made.
   */
  make(kind: BackupItem['kind']): Promise<void>
  /** Checks one again. @throws QL_BACKUP_NOT_FOUND, QL_BACKUP_RUNNING */
  check(name: string): Promise<BackupCheck>
  /** The bytes of one. @throws QL_BACKUP_NOT_FOUND */
  find(name: string): Promise<{ readonly bytes: number; open: () => Readable }>
}
