import { ConfigError } from '../../config.ts'
import { DatabaseError } from '../../db/index.ts'
import { CodedError } from '../errors.ts'

type Sentence = (place: string) => string

const noPermission: Sentence = (place) =>
  `No permission for ${place}. Check who owns it, or set QUARK_DATA_DIR.`

/** What the operating system refused, and what to do about it. */
const SYSTEM: Readonly<Record<string, Sentence>> = {
  EADDRINUSE: (place) =>
    `The port is taken: another program listens at ${place}. Stop it, or set QUARK_PORT.`,
  ENOENT: (place) => `There is no ${place}.`,
  EADDRNOTAVAIL: (place) => `This machine has no address ${place}. Set QUARK_HOST.`,
  EACCES: noPermission,
  EPERM: noPermission,
  EROFS: noPermission,
  ENOTDIR: (place) => `${place} is not a folder. Set QUARK_DATA_DIR.`,
  ENOSPC: (place) => `There is no space left for ${place}. Free some, or set QUARK_DATA_DIR.`,
}

/** One sentence for the operator about a start that failed; unexpected errors keep their stack. */
export function startFailure(error: unknown): string {
  if (error instanceof ConfigError) return error.message
  if (error instanceof DatabaseError) return databaseSentence(error)
  if (error instanceof CodedError) return error.text('en')
  const sentence = SYSTEM[codeOf(error)]
  if (sentence) return sentence(placeOf(error))
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function databaseSentence({ fault, detail, cause }: DatabaseError): string {
  switch (fault) {
    case 'unwritable':
      return `The database ${detail} cannot be opened (${messageOf(cause)}). Check the folder's owner and free space, or set QUARK_DATA_DIR.`
    case 'too-old':
      return `SQLite ${detail} is too old to be safe. Start with npm start, which brings the right Node.`
    case 'unreachable':
      return `PostgreSQL at ${detail} does not answer (${messageOf(cause)}). Check DATABASE_URL.`
    case 'newer-schema':
      return `The database was made by a newer version of the program (it holds ${detail}). Update the program, or restore a backup.`
    case 'changed-migration':
    case 'nested-transaction':
    case 'closed-transaction':
    case 'reader-in-transaction':
      return `The database refused: ${fault} ${detail}.`
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}

function placeOf(error: unknown): string {
  const { path, address, port } = error as { path?: string; address?: string; port?: number }
  return path ?? (port === undefined ? String(address) : `${String(address)}:${port}`)
}
