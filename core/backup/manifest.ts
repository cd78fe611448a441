import type { Static } from 'typebox'
import { problemsOf } from '../schema.ts'
import { Type } from '../type.ts'

/** Raised when an older program could not restore what is written. */
export const BACKUP_FORMAT = 1

const closed = { additionalProperties: false } as const
const Whole = Type.Integer({ minimum: 0 })

const StoredFile = Type.Object(
  { name: Type.String(), bytes: Whole, sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }) },
  closed,
)

/** What a copy of the database says of itself. */
const DatabaseFacts = Type.Object(
  {
    dialect: Type.Union([Type.Literal('sqlite'), Type.Literal('postgres')]),
    /** `core/0001-events`, in the order of their names. */
    migrations: Type.Array(Type.String()),
    /** Rows per table. */
    tables: Type.Record(Type.String(), Whole),
    /** PostgreSQL: where its sequences stand. */
    sequences: Type.Record(Type.String(), Whole),
    /** Modules that were known, with their versions. */
    modules: Type.Record(Type.String(), Type.String()),
  },
  closed,
)

const Manifest = Type.Object(
  {
    format: Type.Literal(BACKUP_FORMAT),
    /** Version of the program that made it. */
    program: Type.String(),
    madeAt: Type.String(),
    database: DatabaseFacts,
    /** Seal of the last line of the ledger of erasures; '' when nobody had been erased. */
    ledgerHead: Type.String(),
    /** Which secrets the data need; the secrets themselves only where `included`. */
    secrets: Type.Object(
      {
        included: Type.Boolean(),
        stationId: Type.String(),
        peppers: Type.Array(Type.String()),
      },
      closed,
    ),
    files: Type.Array(StoredFile),
  },
  closed,
)

/** Everything needed to tell whether a backup is whole and whether it fits. */
export type BackupManifest = Static<typeof Manifest>
export type StoredFile = Static<typeof StoredFile>
export type DatabaseFacts = Static<typeof DatabaseFacts>

/** Stands first in the archive, so that a newer format is told from a damaged file. */
export const HEADER_NAME = 'backup.json'
/** Stands last, so that a cut archive has none. */
export const MANIFEST_NAME = 'manifest.json'
export const SQLITE_NAME = 'database.sqlite'

/** The format of a header; undefined when it is none of ours. */
export function formatOf(text: string): number | undefined {
  const read = parsed(text)
  if (typeof read !== 'object' || read === null || !('format' in read)) return undefined
  return Number.isInteger(read.format) ? Number(read.format) : undefined
}

/** Undefined when it is no manifest of this format. */
export function manifestIn(text: string): BackupManifest | undefined {
  const read = parsed(text)
  return problemsOf(Manifest, read).length === 0 ? (read as BackupManifest) : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
